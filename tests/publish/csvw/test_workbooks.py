"""A workbook in the place of the CSV files gives the same triples, and its problems point to the sheet's cell.

The files in ``fixtures/workbook`` were saved by LibreOffice, in each of its two formats.
"""

from __future__ import annotations

import csv
import datetime as dt
import shutil
import zipfile
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from si_lod.errors import InvalidFiles
from si_lod.publish.csvw import convert, read_metadata
from si_lod.publish.csvw.datatypes.builtins import find
from si_lod.publish.csvw.datatypes.datatype import Datatype
from si_lod.publish.csvw.workbooks.rendering import rendered

from .conftest import BASE, Bench, table

FIXTURES = Path(__file__).parent / "fixtures/workbook"
KINDS = ("ods", "xlsx")
RIVERS = table("rivieren.csv", {"name": "id"}, {"name": "label"})
BRIDGES = table(
    "bruggen.csv",
    {"name": "id"},
    {"name": "naam"},
    {"name": "lengte", "datatype": "decimal"},
    {"name": "geopend", "datatype": {"base": "date", "format": "d-M-yyyy"}},
    {"name": "inspectie", "datatype": "dateTime"},
    {"name": "begin", "datatype": "time"},
    {"name": "open", "titles": "open voor auto's", "datatype": {"base": "boolean", "format": "ja|nee"}},
    {"name": "bouwjaar", "datatype": "gYear"},
    {
        "name": "kosten",
        "datatype": {"base": "decimal", "format": {"pattern": "#.##0,00", "decimalChar": ",", "groupChar": "."}},
    },
    {"name": "noot"},
)
# What the sheet would be as the CSV file that the metadata describe.
CSV = """id,naam,lengte,geopend,inspectie,begin,open voor auto's,bouwjaar,kosten,noot
nijlpaard,Nijlpaardbrug,0.3,4-5-1998,2020-01-31T09:30:00,07:05:00,ja,1998,"1.234.567,50","zegt: ""goed""
en nu"
erasmus,Erasmusbrug,802,4-9-1996,2021-02-28T00:00:00,,nee,1996,"365.000.000,00","a, b; c"
03,Brug 3,1000000000000000,,,,,,"-0,50", spatie 
"""  # noqa: W291 - a cell that ends with a space


def put(bench: Bench, name: str, kind: str) -> None:
    bench.write(f"tables.{kind}", (FIXTURES / f"{name}.{kind}").read_bytes())


@pytest.mark.parametrize("kind", KINDS)
def test_the_sheets_give_the_triples_that_the_csv_files_would(bench: Bench, kind: str) -> None:
    bench.describe(BRIDGES, RIVERS)
    bench.write("bruggen.csv", CSV)
    bench.write("rivieren.csv", "id,label\nmaas,Maas\n")
    lines = bench.lines()
    for name in ("bruggen", "rivieren"):
        (bench.root / f"data/{name}.csv").unlink()
    put(bench, "tables", kind)
    assert bench.lines() == lines
    assert len(lines) == 26


@pytest.mark.parametrize("kind", KINDS)
def test_an_error_of_the_spreadsheet_is_told_at_its_cell_and_never_taken_for_empty(bench: Bench, kind: str) -> None:
    bench.describe(RIVERS)
    put(bench, "errors", kind)
    place = f"data/tables.{kind}#rivieren"
    assert bench.problems() == [
        f"{place}:2:label: expected a value, found the spreadsheet's error #DIV/0!; correct the formula",
        f"{place}:3:label: expected a value, found the spreadsheet's error #N/A; correct the formula",
    ]


def workbook(bench: Bench, *rows: list[object], sheet: str = "t") -> None:
    book = openpyxl.Workbook()
    page = book.active
    page.title = sheet
    for row in rows:
        page.append(row)
    bench.write("tables.xlsx", b"")
    book.save(bench.root / "data/tables.xlsx")


@pytest.fixture
def one(bench: Bench) -> Bench:
    bench.describe(table("t.csv", {"name": "id"}, {"name": "x", "datatype": "decimal", "required": True}))
    return bench


def test_a_wrong_cell_of_a_sheet_is_told_at_its_line_and_column(one: Bench) -> None:
    workbook(one, ["id", "x"], ["a", 1], ["b", "n/a"], ["c", None])
    assert one.problems() == [
        'data/tables.xlsx#t:3:x: expected a decimal, found "n/a"',
        "data/tables.xlsx#t:4:x: expected a decimal, found an empty cell; the column is required",
    ]


def test_a_formula_that_was_never_computed_is_told(one: Bench) -> None:
    workbook(one, ["id", "x"], ["a", "=1+1"])
    (problem,) = one.problems()
    assert problem.startswith("data/tables.xlsx#t:2:x: expected a value, found a formula whose value was not saved")


def said(bench: Bench) -> list[str]:
    with pytest.raises(InvalidFiles) as caught:
        bench.lines()
    return [problem.said("nl") for problem in caught.value.problems]


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_wrong_with_cells_is_said_in_dutch_too(bench: Bench, kind: str) -> None:
    bench.describe(RIVERS)
    put(bench, "errors", kind)
    assert said(bench)[1] == (
        f"data/tables.{kind}#rivieren:3:label: verwachtte een waarde, vond de fout #N/A van het rekenblad; "
        "verbeter de formule"
    )


def test_a_formula_that_was_never_computed_is_said_in_dutch_too(one: Bench) -> None:
    workbook(one, ["id", "x"], ["a", "=1+1"])
    (message,) = said(one)
    assert message == (
        "data/tables.xlsx#t:2:x: verwachtte een waarde, vond een formule waarvan de uitkomst niet is bewaard; "
        "open het bestand in het rekenblad en sla het op"
    )


def damage(kind: str) -> dict[str, bytes]:
    whole = (FIXTURES / f"tables.{kind}").read_bytes()
    third = len(whole) // 3
    nothing = b"PK\x05\x06" + bytes(18)
    return {
        "text": b"id,x\n",
        "cut": whole[: len(whole) // 2],
        "empty": nothing,
        "dirt": whole[:third] + bytes(200) + whole[third + 200 :],
    }


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("how", sorted(damage("ods")))
def test_a_damaged_workbook_is_told_in_dutch_without_a_word_of_english(one: Bench, kind: str, how: str) -> None:
    one.write(f"tables.{kind}", damage(kind)[how])
    message = said(one)[0]
    unread = f"data/tables.{kind}: kan niet worden gelezen"
    assert message.startswith(f"{unread}: verwachtte een werkmap (.{kind}), vond wat er geen is: ")
    assert message.endswith("; open het bestand in het rekenblad en sla het opnieuw op")
    assert "Engels" not in message


def test_what_a_sheet_keeps_past_its_table_is_left_out_and_a_gap_inside_is_told(one: Bench) -> None:
    workbook(one, ["id", "x", None], ["a", 1, None], [None, None], [None, None])
    assert len(one.lines()) == 2
    workbook(one, ["id", "x"], ["a", 1], [None, None], ["b", 2])
    assert one.problems() == ["data/tables.xlsx#t:3:x: expected a decimal, found an empty cell; the column is required"]
    workbook(one, ["id", "x"], ["a", 1, "stray"])
    assert one.problems() == ["data/tables.xlsx#t:2: expected 2 cells, found 3"]


def test_a_table_in_both_in_neither_and_in_two_workbooks_is_a_fault(one: Bench) -> None:
    workbook(one, ["id", "x"], ["a", 1])
    one.write("t.csv", "id,x\na,1\n")
    where = 'data/csv-metadata.json:1: table "t.csv": url: expected t.csv, or a sheet "t" in tables.xlsx'
    assert one.problems() == [f"{where}, found both; remove one of them"]
    (one.root / "data/t.csv").unlink()
    workbook(one, ["id", "x"], sheet="tt")
    assert one.problems() == [f'{where}, found neither; is the sheet "tt" meant?']
    shutil.copy(FIXTURES / "tables.ods", one.root / "data")
    assert "data/tables.ods: expected one workbook, found tables.xlsx too; remove one of them" in one.problems()


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_that_is_no_workbook_is_refused_and_not_unpacked_when_it_is_a_bomb(one: Bench, kind: str) -> None:
    one.write(f"tables.{kind}", "id,x\n")
    assert f"data/tables.{kind}: cannot be read: expected a workbook (.{kind})" in one.problems()[0]
    with zipfile.ZipFile(one.root / f"data/tables.{kind}", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("content.xml", "<a/>")
    assert f"data/tables.{kind}: cannot be read: expected a workbook (.{kind})" in one.problems()[0]
    with (
        zipfile.ZipFile(one.root / f"data/tables.{kind}", "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("content.xml", "w") as part,
    ):
        for _ in range(257):
            part.write(b" " * 2**20)
    assert "expected a workbook of at most 268,435,456 bytes when unpacked" in one.problems()[0]


@pytest.mark.parametrize(
    ("found", "name", "text"),
    [
        (0.1 + 0.2, "decimal", "0.3"),
        (5.0, "integer", "5"),
        (1e21, "decimal", "1000000000000000000000"),
        (Decimal("0.30000000000000004"), "decimal", "0.3"),
        (1e-7, "decimal", "0.0000001"),
        (True, "boolean", "true"),
        (True, "string", "true"),
        (2021, "gYear", "2021"),
        (12.5, "string", "12.5"),
        (dt.date(2020, 1, 31), "date", "2020-01-31"),
        (dt.date(2020, 1, 31), "dateTime", "2020-01-31T00:00:00"),
        (dt.datetime(2020, 1, 31), "date", "2020-01-31"),  # noqa: DTZ001 - a spreadsheet knows no zone
        (dt.datetime(2020, 1, 31, 9, 30), "string", "2020-01-31T09:30:00"),  # noqa: DTZ001
        (dt.timedelta(hours=9, minutes=30), "time", "09:30:00"),
        (dt.timedelta(days=1, hours=2), "duration", "P1DT7200S"),
        ("=cmd|' /C calc'!A0", "string", "=cmd|' /C calc'!A0"),
    ],
)
def test_a_cell_is_rendered_as_the_csv_would_have_it(found: object, name: str, text: str) -> None:
    builtin = find(name)
    assert builtin
    assert rendered(found, Datatype(builtin, builtin.iri)) == text


def test_the_small_site_as_a_workbook_is_the_small_site(libraries: Path, tmp_path: Path) -> None:
    shutil.copytree(libraries, tmp_path / "site")
    group = read_metadata(libraries / "data/csv-metadata.json", base=BASE)
    book = openpyxl.Workbook()
    book.remove(book.active)
    for one in group.tables:
        page = book.create_sheet(one.path.stem)
        with one.path.open(encoding="utf-8", newline="") as file:
            for row in csv.reader(file):
                page.append([cell or None for cell in row])
        (tmp_path / "site/data" / one.path.name).unlink()
    book.save(tmp_path / "site/data/tables.xlsx")
    again = read_metadata(tmp_path / "site/data/csv-metadata.json", base=BASE)
    expected = [str(statement.triple) for statement in convert(group, root=libraries)]
    assert [str(statement.triple) for statement in convert(again, root=tmp_path / "site")] == expected
