"""CSV as spreadsheets save it is read where the metadata say so; where they do not, the message says what to do."""

from __future__ import annotations

import pytest

from .conftest import Bench, Json, table

# What a Dutch Excel saves as "CSV UTF-8": a byte order mark, semicolons, CRLF, decimal commas, its own dates.
DUTCH = (
    "\ufeffid;omschrijving;bedrag;aandeel;datum;gezien;actief\r\n"
    'a1;"Loods; oost";1.234.567,89;12,5%;31-1-2020;31/01/2020 09:30;WAAR\r\n'
    'a2;"zegt ""ja""";-0,5;100%;1-12-2021;01/12/2021 00:00;ONWAAR\r\n'
    "a3;;;;;;\r\n"
)
NUMBER: Json = {"decimalChar": ",", "groupChar": "."}
COLUMNS: list[Json] = [
    {"name": "id"},
    {"name": "omschrijving", "lang": "nl"},
    {"name": "bedrag", "datatype": {"base": "decimal", "format": NUMBER}},
    {"name": "aandeel", "datatype": {"base": "decimal", "format": {"pattern": "#0,##%", **NUMBER}}},
    {"name": "datum", "datatype": {"base": "date", "format": "d-M-yyyy"}},
    {"name": "gezien", "datatype": {"base": "dateTime", "format": "dd/MM/yyyy HH:mm"}},
    {"name": "actief", "datatype": {"base": "boolean", "format": "WAAR|ONWAAR"}},
]


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1252"])
def test_a_file_of_a_dutch_spreadsheet_is_read_as_its_metadata_describe_it(bench: Bench, encoding: str) -> None:
    bench.describe(table("t.csv", *COLUMNS), dialect={"delimiter": ";", "encoding": encoding})
    text = DUTCH.replace("Loods", "Loods é") if encoding == "utf-8" else DUTCH[1:].replace("Loods", "Loods é")
    bench.write("t.csv", text.encode(encoding))
    values = [line.partition("t.csv#")[2].partition("^^")[0].removesuffix(" .") for line in bench.lines()]
    assert values == [
        'id> "a1"',
        'omschrijving> "Loods é; oost"@nl',
        'bedrag> "1234567.89"',
        'aandeel> "0.125"',
        'datum> "2020-01-31"',
        'gezien> "2020-01-31T09:30:00"',
        'actief> "true"',
        'id> "a2"',
        'omschrijving> "zegt \\"ja\\""@nl',
        'bedrag> "-0.5"',
        'aandeel> "1"',
        'datum> "2021-12-01"',
        'gezien> "2021-12-01T00:00:00"',
        'actief> "false"',
        'id> "a3"',
    ]


@pytest.mark.parametrize(
    ("text", "datatype", "hint"),
    [
        ("1234,5", "decimal", "write it with a decimal point, or say decimalChar and groupChar in the format"),
        ("1,23E+05", "decimal", "the spreadsheet has shortened the number: show all of its digits before saving"),
        ("31-1-2020", "date", 'or say how it is written in the format, as in "d-M-yyyy"'),
        ("1/31/20", "date", 'or say how it is written in the format, as in "d-M-yyyy"'),
        ("31-1-2020 9:30", "dateTime", 'or say how it is written in the format, as in "d-M-yyyy"'),
        ("43861", "date", "is it the number that the spreadsheet keeps of a date? show the cells as dates"),
        ("43861,4", {"base": "dateTime", "format": "d-M-yyyy HH:mm"}, "is it the number that the spreadsheet keeps"),
        ("WAAR", "boolean", 'write true or false, or say the two texts in the format, as "WAAR|..."'),
        ("#N/A", "decimal", "this is an error of the spreadsheet: correct the formula"),
        ("#VERW!", "date", "this is an error of the spreadsheet: correct the formula"),
        ("Err:502", "boolean", "this is an error of the spreadsheet: correct the formula"),
    ],
)
def test_what_a_spreadsheet_has_done_to_a_value_is_told(bench: Bench, text: str, datatype: object, hint: str) -> None:
    bench.column(text, datatype=datatype)
    (problem,) = bench.problems()
    assert hint in problem


@pytest.mark.parametrize(
    ("text", "datatype"), [("n/a", "decimal"), ("soon", "date"), ("maybe", "boolean"), ("31-1", "date")]
)
def test_no_hint_is_given_where_none_is_known(bench: Bench, text: str, datatype: str) -> None:
    bench.column(text, datatype=datatype)
    (problem,) = bench.problems()
    assert problem.endswith(f'found "{text}"')
