"""A row of a table is found wherever it stands, and one far down without reading up to it again."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from si_lod.errors import UnknownResource
from si_lod.index.origins import TableFile
from si_lod.serve.releases.tables import Marks, record

CELL = st.text(st.sampled_from('aé€𝄞",;\n\r '), min_size=1, max_size=4)
ROWS = st.lists(st.lists(CELL, min_size=2, max_size=3).map(tuple), min_size=1, max_size=30)


@given(
    rows=ROWS,
    kind=st.tuples(
        st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "latin-1"]), st.sampled_from(["\r\n", "\n"]), st.booleans()
    ),
    data=st.data(),
)
def test_in_whatever_order_rows_are_asked_for_each_is_the_one_that_a_reader_of_the_whole_finds(
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[tuple[str, ...]],
    kind: tuple[str, str, bool],
    data: st.DataObject,
) -> None:
    encoding, end, header = kind
    content = io.StringIO()
    csv.writer(content, lineterminator=end, quoting=csv.QUOTE_ALL).writerows(rows)
    path = tmp_path_factory.mktemp("table") / "t.csv"
    path.write_bytes(content.getvalue().encode(encoding, errors="replace"))
    with path.open(encoding=encoding, newline="") as file:
        expected = list(map(tuple, csv.reader(file)))
    table, marks = TableFile("t.csv", encoding, ",", '"', header), Marks(path, every=3)
    for number in data.draw(st.lists(st.integers(1, len(rows) + 3), min_size=1, max_size=12)):
        if number > len(rows):
            with pytest.raises(UnknownResource):
                record(marks, table, number)
            continue
        found = record(marks, table, number)
        assert found.cells == expected[number - 1]
        assert found.is_last == (number == len(rows))
        assert found.header == (expected[0] if header and number > 1 else ())


def test_what_was_passed_once_is_not_read_again(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("".join(f"row {number}\n" for number in range(1, 5001)), encoding="utf-8")
    table, marks = TableFile("t.csv", "utf-8", ",", '"', header=False), Marks(path)
    assert record(marks, table, 4500).cells == ("row 4500",)
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.write(b'"' * (size // 2))  # which no reader could pass
    assert record(marks, table, 4100).cells == ("row 4100",)
