"""An example query asks for words in the language of whoever takes it over."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from si_lod.engine.policy.admission import admit
from si_lod.serve.pages.queries.examples import Example
from tests.serve.pages.conftest import BASE, Reader

TEXT = """# title@nl: Welke bomen?
# title@en: Which trees?
# columns: tree label
# column@nl tree: Boom
# least-rows: 1
#
# Trees without a name: none.
SELECT ?tree ?label WHERE {
  ?tree ?p ?label . # a label
  FILTER(LANG(?label) = "en" && lang( ?label )="en")
}
"""


ASKED = """# Which trees?
# Trees without a name: none.
SELECT ?tree ?label WHERE {
  ?tree ?p ?label . # a label
  FILTER(LANG(?label) = "en" && lang( ?label )="en")
}
"""
DUTCH = "# Welke bomen?"


def test_in_the_language_of_the_query_its_title_stands_above_it_and_nothing_for_its_publisher(english: Reader) -> None:
    assert Example.of(f"{BASE}id/query/trees", TEXT).asked(english.view) == ASKED


def test_in_another_language_it_asks_for_words_in_that_and_leaves_out_remarks(dutch: Reader) -> None:
    asked = Example.of(f"{BASE}id/query/trees", TEXT).asked(dutch.view)
    assert asked.splitlines() == [
        DUTCH,
        "SELECT ?tree ?label WHERE {",
        "  ?tree ?p ?label . # a label",
        '  FILTER(LANG(?label) = "nl" && lang( ?label )="nl")',
        "}",
    ]


def test_what_asks_for_no_words_keeps_its_remarks(dutch: Reader) -> None:
    asked = Example.of(f"{BASE}id/query/trees", TEXT.replace('"en"', '"fy"')).asked(dutch.view)
    assert asked == ASKED.replace('"en"', '"fy"').replace("# Which trees?", DUTCH)


def test_a_query_without_a_title_begins_with_itself(english: Reader) -> None:
    assert Example.of(f"{BASE}id/query/trees", "# least-rows: 1\nASK {} # columns: x\n").asked(english.view) == (
        "ASK {} # columns: x\n"
    )


def test_a_reader_of_a_language_that_the_site_has_not_gets_its_words_as_they_are(english: Reader) -> None:
    view = replace(english.view, language="fr")
    assert Example.of(f"{BASE}id/query/trees", TEXT).asked(view).partition("\n")[2] == ASKED.partition("\n")[2]


@pytest.mark.parametrize(
    "path", sorted((Path(__file__).parents[3] / "data/queries").glob("*.rq")), ids=lambda path: path.stem
)
def test_every_query_of_the_sample_site_is_one_in_dutch_too(path: Path, dutch: Reader) -> None:
    text = path.read_text(encoding="utf-8")
    asked = Example.of(f"{BASE}id/query/{path.stem}", text).asked(dutch.view)
    assert admit(asked).form == admit(text).form
    assert '= "en"' not in asked
    assert 'IN ("en"' not in asked
