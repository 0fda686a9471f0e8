"""An example query is published only if it gives what it says."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode, Store

from si_lod.errors import InvalidFiles
from si_lod.publish.dataset import assemble
from tests.publish.conftest import Copy

FILE = "data/queries/visits.rq"


def made(site: Copy) -> Store:
    draft = assemble(site.source(), site.root.parent / "store")
    if draft.faults:
        raise InvalidFiles(draft.faults)
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


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("least-rows: 3", "least-rows: 4", "expected at least 4 rows, found 3"),
        ("least-rows: 3", "least-rows: many", 'least-rows: expected a whole number, found "many"'),
        (
            "columns: branch visits report",
            "columns: branch visits",
            "expected the columns branch visits, found branch visits report",
        ),
        ("# title@nl: Bezoeken per vestiging en verslag\n", "", 'expected a first comment "# title@nl: ..."'),
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
    with pytest.raises(InvalidFiles, match=r"truth\.rq:1: expected the answer true, found false"):
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
