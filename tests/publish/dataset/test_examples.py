"""An example query is published only if it gives what it says."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, QuerySolutions, Store

from si_lod.errors import InvalidFiles
from si_lod.publish.dataset.assembly import assemble
from si_lod.publish.dataset.examples import Example
from si_lod.publish.source.files import Source
from tests.publish.conftest import Copy

FILE = "data/queries/visits.rq"


def made(site: Copy) -> Store:
    draft = assemble(site.source(), site.root.parent / "store")
    if draft.faults or draft.answers:
        raise InvalidFiles([*draft.faults, *draft.answers])
    return draft.store


def test_a_query_becomes_data_with_its_titles_and_text(site: Copy) -> None:
    store = made(site)
    query = NamedNode("https://data.example.org/reading/id/query/visits")
    stated = {
        quad.predicate.value.rpartition("#")[2]: quad.object for quad in store.quads_for_pattern(query, None, None)
    }
    assert stated["select"] == Literal((site.root / FILE).read_text(encoding="utf-8"))
    labels = [
        quad.object for quad in store.quads_for_pattern(query, None, None) if quad.predicate.value.endswith("label")
    ]
    assert Literal("Bezoeken per vestiging en verslag", language="nl") in labels
    assert len(labels) == 2


def test_what_there_is_to_know_of_a_query_is_data_too_a_paragraph_in_each_language(site: Copy) -> None:
    site.replace(FILE, "# least-rows: 3", "# note@nl: Een bezoek\n#   telt een keer.\n# least-rows: 3")
    query = NamedNode("https://data.example.org/reading/id/query/visits")
    comment = NamedNode("http://www.w3.org/2000/01/rdf-schema#comment")
    found = [quad.object for quad in made(site).quads_for_pattern(query, comment, None)]
    assert found == [Literal("Een bezoek telt een keer.", language="nl")]


@pytest.mark.parametrize(
    "asking",
    ['LANG(?r) = "nl"', 'LANG(?r) IN ("nl", "")', 'langMatches(lang(?r), "nl")', 'LANGMATCHES ( LANG ( ?r ) , "nl" )'],
)
def test_a_variable_that_is_asked_in_one_language_may_follow_the_reader(site: Copy, asking: str) -> None:
    site.replace(FILE, "# least-rows: 3", "# reader-language: ?r")
    site.replace(FILE, "} ORDER", f'  BIND(STRLANG("r", "nl") AS ?r) FILTER({asking}) }} ORDER')
    assert made(site)


@pytest.mark.parametrize("asking", ['LANG(?r) IN ("nl", "en")', 'LANG(?r) != "en"', 'LANG(?r) NOT IN ("en")'])
def test_a_variable_that_is_asked_in_no_one_language_may_not(site: Copy, asking: str) -> None:
    site.replace(FILE, "# least-rows: 3", "# reader-language: ?r")
    site.replace(FILE, "} ORDER", f'  BIND(STRLANG("r", "nl") AS ?r) FILTER({asking}) }} ORDER')
    with pytest.raises(InvalidFiles, match=r"reader-language: expected the query to ask for \?r in one language"):
        made(site)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "least-rows: 3",
            "least-rows: 4",
            r"visits\.rq:4: least-rows: expected at least 4, found 3; if that is right now lower the number here",
        ),
        ("least-rows: 3", "least-rows: many", r'visits\.rq:4: least-rows: expected a whole number, found "many"'),
        (
            "columns: branch visits report",
            "columns: branch visits",
            r"visits\.rq:3: columns: expected branch visits, found branch visits report",
        ),
        ("# title@nl: Bezoeken per vestiging en verslag\n", "", 'expected a first comment "# title@nl: ..."'),
        (
            "SELECT ?branch ?visits ?report WHERE {",
            "CONSTRUCT { ?branch read:visits ?visits } WHERE {",
            r"visits\.rq:3: columns: expected a SELECT query, which has columns, found CONSTRUCT",
        ),
        (
            "# least-rows: 3",
            "# reader-language: report",
            r'visits\.rq:4: reader-language: .* one language of the site, such as LANG\(\?report\) = "\w+", found none',
        ),
        ("SELECT ?branch", "SELEKT ?branch", r'visits\.rq:6:1: .*"SELEKT"; is SELECT meant\?'),
        ("?count read:branch ?branch ;", "?count raed:branch ?branch ;", 'the prefix "raed:" is not declared'),
    ],
)
def test_a_query_that_does_not_give_what_it_says_refuses_the_release(
    site: Copy, old: str, new: str, message: str
) -> None:
    site.replace(FILE, old, new)
    with pytest.raises(InvalidFiles, match=message):
        made(site)


def test_all_queries_that_fail_are_told_at_once(site: Copy) -> None:
    text = (site.root / FILE).read_text(encoding="utf-8")
    site.write("data/queries/another.rq", text.replace("least-rows: 3", "least-rows: 9"))
    site.replace(FILE, "least-rows: 3", "least-rows: 8")
    with pytest.raises(InvalidFiles) as caught:
        made(site)
    assert [problem.file for problem in caught.value.problems] == ["data/queries/another.rq", FILE]


def test_a_question_that_is_answered_with_no_refuses_the_release(site: Copy) -> None:
    site.write("data/queries/truth.rq", "# title@en: T\n# title@nl: T\nASK { ?s ?s ?s }")
    with pytest.raises(InvalidFiles, match=r"truth\.rq:3: expected the answer true, found false"):
        made(site)


def test_a_construct_and_an_ask_are_executables_of_their_kind(site: Copy) -> None:
    titles = "# title@en: T\n# title@nl: T\n"
    site.write("data/queries/graph.rq", f"{titles}CONSTRUCT {{ ?s a ?o }} WHERE {{ ?s a ?o }}")
    site.write("data/queries/truth.rq", f"{titles}ASK {{ ?s ?p ?o }}")
    store = made(site)
    kinds = {
        quad.object.value.rpartition("#")[2]
        for quad in store
        if "id/query/" in str(quad.subject) and "ns#type" in str(quad.predicate)
    }
    assert kinds >= {"SPARQLConstructExecutable", "SPARQLAskExecutable", "SPARQLSelectExecutable", "SPARQLExecutable"}


def test_of_the_samples_queries_none_stops_when_one_row_is_taken_out(sample: Path, tmp_path: Path) -> None:
    source = Source.read(sample)
    store = assemble(source, tmp_path / "store").store
    for path in source.files("data/queries/*.rq"):
        example = Example.read(path, path.name)
        results = store.query(example.text)
        if isinstance(results, QuerySolutions):
            found = sum(1 for _ in results)
            assert example.least_rows < found or found == 1, f"{path.name} gives {found}"
