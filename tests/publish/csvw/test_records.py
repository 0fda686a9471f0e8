"""Bytes become records: strictly, with the line where each begins, and a fault never costs the rest of the file."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from si_lod.publish.csvw.metadata.dialects import Dialect
from si_lod.publish.csvw.records.reading import Record, Records

CELL = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff") | st.sampled_from(',;"\n\t '),
    max_size=8,
)


def records(content: bytes, **dialect: object) -> list[Record]:
    return list(Records(io.BytesIO(content), Dialect(**dialect)))  # type: ignore[arg-type]


def cells(content: bytes, **dialect: object) -> list[list[str]]:
    found = records(content, **dialect)
    assert not any(record.flaw for record in found)
    return [record.cells for record in found]


@given(st.lists(st.lists(CELL, min_size=2, max_size=4), max_size=5), st.sampled_from([",", ";", "\t"]))
def test_what_a_spreadsheet_writes_is_read_as_it_was(rows: list[list[str]], delimiter: str) -> None:
    written = io.StringIO()
    csv.writer(written, delimiter=delimiter, lineterminator="\n").writerows(rows)
    assert cells(written.getvalue().encode(), delimiter=delimiter) == rows


def test_line_ends_of_windows_and_unix_and_a_byte_order_mark_make_no_difference() -> None:
    assert (
        cells(b"a,b\nc,d\n") == cells(b"\xef\xbb\xbfa,b\r\nc,d\r\n") == cells(b"a,b\nc,d") == [["a", "b"], ["c", "d"]]
    )


def test_a_record_is_placed_on_the_line_where_it_begins() -> None:
    found = records(b'a,"1\n2\n3"\nb,c\n')
    assert [(record.line, record.last, record.number) for record in found] == [(1, 3, 1), (4, 4, 2)]
    assert found[0].cells == ["a", "1\n2\n3"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (b'1,a"b', 'expected no " inside a cell without quotes, found'),
        (b'1,"a"b', 'expected the delimiter after the closing ", found "b"'),
        (b'1,"a', 'expected a closing ", found the end of the file'),
        (b"1,a\rb", "found a carriage return"),
    ],
)
def test_a_stray_quote_is_named_at_its_line_and_the_next_lines_are_still_read(line: bytes, expected: str) -> None:
    first, wrong, *rest = records(b"0,x\n" + line + b"\n2,y\n3,z\n")
    assert first.cells == ["0", "x"]
    assert (wrong.line, wrong.cell) == (2, 1)
    assert expected in wrong.flaw
    assert [(record.line, record.cells) for record in rest] == [(3, ["2", "y"]), (4, ["3", "z"])]


def test_a_quote_that_is_closed_by_the_quote_of_a_later_record_is_named_where_it_was_opened() -> None:
    wrong, *rest = records(b'1,"a\n2,"b"\n3,c\n')
    assert (wrong.line, wrong.cell) == (1, 1)
    assert wrong.flaw
    assert [(record.line, record.cells) for record in rest] == [(2, ["2", "b"]), (3, ["3", "c"])]


def test_a_byte_that_is_not_of_the_encoding_spoils_its_own_record_only() -> None:
    found = records("a,café,b\n".encode("latin-1") + b"c,d,e\n")
    assert found[0].flaw.startswith("expected utf-8, found the byte 0xE9 after 'a,caf'")
    assert found[0].cell == 1
    assert found[1].cells == ["c", "d", "e"]
    assert cells("a,café\n".encode("latin-1"), encoding="iso8859-1") == [["a", "café"]]


@pytest.mark.parametrize("sign", ["\x00", "\x08", "\x0b", "\x1f", "\uffff"])
def test_a_character_that_xml_cannot_hold_is_refused(sign: str) -> None:
    (found,) = records(f"á,€{sign}c\n".encode())
    assert f"the control character U+{ord(sign):04X}" in found.flaw
    assert found.cell == 1


def test_utf_16_is_recognised() -> None:
    (found,) = records("a,b\nc,d\n".encode("utf-16"))
    assert found.flaw == "expected utf-8, found UTF-16; save the file as UTF-8"


def test_a_cell_of_many_megabytes_is_read() -> None:
    long = 'x"\n' * 2_000_000
    quoted = long.replace('"', '""')
    assert cells(f'1,"{quoted}"\n2,b\n'.encode()) == [["1", long], ["2", "b"]]


def test_millions_of_cells_in_one_record_are_counted_and_not_made() -> None:
    found = records(b"," * 3_000_000 + b"\n1,2\n")
    assert found[0].flaw == "expected at most 10,000 cells in one record, found 3,000,001; is this the right file?"
    assert found[1].cells == ["1", "2"]


def test_the_dialect_says_what_is_left_out() -> None:
    content = b"about\n# it's \"so\nq, a , b \n\n"
    assert cells(content, skip_rows=1, comment="#", skip_columns=1, skip_blank_rows=True) == [[" a ", " b "]]
    assert cells(b' a ,  "b" \n', trim="both") == [["a", "b"]]
    assert cells(b" a , b \n", trim="start") == [["a ", "b "]]
    assert cells(b" a , b \n", trim="end") == [[" a", " b"]]
    assert cells(b"'a,b';\"\n", quote="'", delimiter=";") == [["a,b", '"']]
    assert cells(b'a"b,"\n', quote="") == [['a"b', '"']]


def test_a_wrong_record_inside_a_file_of_quotes_does_not_take_the_square_of_its_length() -> None:
    found = records(b'1,"a\n' + b"2,b\n" * 100_000)
    assert [bool(record.flaw) for record in found] == [True] + [False] * 100_000
