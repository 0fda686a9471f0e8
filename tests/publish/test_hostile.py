"""Hostile and broken input: one clear error at its place, and nothing is changed."""

from __future__ import annotations

import csv
import json
import re
import socket
from pathlib import Path

import pytest

from si_lod.errors import InvalidFiles, Level, Problem
from si_lod.publish.csvw.records.formulas import is_formula
from si_lod.publish.road import check, publish
from si_lod.publish.source.files import Source
from si_lod.releases import Releases
from si_lod.sentences import say
from tests.publish.conftest import Copy

SHAPES = "shapes/count.ttl"
ONTOLOGY = "ontology/read.ttl"
FIRST = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#first>"
REST = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#rest>"
READ = "https://data.example.org/reading"


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is in the files, nothing is fetched."""

    def refuse(*_arguments: object) -> None:
        pytest.fail("a connection was made")

    monkeypatch.setattr(socket.socket, "connect", refuse)


def add(site: Copy, name: str, text: str) -> None:
    path = site.root / name
    site.write(name, (path.read_text(encoding="utf-8") if path.exists() else "") + text)


def refusals(site: Copy, tmp_path: Path) -> tuple[Problem, ...]:
    """The problems that publishing refuses with; what is served stays what it was."""
    releases = Releases(tmp_path / "releases")
    with pytest.raises(InvalidFiles) as caught:
        publish(site.source(), releases)
    assert releases.versions() == []
    assert not list(releases.root.glob(".building*"))
    return caught.value.problems


SPOILT_SHAPES = {
    "shapes that ask for one another": (
        "s:A a sh:NodeShape ; sh:targetClass read:Branch ; sh:node s:B . s:B a sh:NodeShape ; sh:node s:A .",
        r"shapes/count\.ttl:26: .*def/shapes#A: shapes that ask for one another never come to an end",
    ),
    "a list that ends in itself": (
        f"s:A a sh:NodeShape ; sh:targetClass read:Count ; sh:in _:l . _:l {FIRST} 1 ; {REST} _:l .",
        r"shapes/count\.ttl:26: sh:in: expected a list with an end",
    ),
    "a length that is no number": (
        's:A a sh:NodeShape ; sh:targetClass read:Count ; sh:minLength "x" .',
        r"shapes/count\.ttl:\d+: sh:minLength: expected a whole number",
    ),
    "a pattern that is no regular expression": (
        's:A a sh:PropertyShape ; sh:path read:visits ; sh:targetClass read:Count ; sh:pattern "(" .',
        r"shapes/count\.ttl:\d+: sh:pattern: expected a regular expression: missing",
    ),
    "a path through a literal": (
        "s:A a sh:PropertyShape ; sh:path [ sh:inversePath 3 ] ; sh:targetClass read:Count ; sh:minCount 1 .",
        r"shapes/count\.ttl:26: .*expected shapes that SHACL allows: .*path",
    ),
    "a constraint that is no query": (
        's:A a sh:NodeShape ; sh:targetClass read:Branch ; sh:sparql [ sh:select "SELECT $this WHERE {" ] .',
        r"shapes/count\.ttl:26:94: .*shapes#A: sh:select: the query ends while \"{\" of line 26, column 93 is open",
    ),
    "a constraint that asks another endpoint": (
        's:A a sh:NodeShape ; sh:targetClass read:Branch ; sh:sparql [ sh:select "SELECT $this {SERVICE <a:b> {}}" ] .',
        "SERVICE is not offered",
    ),
    "a query with the path of a shape that has none": (
        's:A a sh:NodeShape ; sh:targetClass read:Nothing ; sh:sparql [ sh:select "SELECT $this { $this $PATH 1 }" ] .',
        r"shapes/count\.ttl:26:96: .*shapes#A: sh:select: \$PATH: only a property shape has a path",
    ),
    "a query for the shapes": (
        's:A a sh:NodeShape ; sh:sparql [ sh:select "SELECT $this { GRAPH $shapesGraph { $this ?b ?c } }" ] .',
        r"shapes/count\.ttl:26:66: .*shapes#A: sh:select: \$shapesGraph: no query can ask for the shapes",
    ),
    "a query with a prefix that is not declared": (
        's:A a sh:NodeShape ; sh:sparql [ sh:select """SELECT $this {\n  $this foo:bar 1 }""" ] .',
        r"shapes/count\.ttl:27:9: .*shapes#A: sh:select: the prefix \"foo:\" is not declared",
    ),
    "a query from elsewhere": (
        's:A a sh:NodeShape ; sh:sparql [ sh:select "SELECT $this FROM <http://127.0.0.1:9/> { ?a ?b ?c }" ] .',
        r"shapes/count\.ttl:26:45: .*shapes#A: sh:select: a shape asks the data as a whole; leave out <http",
    ),
    "a query that only says yes or no": (
        's:A a sh:NodeShape ; sh:sparql [ sh:select "ASK { $this ?b ?c }" ] .',
        r"shapes/count\.ttl:26:45: .*shapes#A: sh:select: expected a query that begins with SELECT, found ASK",
    ),
    "a query written with escapes": (
        r's:A a sh:NodeShape ; sh:sparql [ sh:select "SELECT $this {\n { $this ?b \"c\" }" ] .',
        r"shapes/count\.ttl:26: .*shapes#A: sh:select: line 2, column 18: the query ends while",
    ),
    "a constraint without a query": (
        's:A a sh:NodeShape ; sh:targetClass read:Nothing ; sh:sparql [ sh:message "x" ] .',
        r"shapes/count\.ttl:26: .*shapes#A: sh:sparql: expected a constraint with one sh:select, found 0",
    ),
    "a constraint that takes results away": (
        's:A sh:targetClass read:Branch ; sh:sparql [ sh:select "SELECT $this { ?a ?b ?c MINUS { $this a ?c } }" ] .',
        r"shapes/count\.ttl:26: .*shapes#A: expected shapes that SHACL allows: a constraint may not have MINUS",
    ),
    "a prefix without a namespace": (
        's:x sh:prefix "x" . <https://data.example.org/reading/def/shapes> sh:declare s:x .',
        r"shapes/count\.ttl:26: .*shapes#x: sh:namespace: expected one that SPARQL can declare, found 0",
    ),
    "a prefix that is none": (
        's:x sh:prefix "a b" ; sh:namespace "a:b" . <https://data.example.org/reading/def/shapes> sh:declare s:x .',
        r"shapes/count\.ttl:26: .*shapes#x: sh:prefix: expected one that SPARQL can declare, found \"a b\"",
    ),
    "one IRI for two property shapes": (
        "s:count-visits a sh:PropertyShape ; sh:path read:year ; sh:minCount 1 .",
        r"shapes/count\.ttl:11: .*shapes#count-visits>: expected one sh:path of a property shape, found 2",
    ),
    "a node shape with a path": (
        "s:A a sh:NodeShape ; sh:targetClass read:Nothing ; sh:path read:visits .",
        r"shapes/count\.ttl:26: .*shapes#A>: expected a node shape, which has no sh:path",
    ),
    "an alternative that is no list": (
        "s:A a sh:NodeShape ; sh:targetClass read:Nothing ; sh:or s:Count .",
        r"shapes/count\.ttl:26: sh:or: expected a list with an end",
    ),
    "a shape that is a text": (
        's:A a sh:NodeShape ; sh:targetClass read:Nothing ; sh:node "Count" .',
        r"shapes/count\.ttl:26: sh:node: expected a node, found \"Count\"",
    ),
    "a path that goes round": (
        "s:A sh:targetClass read:Branch ; sh:property [ sh:path _:p ; sh:minCount 1 ] . _:p sh:inversePath _:p .",
        r"shapes/count\.ttl:26: .*shapes#A: expected shapes that SHACL allows: Path traversal depth",
    ),
    "a shape that is switched off and on": (
        "s:A a sh:NodeShape ; sh:targetClass read:Nothing ; sh:deactivated true, false .",
        r"shapes/count\.ttl:26: .*shapes#A: expected shapes that SHACL allows: .*sh:deactivated",
    ),
    "a count of a shape that nothing is held against": (
        's:A a sh:PropertyShape ; sh:path read:visits ; sh:targetClass read:Nothing ; sh:minCount "two" .',
        r"shapes/count\.ttl:\d+: sh:minCount: expected a whole number",
    ),
    "a property shape without a path": (
        "s:A a sh:NodeShape ; sh:targetClass read:Nothing ; sh:property s:B . s:B a sh:PropertyShape ; sh:minCount 1 .",
        r"shapes/count\.ttl:\d+: .*def/shapes#B>: expected one sh:path of a property shape, found 0",
    ),
    "a class that is a text": (
        's:A a sh:NodeShape ; sh:targetClass read:Nothing ; sh:class "Branch" .',
        r"shapes/count\.ttl:\d+: sh:class: expected an IRI",
    ),
    "blank nodes nested without end": (
        "s:A sh:in " + "(" * 100_000 + ")" * 100_000 + " .",
        "expected at most 100 blank nodes that hang together and say the same",
    ),
}


@pytest.mark.parametrize("case", SPOILT_SHAPES)
def test_a_shapes_file_that_cannot_be_used_is_refused_in_one_line(site: Copy, tmp_path: Path, case: str) -> None:
    text, expected = SPOILT_SHAPES[case]
    add(site, SHAPES, f"\n{text}\n")
    (problem,) = refusals(site, tmp_path)
    assert problem.file.startswith("shapes/")
    assert "\n" not in problem.message
    with pytest.raises(InvalidFiles, match=expected):
        check(site.source())


def test_a_constraint_without_end_is_ended_and_told_at_its_shape_in_both_languages(site: Copy) -> None:
    product = " . ".join(f"?a{n} ?b{n} ?c{n}" for n in range(9))
    select = f"SELECT $this WHERE {{ {product} FILTER(STRLEN(CONCAT(STR(?c1), STR(?c5), STR(?c8))) > 100000) }}"
    line = (site.root / SHAPES).read_text(encoding="utf-8").count("\n") + 2
    add(site, SHAPES, f'\ns:A a sh:NodeShape ; sh:targetClass read:Branch ; sh:sparql [ sh:select "{select}" ] .\n')
    with pytest.raises(InvalidFiles) as caught:
        check(Source.read(site.root, seconds=1))
    (problem,) = caught.value.problems
    assert (problem.file, problem.line) == (SHAPES, line)
    assert "sh:select: takes longer than 1 seconds, so it was ended" in problem.message
    assert "SI_LOD_PUBLISH_SECONDS" in problem.message
    assert "duurt langer dan 1" in say(problem.message, "nl")


def test_a_constraint_without_end_in_a_property_shape_is_ended_and_told_at_its_query(site: Copy) -> None:
    product = " . ".join(f"?a{n} ?b{n} ?c{n}" for n in range(9))
    add(
        site,
        SHAPES,
        "\ns:A a sh:NodeShape ; sh:targetClass read:Branch ; sh:property [ sh:path read:name ;\n"
        f'  sh:sparql [ sh:select "SELECT $this WHERE {{ {product} FILTER(?a1 = ?c8) }}" ] ] .\n',
    )
    with pytest.raises(InvalidFiles) as caught:
        check(Source.read(site.root, seconds=1))
    (problem,) = caught.value.problems
    assert (problem.file, problem.line, problem.column) == (SHAPES, 27, "26")
    assert "shapes#A: sh:select: takes longer than 1 seconds over all that it is held against" in problem.message
    assert "SI_LOD_PUBLISH_SECONDS" in problem.message
    assert "duurt over alles waaraan het wordt getoetst langer dan 1" in say(problem.message, "nl")


def test_all_that_is_wrong_with_shapes_is_told_at_once(site: Copy) -> None:
    add(
        site,
        SHAPES,
        '\ns:A a sh:NodeShape ; sh:minLength "x" ; sh:sparql [ sh:select "SELECT $this { ?a ?b }" ] .\n'
        's:B a sh:NodeShape ; sh:sparql [ sh:select "SELECT $this { $this $PATH 1 }" ] .\n',
    )
    with pytest.raises(InvalidFiles) as caught:
        check(site.source())
    assert [problem.line for problem in sorted(caught.value.problems)] == [26, 26, 27]


@pytest.mark.parametrize(
    ("shape", "expected"),
    [
        ("sh:targetClass read:Brunch", 'sh:targetClass: nothing in the site is def/read#Brunch.* Is "Branch" meant?'),
        ("sh:targetClass read:Branch ; sh:class read:Tower", "sh:class: nothing in the site is def/read#Tower"),
        ("sh:targetSubjectsOf read:visist", 'sh:targetSubjectsOf: nothing.* Is "visits" meant?'),
    ],
)
def test_a_shape_of_what_nothing_is_is_warned_of_at_its_line(site: Copy, shape: str, expected: str) -> None:
    add(site, SHAPES, f"\ns:A a sh:NodeShape ; {shape} ; sh:severity sh:Info .\n")
    (remark,) = check(site.source()).remarks
    assert (remark.file, remark.line, remark.level) == (SHAPES, 26, Level.WARNING)
    assert re.search(expected, remark.message)
    assert "niets in de site is" in say(remark.message, "nl")


def test_a_shape_of_what_others_name_is_not_warned_of(site: Copy) -> None:
    add(site, SHAPES, "\ns:A a sh:NodeShape ; sh:targetClass skos:Collection ; sh:class read:Branch .\n")
    assert not check(site.source()).remarks


def test_a_wrong_reference_that_several_columns_use_is_one_problem_at_its_cell(site: Copy) -> None:
    virtual = '{ "name": "dataset", "virtual": true,'
    prov = "http://www.w3.org/ns/prov#wasDerivedFrom"
    site.replace(
        "data/csv-metadata.json",
        virtual,
        f'{{ "name": "from", "virtual": true, "propertyUrl": "{prov}", "valueUrl": "../id/report/{{report}}" }},'
        f"\n          {virtual}",
    )
    add(
        site,
        SHAPES,
        f"\ns:Count sh:property s:A . s:A a sh:PropertyShape ; sh:path <{prov}> ; sh:class read:Report .\n",
    )
    assert not check(site.source()).violations
    site.replace("data/visits.csv", "v-3,hill,2024,800.50,counted,annual-2024", "v-3,hill,2024,800.50,counted,anual")
    with pytest.raises(InvalidFiles) as caught:
        check(site.source())
    (problem,) = caught.value.problems
    assert (problem.file, problem.line, problem.column) == ("data/visits.csv", 5, "report")
    assert "expected the id of a row in data/reports.csv" in problem.message


def test_an_import_of_the_shapes_is_not_fetched(site: Copy) -> None:
    add(site, SHAPES, f"\n<{READ}/def/shapes> <http://www.w3.org/2002/07/owl#imports> <http://127.0.0.1:9/x.ttl> .\n")
    assert not check(site.source()).violations


def test_classes_and_concepts_above_one_another_come_to_an_end(site: Copy) -> None:
    add(site, ONTOLOGY, "\nread:Branch rdfs:subClassOf read:Report . read:Report rdfs:subClassOf read:Branch .\n")
    add(
        site,
        ONTOLOGY,
        "<id/concept/certainty/counted> skos:broader <id/concept/certainty/estimated> .\n"
        "<id/concept/certainty/estimated> skos:broader <id/concept/certainty/counted> .\n",
    )
    assert not check(site.source()).violations


@pytest.mark.parametrize("first", ["c", '"a"'], ids=["bare", "quoted"])
def test_ten_million_columns_are_one_problem(site: Copy, tmp_path: Path, first: str) -> None:
    site.write("data/visits.csv", first + "," * 9_999_999 + "\n")
    (problem,) = refusals(site, tmp_path)
    assert (problem.file, problem.line) == ("data/visits.csv", 1)
    assert "found 10,000,000" in problem.message
    assert len(problem.message) < 200


FORMULAS = [
    "=cmd|' /C calc'!A0",
    "@SUM(1+1)",
    "+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "+ HYPERLINK (A1)",
    "  =1+1",
    "\t=1+1",
    "\tindented",
    "\N{FULLWIDTH EQUALS SIGN}1+1",
]


@pytest.mark.parametrize("cell", FORMULAS)
def test_a_cell_that_a_spreadsheet_would_run_is_refused_at_its_place(site: Copy, tmp_path: Path, cell: str) -> None:
    site.replace("data/branches.csv", "Hill branch", cell)
    (problem,) = refusals(site, tmp_path)
    assert (problem.file, problem.line, problem.column, problem.level) == ("data/branches.csv", 3, "name", Level.ERROR)
    assert json.dumps(cell, ensure_ascii=False) in problem.message
    assert "write the value itself, or begin the text with a letter, a digit or a real dash" in problem.message


def test_a_long_formula_is_shown_cut_and_on_one_line(site: Copy, tmp_path: Path) -> None:
    site.replace("data/branches.csv", "Hill branch", '"=HYPERLINK(\n' + "x" * 100_000 + '"')
    (problem,) = refusals(site, tmp_path)
    assert len(problem.message) < 300
    assert "\n" not in problem.message


ALLOWED = [
    "-12 in winter",
    "+31 6 1234 5678",
    "+31 (0)6 1234",
    "- none",
    "a=b",
    "5 @ noon",
    "\N{EN DASH} none (yet)",
    "\N{MINUS SIGN}5 °C (cold)",
]


@pytest.mark.parametrize("cell", ALLOWED)
def test_a_cell_that_only_begins_like_a_formula_is_not(site: Copy, cell: str) -> None:
    site.replace("data/branches.csv", "Hill branch", cell)
    assert not check(site.source()).violations


def test_no_table_that_can_be_downloaded_has_a_cell_that_a_spreadsheet_would_run(site: Copy, tmp_path: Path) -> None:
    release = publish(site.source(), Releases(tmp_path / "releases")).release
    tables = [path.read_text(encoding="utf-8") for path in (release.path / "files").rglob("*.csv")]
    cells = [cell for table in tables for row in csv.reader(table.splitlines(keepends=True)) for cell in row]
    assert len(cells) > 20
    assert not any(map(is_formula, cells))


def test_a_context_from_elsewhere_is_refused_and_never_fetched(site: Copy, tmp_path: Path) -> None:
    metadata = "data/csv-metadata.json"
    site.replace(metadata, '"http://www.w3.org/ns/csvw", {', '"http://127.0.0.1:9/context.jsonld", {')
    (problem,) = refusals(site, tmp_path)
    assert (problem.file, problem.line) == (metadata, 1)
    assert "no other context is read or fetched" in problem.message


SPOILT_QUERIES = {
    "an update": ("INSERT DATA { <a:a> <a:a> <a:a> }", "only reads"),
    "another endpoint": ("CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "SERVICE"),
    "another kind": ("SELECT * { ?s ?p ?o }", "expected a CONSTRUCT query"),
    "blank nodes": ("CONSTRUCT { [] a ?class } WHERE { ?s a ?class }", "a query that makes blank nodes"),
    "brackets without end": ("CONSTRUCT { ?s ?p ?o } WHERE { " + "{" * 200_000 + "}" * 200_000 + "}", "too deep"),
    "no text": ("", "the query ends before it asks anything"),
}


@pytest.mark.parametrize("case", SPOILT_QUERIES)
def test_a_query_that_may_not_run_is_refused(site: Copy, tmp_path: Path, case: str) -> None:
    text, expected = SPOILT_QUERIES[case]
    site.write("data/derived/20-hostile.rq", text)
    (problem,) = refusals(site, tmp_path)
    assert problem.file == "data/derived/20-hostile.rq"
    assert expected in problem.message


def test_an_example_query_in_another_encoding_is_named(site: Copy, tmp_path: Path) -> None:
    (site.root / "data/queries/x.rq").write_bytes(b"# title@en: caf\xe9\nASK {}")
    (problem,) = refusals(site, tmp_path)
    assert (problem.file, problem.message[:34]) == ("data/queries/x.rq", "expected a SPARQL query in UTF-8: ")


TURTLE = {
    b"\xff\xfe<": "expected Turtle",
    b"\0": "expected Turtle",
    b"@prefix : <x> . :a :b .": "expected Turtle",
    b"<a:" + b"a" * 1_000_000: "expected Turtle",
}


@pytest.mark.parametrize("content", TURTLE, ids=["bytes", "nul", "no object", "no end"])
def test_a_document_that_is_no_turtle_is_shown_by_line(site: Copy, tmp_path: Path, content: bytes) -> None:
    (site.root / ONTOLOGY).write_bytes(content)
    (problem,) = refusals(site, tmp_path)
    assert (problem.file, problem.line) == (ONTOLOGY, 1)
    assert TURTLE[content] in problem.message
    assert len(problem.message) < 1_000


DESCRIPTIONS = {
    'base = "x\n': ["data/site.toml:1:10: expected TOML in UTF-8: Illegal character '\\n'"],
    "a = " + "[" * 100_000: ["data/site.toml: expected TOML in UTF-8: "],
    'base = 3\nontology = []\nlanguages = "en"\ntitle = "t"\n[description]\nen = 1\n': [
        "data/site.toml: base: expected a text, found 3",
        "data/site.toml: description: expected a table of texts",
        "data/site.toml: languages: expected a list of texts",
        "data/site.toml: ontology: expected a text, found []",
        "data/site.toml: title: expected a table of texts",
    ],
}


@pytest.mark.parametrize("text", DESCRIPTIONS, ids=["no TOML", "nested", "types"])
def test_a_description_that_cannot_be_used_is_told_all_at_once(site: Copy, text: str) -> None:
    site.write("data/site.toml", text)
    with pytest.raises(InvalidFiles) as caught:
        site.source()
    told = [str(problem) for problem in caught.value.problems]
    assert len(told) == len(DESCRIPTIONS[text])
    assert all(map(str.startswith, told, DESCRIPTIONS[text]))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("def/read#Branch", "def/re ad#Branch>", r'lists: expected an IRI, found "def/re ad#Branch>"'),
        ('ontology = "def/read"', 'ontology = "def/<script>"', "ontology: expected an IRI"),
        ('branch = "id/branch/"', 'branch = "id/ branch"', "prefixes: expected an IRI"),
        ('"nl"]', '"n l"]', "languages: expected a language tag"),
        (f'base = "{READ}/"', 'base = "https://e.org/\\u0000/"', "base: expected an absolute http or https IRI"),
        (f'base = "{READ}/"', 'base = "https://e.org/\\">/"', "base: expected an absolute http or https IRI"),
    ],
)
def test_what_would_be_written_into_pages_as_it_is_must_be_right(site: Copy, old: str, new: str, expected: str) -> None:
    site.replace("data/site.toml", old, new)
    with pytest.raises(InvalidFiles, match=expected):
        site.source()


@pytest.mark.parametrize("name", ["data/site.toml", "data/dataset.ttl", "data/visits.csv", "data/csv-metadata.json"])
def test_a_folder_where_a_file_should_be_is_told(site: Copy, name: str) -> None:
    (site.root / name).unlink()
    (site.root / name).mkdir()
    with pytest.raises(InvalidFiles, match=f"{name}: cannot be read: Is a directory"):
        check(site.source())
