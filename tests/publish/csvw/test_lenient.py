"""Read leniently, tables become what the standard's converters make of them: warnings, defaults and blank nodes."""

from __future__ import annotations

import json

import pytest

from si_lod.errors import InvalidFiles, Problem
from si_lod.publish.csvw import Folder, TableGroup, convert, read_metadata

from .conftest import BASE, CONTEXT, Bench, Json


def read(bench: Bench, *tables: Json, **group: object) -> TableGroup:
    bench.describe(*tables, **group)
    return read_metadata(bench.root / "data/csv-metadata.json", base=BASE, lenient=True)


def made(bench: Bench, group: TableGroup) -> tuple[list[str], list[str]]:
    """The triples as N-Triples with the table's address cut short, and the warnings."""
    warnings: list[Problem] = []
    lines = [str(one.triple) for one in convert(group, root=bench.root, warnings=warnings)]
    return [line.replace(f"{BASE}t.csv", "") for line in lines], [str(one) for one in (*group.warnings, *warnings)]


def test_a_row_without_a_subject_is_a_blank_node_of_its_own(bench: Bench) -> None:
    bench.write("t.csv", "a,b c\n1,2\n3,\n")
    bench.write("u.csv", "a\n4\n")
    group = read(bench, {"url": "t.csv"}, {"url": "u.csv"})
    lines, warnings = made(bench, group)
    assert lines == [
        '_:t1r1 <#a> "1"',
        '_:t1r1 <#b%20c> "2"',
        '_:t1r2 <#a> "3"',
        f'_:t2r1 <{BASE}u.csv#a> "4"',
    ]
    assert warnings == []


def test_an_ordered_list_is_a_list_of_rdf(bench: Bench) -> None:
    x: Json = {"name": "x", "separator": ";", "ordered": True, "aboutUrl": "#s", "datatype": "integer"}
    group = read(bench, {"url": "t.csv", "tableSchema": {"columns": [x]}})
    bench.write("t.csv", "x\n1;2\n\n")
    rdf, integer = "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "<http://www.w3.org/2001/XMLSchema#integer>"
    assert made(bench, group)[0] == [
        "<#s> <#x> _:t1r1c1i0",
        f'_:t1r1c1i0 <{rdf}first> "1"^^{integer}',
        f"_:t1r1c1i0 <{rdf}rest> _:t1r1c1i1",
        f'_:t1r1c1i1 <{rdf}first> "2"^^{integer}',
        f"_:t1r1c1i1 <{rdf}rest> <{rdf}nil>",
    ]


def test_a_wrong_cell_stays_a_string_and_is_told(bench: Bench) -> None:
    columns: list[Json] = [
        {"name": "x", "datatype": "integer", "lang": "nl"},
        {"name": "y", "datatype": "integer", "separator": ";"},
        {"name": "z", "required": True},
    ]
    group = read(bench, {"url": "t.csv", "tableSchema": {"aboutUrl": "#s", "columns": columns}})
    bench.write("t.csv", "x,y,z\none,1;two,\n")
    lines, warnings = made(bench, group)
    assert lines == [
        '<#s> <#x> "one"@nl',
        '<#s> <#y> "1"^^<http://www.w3.org/2001/XMLSchema#integer>',
        '<#s> <#y> "two"',
    ]
    assert [warning.partition(": ")[0] for warning in warnings] == [f"data/t.csv:2:{name}" for name in "xyz"]


def test_a_wrong_key_counts_as_absent_and_one_that_would_be_wrong_triples_is_still_refused(bench: Bench) -> None:
    bench.write("t.csv", "x\n1\n")
    group = read(bench, {"url": "t.csv", "null": 5, "lang": "a-bad-tag", "colour": "red"}, dialect={"delimiter": 1})
    lines, warnings = made(bench, group)
    assert lines == ['_:t1r1 <#x> "1"']
    assert [warning.split(": ")[-2] for warning in warnings] == ["delimiter", "lang", "null", "colour"]
    with pytest.raises(InvalidFiles, match="doubleQuote: false is not implemented"):
        read(bench, {"url": "t.csv"}, dialect={"doubleQuote": False})


def test_a_file_that_is_missing_or_empty_is_named(bench: Bench) -> None:
    group = read(bench, {"url": "t.csv"})
    with pytest.raises(InvalidFiles, match=r"data/t\.csv: expected this file"):
        made(bench, group)
    bench.write("t.csv", "")
    with pytest.raises(InvalidFiles, match="found an empty file"):
        made(bench, group)


def test_the_metadata_of_a_table_are_found_from_its_address(bench: Bench) -> None:
    def describe(name: str, url: str, title: str) -> None:
        schema = {"aboutUrl": "#s", "columns": [{"name": title, "titles": "x"}]}
        bench.write(name, json.dumps({"@context": CONTEXT, "url": url, "tableSchema": schema}))

    def found() -> tuple[list[str], list[str]]:
        return made(bench, Folder(bench.root / "data", BASE).discover("t.csv", linked=linked))

    linked = ""
    bench.write("t.csv", "x\n1\n")
    assert found() == (['_:t1r1 <#x> "1"'], [])
    describe("csv-metadata.json", "t.csv", "of_folder")
    assert found() == (['<#s> <#of_folder> "1"'], [])
    describe("t.csv-metadata.json", "other.csv", "of_file")
    passed = 't.csv-metadata.json: expected a description of "t.csv", found none; the document is passed over'
    assert found() == (['<#s> <#of_folder> "1"'], [passed])
    describe("t.csv-metadata.json", "t.csv", "of_file")
    assert found() == (['<#s> <#of_file> "1"'], [])
    describe("linked.json", "t.csv", "linked")
    linked = "linked.json"
    assert found() == (['<#s> <#linked> "1"'], [])
    linked = "http://elsewhere.example/linked.json"
    assert found() == (['<#s> <#of_file> "1"'], [])


def test_a_schema_and_a_dialect_may_lie_beside_the_metadata_in_either_reading(bench: Bench) -> None:
    columns = [{"name": "id", "titles": "key"}, {"name": "x", "lang": "nl"}]
    bench.write("s.json", json.dumps({"@context": CONTEXT, "aboutUrl": "#{id}", "columns": columns}))
    bench.write("d.json", json.dumps({"@type": "Dialect", "delimiter": ";"}))
    bench.describe({"url": "t.csv", "tableSchema": "s.json", "dialect": "d.json"})
    bench.write("t.csv", "key;x\na;een\n")
    strict = bench.lines()
    group = read_metadata(bench.root / "data/csv-metadata.json", base=BASE, lenient=True)
    assert [f"{one.triple} ." for one in convert(group, root=bench.root)] == strict
    assert strict[1] == f'<{BASE}t.csv#a> <{BASE}t.csv#x> "een"@nl .'
    bench.write("s.json", "{")
    assert bench.problems()[0].startswith("data/s.json:1:2: expected JSON")
