"""An example query asks for words in the language of whoever takes it over."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from si_lod.engine.policy.admission import admit
from si_lod.serve.pages.queries.examples import Example
from si_lod.serve.pages.queries.results import NAMING
from tests.serve.pages.conftest import BASE, Reader

TEXT = """# title@nl: Welke bomen?
# title@en: Which trees?
# note@nl: Bomen zonder naam:
#   geen.
# note@en: Trees without a name: none.
# columns: tree label dutch
# column@nl tree: Boom
# least-rows: 1
# reader-language: label
SELECT ?tree ?label ?dutch WHERE {
  ?tree ?p ?label, ?dutch . # a label
  FILTER(LANG(?label) = "en" && lang( ?label )="en" && LANG(?dutch) = "nl" && ?x != 'LANG(?a) = "en"')
}
"""


ASKED = """# Which trees?
# Trees without a name: none.
SELECT ?tree ?label ?dutch WHERE {
  ?tree ?p ?label, ?dutch . # a label
  FILTER(LANG(?label) = "en" && lang( ?label )="en" && LANG(?dutch) = "nl" && ?x != 'LANG(?a) = "en"')
}
"""


def test_in_the_language_of_the_query_its_title_and_note_stand_above_it_and_nothing_for_its_publisher(
    english: Reader,
) -> None:
    assert Example.of(f"{BASE}id/query/trees", TEXT).asked(english.view) == ASKED


def test_in_another_language_it_asks_for_words_of_what_follows_the_reader_in_that_and_changes_nothing_else(
    dutch: Reader,
) -> None:
    asked = Example.of(f"{BASE}id/query/trees", TEXT).asked(dutch.view)
    assert asked.splitlines() == [
        "# Welke bomen?",
        "# Bomen zonder naam: geen.",
        "SELECT ?tree ?label ?dutch WHERE {",
        "  ?tree ?p ?label, ?dutch . # a label",
        """  FILTER(LANG(?label) = "nl" && lang( ?label )="nl" && LANG(?dutch) = "nl" && ?x != 'LANG(?a) = "en"')""",
        "}",
    ]


def test_what_follows_no_reader_is_the_same_in_every_language(dutch: Reader) -> None:
    text = TEXT.replace("# reader-language: label\n", "")
    said = "# Welke bomen?\n# Bomen zonder naam: geen.\n"
    asked = Example.of(f"{BASE}id/query/trees", text).asked(dutch.view)
    assert asked == said + ASKED.partition("none.\n")[2]


def test_a_query_without_a_title_begins_with_itself(english: Reader) -> None:
    assert Example.of(f"{BASE}id/query/trees", "# least-rows: 1\nASK {} # columns: x\n").asked(english.view) == (
        "ASK {} # columns: x\n"
    )


def test_a_reader_of_a_language_that_the_site_has_not_gets_its_words_as_they_are(english: Reader) -> None:
    view = replace(english.view, language="fr")
    asked = Example.of(f"{BASE}id/query/trees", TEXT).asked(view)
    assert asked.partition("SELECT")[2] == ASKED.partition("SELECT")[2]


@pytest.mark.parametrize(
    "path", sorted((Path(__file__).parents[3] / "data/queries").glob("*.rq")), ids=lambda path: path.stem
)
def test_every_query_of_the_sample_site_is_one_in_dutch_too(path: Path, dutch: Reader) -> None:
    text = path.read_text(encoding="utf-8")
    asked = Example.of(f"{BASE}id/query/{path.stem}", text).asked(dutch.view)
    assert admit(asked).form == admit(text).form
    kept = [line for line in asked.splitlines() if '"en"' in line]
    assert [line for line in kept if "?textEn" not in line] == []


def test_what_the_sample_site_asks_in_two_languages_on_purpose_it_asks_of_everybody_in_both(
    sample: Path, dutch: Reader, english: Reader
) -> None:
    text = (sample / "data/queries/covid-19-findings.rq").read_text(encoding="utf-8")
    for reader in (dutch, english):
        asked = Example.of(f"{BASE}id/query/covid-19-findings", text).asked(reader.view)
        assert 'LANG(?textNl) = "nl" && LANG(?textEn) = "en"' in asked
        assert f'LANG(?periodLabel) = "{reader.view.language}"' in asked


@pytest.mark.parametrize(
    "path", sorted((Path(__file__).parents[3] / "data/queries").glob("*.rq")), ids=lambda path: path.stem
)
def test_every_query_of_the_sample_site_says_what_there_is_to_know_and_names_its_columns_in_both_languages(
    path: Path,
) -> None:
    example = Example.of(f"{BASE}id/query/{path.stem}", path.read_text(encoding="utf-8"))
    assert example.notes.keys() == {"nl", "en"}
    for column in example.columns:
        naming = NAMING.fullmatch(column)
        named = example.headings.get(column) or example.headings.get(naming[1] if naming else "", {})
        assert named.keys() == {"nl", "en"}, column
