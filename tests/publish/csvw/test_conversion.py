"""Tables become triples exactly as the metadata says, or every fault is told at its file, line and column."""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, RdfFormat, parse, serialize

from si_lod.errors import InvalidFiles, Problem
from si_lod.publish.csvw import Cell, convert, read_metadata
from si_lod.publish.csvw.datatypes.lexical import XSD
from si_lod.publish.csvw.records.formulas import is_formula

from .conftest import BASE, Bench, Json, table

FIXTURES = Path(__file__).parent / "fixtures"
SLUG = {"base": "string", "format": "[a-z0-9]+"}
ID: Json = {"name": "id", "propertyUrl": "dc:identifier", "datatype": SLUG, "required": True}
UNIT: Json = {"name": "unit", "propertyUrl": "../def#unit", "valueUrl": "../unit/{unit}", "datatype": SLUG}
VALUE: Json = {"name": "value", "propertyUrl": "../def#value", "datatype": "decimal", "required": True}
UNITS = table("units.csv", ID, {"name": "label", "lang": "en"}, primaryKey="id")
FACTS = table(
    "facts.csv",
    ID,
    UNIT,
    VALUE,
    primaryKey="id",
    foreignKeys=[{"columnReference": "unit", "reference": {"resource": "units.csv", "columnReference": "id"}}],
)


@pytest.fixture
def facts(bench: Bench) -> Bench:
    """Two right tables, for a test to spoil one of them."""
    bench.describe(FACTS, UNITS)
    bench.write("units.csv", "id,label\neur,euro\npercent,per cent\n")
    bench.write("facts.csv", "id,unit,value\na,eur,10.50\nb,percent,5\n")
    return bench


def test_the_golden_tables_become_exactly_these_triples(*, approve: bool) -> None:
    group = read_metadata(FIXTURES / "golden/data/csv-metadata.json", base="https://example.org/data/")
    lines = [f"{statement.triple} .\n" for statement in convert(group, root=FIXTURES / "golden")]
    golden = FIXTURES / "golden/expected.nt"
    if approve:
        golden.write_text("".join(lines), encoding="utf-8")
    assert "".join(lines) == golden.read_text(encoding="utf-8")


def test_each_triple_knows_its_cell(facts: Bench) -> None:
    statements = list(convert(facts.read(), root=facts.root))
    assert [(str(one.triple.predicate.value), one.cell) for one in statements[:3]] == [
        ("http://purl.org/dc/terms/identifier", Cell("data/facts.csv", 2, "id", 2)),
        ("https://example.org/def#unit", Cell("data/facts.csv", 2, "unit", 2)),
        ("https://example.org/def#value", Cell("data/facts.csv", 2, "value", 2)),
    ]
    assert {one.cell.file for one in statements} == {"data/facts.csv", "data/units.csv"}


def test_the_line_of_a_cell_is_where_its_record_begins(bench: Bench) -> None:
    bench.columns(["one\ntwo\nthree", "four"], datatype="string")
    assert [one.cell.line for one in convert(bench.read(), root=bench.root)] == [2, 5]


def test_without_a_property_the_predicate_is_a_fragment_of_the_table(facts: Bench) -> None:
    assert f'<https://example.org/id/eur> <{BASE}units.csv#label> "euro"@en .' in facts.lines()


def test_right_tables_of_windows_give_the_same_triples(facts: Bench) -> None:
    lines = facts.lines()
    for name in ("facts.csv", "units.csv"):
        content = (facts.root / "data" / name).read_bytes()
        facts.write(name, b"\xef\xbb\xbf" + content.replace(b"\n", b"\r\n"))
    assert facts.lines() == lines


def test_all_faults_of_all_tables_are_told_at_once(facts: Bench) -> None:
    facts.write("units.csv", "id,label\neur,euro\neur,again\n")
    facts.write("facts.csv", "id,unit,value\na,eur,n/a\na,eurr,\nb,eur\nÖ b,eur,5\nc,eur,1\n")
    assert facts.problems() == [
        'data/facts.csv:2:value: expected a decimal, found "n/a"',
        'data/facts.csv:3:id: expected id to be unique, found "a" again, after line 2',
        'data/facts.csv:3:unit: expected the id of a row in data/units.csv, found "eurr"; is "eur" meant?',
        "data/facts.csv:3:value: expected a decimal, found an empty cell; the column is required",
        "data/facts.csv:4: expected 3 cells, found 2",
        'data/facts.csv:5:id: expected text in the form [a-z0-9]+, found "Ö b"',
        'data/units.csv:3:id: expected id to be unique, found "eur" again, after line 2',
    ]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("", "data/facts.csv: expected a header with the columns id, unit, value, found an empty file"),
        (
            "id;unit;value\na;eur;5\n",
            (
                'data/facts.csv:1: expected the columns id, unit, value, found one column "id;unit;value"; are '
                "semicolons the delimiter? run si-lod tidy, say so in the dialect, or save the file with commas"
            ),
        ),
        (
            "id,unit,value,extra\n",
            'data/facts.csv:1:extra: expected a column of the metadata, found "extra"; describe it',
        ),
        (
            "id,unit,valeu\n",
            'data/facts.csv:1:valeu: expected a column of the metadata, found "valeu"; is "value" meant?',
        ),
        ("id,value\n", "data/facts.csv:1:unit: expected this column in the header, found none"),
        (
            "id,value,unit\n",
            'data/facts.csv:1:value: expected column "unit" here, in the order of the metadata; run si-lod tidy',
        ),
        ("id,unit,value,id\n", "data/facts.csv:1:id: expected each column once, found it a second time"),
        ("a,eur,5\n", 'data/facts.csv:1: expected a header with the columns id, unit, value, found "a, eur, 5"'),
        (
            'id,unit,value\na,eur,5\nb,"eur,5\nc,eur,6\n',
            'data/facts.csv:3:unit: expected a closing ", found the end of',
        ),
        ('id,unit,value\na,e"ur,5\n', 'data/facts.csv:2:unit: expected no " inside a cell without quotes'),
        ("id,unit,value\na,eur,5\n\n", "data/facts.csv:3: expected 3 cells, found an empty line; remove it"),
        (b"id,unit,value\na,eur,5\nb,\xe9ur,5\n", "data/facts.csv:3:unit: expected utf-8, found the byte 0xE9"),
        (b"id,unit,value\na,e\x00ur,5\n", "data/facts.csv:2:unit: expected text, found the control character U+0000"),
        ("id,unit,value\n,eur,5\n", "data/facts.csv:2:id: expected text in the form [a-z0-9]+, found an empty cell"),
        ('id,unit,value\n"a\nb",eur,5\n', 'data/facts.csv:2:id: expected text in the form [a-z0-9]+, found "a\\nb"'),
        ("id,unit,value\na<b,eur,5\n", 'data/facts.csv:2:id: expected text in the form [a-z0-9]+, found "a<b"'),
        ("id,unit,value\na%20b,eur,5\n", 'data/facts.csv:2:id: expected text in the form [a-z0-9]+, found "a%20b"'),
        (f"id,unit,value\na,eur,{'9' * 1_000_000}x\n", 'data/facts.csv:2:value: expected a decimal, found "99999'),
    ],
)
def test_a_spoiled_table_is_refused_at_the_place_to_mend(facts: Bench, content: str | bytes, expected: str) -> None:
    facts.write("facts.csv", content)
    problems = facts.problems()
    assert problems[0].startswith(expected), problems
    assert max(map(len, problems)) < 300


def test_a_missing_table_is_named_once_and_its_absence_blames_no_reference(facts: Bench) -> None:
    (facts.root / "data/units.csv").unlink()
    (problem,) = facts.problems()
    assert problem.startswith("data/units.csv: expected this file, since the metadata describes it as")


def test_a_row_that_cannot_be_read_is_told_and_references_to_it_are_not_blamed(facts: Bench) -> None:
    facts.write("units.csv", 'id,label\neur,euro\npercent,per" cent\n')
    (problem,) = facts.problems()
    assert problem.startswith("data/units.csv:3:label: ")


def test_a_folder_in_the_place_of_a_table_is_an_error_of_the_files(facts: Bench) -> None:
    (facts.root / "data/units.csv").unlink()
    (facts.root / "data/units.csv").mkdir()
    assert facts.problems() == ["data/units.csv: cannot be read: Is a directory"]


def test_a_quote_that_swallows_rows_is_told_where_it_opens_and_the_rows_are_checked(facts: Bench) -> None:
    facts.write("facts.csv", 'id,unit,value\n"a,eur,1\nb,eur,2\nc,eur,x\nd",eur,4\ne,eur,y\n')
    problems = facts.problems()
    assert any(problem.startswith("data/facts.csv:4:value") for problem in problems), problems
    assert any(problem.startswith("data/facts.csv:6:value") for problem in problems)


def test_a_reference_of_several_columns_finds_its_row_in_any_order_of_tables(bench: Bench) -> None:
    key = {"columnReference": ["a", "b"], "reference": {"resource": "t.csv", "columnReference": ["x", "y"]}}
    bench.describe(
        table("s.csv", ID, {"name": "a"}, {"name": "b"}, foreignKeys=[key]),
        table("t.csv", ID, {"name": "x"}, {"name": "y"}),
    )
    bench.write("s.csv", "id,a,b\n1,p,q\n2,q,p\n3,p,\n4,r,s\n")
    bench.write("t.csv", "id,x,y\n1,p,q\n2,r,s\n3,r,s\n")
    assert bench.problems() == [
        'data/s.csv:3:b: expected the x and y of a row in data/t.csv, found "q" and "p"',
        'data/s.csv:5:a: expected the x and y of a row in data/t.csv, found "r" and "s" in two of them, lines 3 and 4',
    ]


def test_a_table_may_refer_to_itself(bench: Bench) -> None:
    own = {"columnReference": "up", "reference": {"resource": "t.csv", "columnReference": "id"}}
    bench.describe(table("t.csv", ID, {"name": "up"}, primaryKey="id", foreignKeys=[own]))
    bench.write("t.csv", "id,up\na,b\nb,\nc,d\n")
    assert bench.problems() == ['data/t.csv:4:up: expected the id of a row in data/t.csv, found "d"']


def test_an_empty_cell_of_a_primary_key_is_refused(bench: Bench) -> None:
    bench.describe(table("t.csv", ID, {"name": "x"}, primaryKey=["id", "x"]))
    bench.write("t.csv", "id,x\na,\n")
    assert bench.problems() == [
        "data/t.csv:2:x: expected a value, since the column is of the primary key, found an empty cell"
    ]


def test_keys_compare_values_and_not_spellings(bench: Bench) -> None:
    bench.describe(table("t.csv", {**ID, "datatype": "integer"}, primaryKey="id"))
    bench.write("t.csv", "id\n1\n01\n")
    assert bench.problems() == ['data/t.csv:3:id: expected id to be unique, found "1" again, after line 2']


@pytest.mark.parametrize(
    ("text", "properties", "expected"),
    [
        ("", {}, []),
        ("", {"default": "total"}, ['"total"']),
        ("-", {"null": ["-", ""]}, []),
        ("", {"null": "-"}, ['""']),
        ("a;b;;a", {"separator": ";"}, ['"a"', '"b"', '"a"']),
        ("a; b", {"separator": ";"}, ['"a"', '" b"']),
        ("a; b", {"separator": ";", "datatype": "token"}, [f'"a"^^<{XSD}token>', f'"b"^^<{XSD}token>']),
        ("een", {"lang": "nl-NL"}, ['"een"@nl-nl']),
        ("5", {"lang": "nl", "datatype": "integer"}, [f'"5"^^<{XSD}integer>']),
        ("a b", {"valueUrl": "../v/{x}"}, ["<https://example.org/v/a%20b>"]),
        ("ö%<\n", {"valueUrl": "../v/{x}"}, ["<https://example.org/v/%C3%B6%25%3C%0A>"]),
        ("", {"valueUrl": "../v/{x}"}, []),
        (
            "01/02/2020",
            {"datatype": {"base": "date", "format": "dd/MM/yyyy"}, "valueUrl": "#{x}"},
            [f"<{BASE}t.csv#2020-02-01>"],
        ),
        ("x", {"suppressOutput": True}, []),
        ("x", {"valueUrl": "#{_row}-{_sourceRow}-{_name}-{_column}-{_sourceColumn}"}, [f"<{BASE}t.csv#1-2-x-2-2>"]),
    ],
)
def test_a_cell_becomes_what_its_column_says(
    bench: Bench, text: str, properties: dict[str, object], expected: list[str]
) -> None:
    bench.column(text, **properties)
    assert bench.objects("x") == expected


def test_a_required_list_needs_one_value(bench: Bench) -> None:
    bench.column(";", separator=";", required=True)
    assert bench.problems() == ['data/t.csv:2:x: expected one or more values between ";", found none']


@pytest.mark.parametrize("text", ["www.example.org", "not an iri", "http://a.org/[", "http://[", "//a.org"])
def test_an_iri_from_a_cell_that_is_none_is_refused_with_the_reason(bench: Bench, text: str) -> None:
    bench.column(text, valueUrl="{+x}")
    (problem,) = bench.problems()
    assert problem.startswith(
        'data/t.csv:2:x: expected an absolute IRI such as https://www.w3.org/ from valueUrl "{+x}", found '
    )


def test_a_virtual_column_speaks_for_every_row_and_needs_what_it_mentions(bench: Bench) -> None:
    kind = {"virtual": True, "propertyUrl": "rdf:type", "valueUrl": "../def#{kind}"}
    constant = {"name": "c", "virtual": True, "propertyUrl": "../def#c", "default": "07", "datatype": "integer"}
    bench.describe(
        table("t.csv", {**ID, "suppressOutput": True}, {"name": "kind", "suppressOutput": True}, kind, constant)
    )
    bench.write("t.csv", "id,kind\na,Lab\n")
    assert bench.lines() == [
        "<https://example.org/id/a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://example.org/def#Lab> .",
        '<https://example.org/id/a> <https://example.org/def#c> "7"^^<http://www.w3.org/2001/XMLSchema#integer> .',
    ]
    bench.write("t.csv", "id,kind\na,\n")
    assert bench.problems() == [
        'data/t.csv:2:kind: expected a value, of which valueUrl "../def#{kind}" makes an IRI, found none'
    ]


def test_a_suppressed_table_is_checked_and_says_nothing(facts: Bench) -> None:
    facts.describe(FACTS, {**UNITS, "suppressOutput": True})
    assert all("facts.csv" in one.cell.file for one in convert(facts.read(), root=facts.root))
    facts.write("units.csv", "id,label\n!,x\n")
    assert 'data/units.csv:2:id: expected text in the form [a-z0-9]+, found "!"' in facts.problems()


def test_a_title_of_the_metadata_may_be_the_header(bench: Bench) -> None:
    bench.describe(table("t.csv", {**ID, "titles": {"nl": "sleutel", "en": ["key", "identifier"]}}))
    for header in ("sleutel", "identifier", "id"):
        bench.write("t.csv", f"{header}\na\n")
        assert len(bench.lines()) == 1


def test_a_table_without_a_header_is_read_from_its_first_line(bench: Bench) -> None:
    bench.describe({**table("t.csv", ID), "dialect": {"header": False}})
    bench.write("t.csv", "a\nb\n")
    assert len(bench.lines()) == 2


def test_thousands_of_faults_are_told_and_then_it_stops(bench: Bench) -> None:
    bench.columns(["x"] * 10_100, datatype="integer")
    problems = bench.problems()
    assert problems[0] == "data/t.csv: more than 10000 problems: mend these first"
    assert len(problems) == 10_001


TEXT = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff") | st.sampled_from('",;\n\t\r'),
    min_size=1,
).filter(lambda text: not is_formula(text))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.lists(TEXT, min_size=1, max_size=6))
def test_facts_survive_the_mapping(bench: Bench, texts: list[str]) -> None:
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerows([["id", "x"], *[[f"r{number}", text] for number, text in enumerate(texts)]])
    bench.describe(table("t.csv", {"name": "id", "suppressOutput": True}, {"name": "x", "propertyUrl": "../x"}))
    bench.write("t.csv", written.getvalue())
    triples = [one.triple for one in convert(bench.read(), root=bench.root)]
    document = serialize(triples, format=RdfFormat.N_TRIPLES)
    assert document
    found = {str(quad.subject): quad.object for quad in parse(document, format=RdfFormat.N_TRIPLES)}
    subjects = [str(NamedNode(f"https://example.org/id/r{number}")) for number in range(len(texts))]
    assert found == {subject: Literal(text) for subject, text in zip(subjects, texts, strict=True)}


def test_the_order_of_the_triples_depends_on_no_hash_seed(facts: Bench) -> None:
    program = (
        "import sys; from pathlib import Path; from si_lod.publish.csvw import convert, read_metadata\n"
        "root = Path(sys.argv[1]); group = read_metadata(root / 'data/csv-metadata.json', base='https://e.org/data/')\n"
        "[print(one) for one in convert(group, root=root)]"
    )
    seeds = ("0", "1", "4711")
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program, str(facts.root)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in seeds
    }
    assert len(outputs) == 1
    assert b"facts.csv" in outputs.pop()


def test_memory_does_not_grow_with_the_rows(facts: Bench) -> None:
    def peak(rows: int) -> int:
        facts.write("units.csv", "id,label\n" + "".join(f"u{number},x\n" for number in range(rows)))
        facts.write("facts.csv", "id,unit,value\n" + "".join(f"f{n},u{n},{n}.50\n" for n in range(rows)))
        group = facts.read()
        tracemalloc.start()
        try:
            assert sum(1 for _ in convert(group, root=facts.root)) == rows * 5
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    small = peak(5_000)
    assert peak(25_000) < small * 1.2


SPOIL = st.sampled_from(
    [b'"', b",", b"\n", b"\r", b"\x00", b"\xff", "€\x01".encode(), b"{", b"}", b":", b"[", b"0", b"null", b""]
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200, deadline=None)
@given(st.data(), st.sampled_from(["csv-metadata.json", "bridges.csv", "rivers.csv"]), SPOIL, st.integers(0, 20))
def test_files_spoiled_anywhere_are_converted_or_refused_and_never_break_the_converter(
    bench: Bench, data: st.DataObject, spoiled: str, insertion: bytes, deleted: int
) -> None:
    for path in (FIXTURES / "golden/data").iterdir():
        content = path.read_bytes()
        if path.name == spoiled:
            place = data.draw(st.integers(0, len(content)))
            content = content[:place] + insertion + content[place + deleted :]
        bench.write(path.name, content)
    problems: tuple[Problem, ...] = ()
    lines: list[str] = []
    try:
        lines = bench.lines()
    except InvalidFiles as error:
        problems = error.problems
    assert all(0 < len(str(problem)) < 600 for problem in problems)
    assert bool(problems) or all(line.startswith("<https://example.org/") for line in lines)
