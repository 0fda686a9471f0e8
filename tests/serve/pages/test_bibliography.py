"""How to cite: the line on a page, and the same for programs that keep references."""

from __future__ import annotations

import json
import re

from hypothesis import given
from hypothesis import strategies as st
from pybtex.database import parse_string

from si_lod.serve.pages.citing.bibliography import bibtex, csl
from si_lod.serve.pages.citing.citation import references, release_references
from si_lod.serve.pages.citing.works import Work
from si_lod.serve.pages.words.wording import Text
from tests.serve.pages.conftest import BASE, Reader

KINDS = (("bib", "application/x-bibtex"), ("csl.json", "application/vnd.citationstyles.csl+json"))
COMMANDS = {
    r"\textbraceleft{}": "{",
    r"\textbraceright{}": "}",
    r"\textbackslash{}": "\\",
    r"\textasciitilde{}": "~",
    r"\textasciicircum{}": "^",
    r"\textless{}": "<",
    r"\textgreater{}": ">",
    r"\textbar{}": "|",
    **{f"\\{character}": character for character in "&%$#_"},
}
"""What LaTeX makes of a command (The LaTeX Companion, §7.3)."""


def read(value: str) -> str:
    """Return what a field says once its own braces are off."""
    return re.sub("|".join(map(re.escape, COMMANDS)), lambda found: COMMANDS[found[0]], value[1:-1])


def cited(reader: Reader, iri: str, suffix: str) -> str:
    with reader.app.app_context():
        return references(reader.view, iri, suffix)


@given(st.lists(st.text(), min_size=2, max_size=3), st.lists(st.integers(1, 9), max_size=3))
def test_no_text_breaks_out_of_its_field(texts: list[str], date: list[int]) -> None:
    words = [" ".join("".join(c if c.isprintable() else " " for c in text).split()) for text in texts]
    title, *authors = [text or "x" for text in words]
    work = Work(key="k-1", title=Text(title), authors=tuple(authors), version="1", issued=tuple(date))
    (key, entry), *others = parse_string(bibtex([work], "Data set"), "bibtex").entries.items()
    assert (key, others) == ("k-1", [])
    assert read(entry.fields["title"]) == title
    assert [read(person.last_names[0]) for person in entry.persons["author"]] == authors
    assert [entry.fields[name] for name, _ in zip(("year", "month", "day"), date, strict=False)] == list(map(str, date))
    (item,) = json.loads(csl([work], "Data set"))
    assert (item["title"], [one["literal"] for one in item["author"]]) == (title, authors)


def test_a_record_is_cited_at_the_address_where_it_never_changes(english: Reader) -> None:
    entries = parse_string(cited(english, f"{BASE}id/orchard/hesperides", "bib"), "bibtex").entries
    record = entries["orchard-hesperides-2025.1"]
    assert record.fields["url"] == f"{BASE}release/2025.1/doc/orchard/hesperides"
    assert [record.fields[name] for name in ("version", "year", "month", "day")] == ["2025.1", "2025", "3", "1"]
    assert record.fields["note"] == "Data set. https://licence.example/free"
    assert "urldate" not in record.fields


def test_the_sources_of_a_record_come_along_as_they_are_known(english: Reader) -> None:
    items = json.loads(cited(english, f"{BASE}id/orchard/hesperides", "csl.json"))
    assert [item["id"] for item in items] == ["orchard-hesperides-2025.1", "book-census"]
    assert items[1] == {
        "id": "book-census",
        "type": "document",
        "title": "Tree census",
        "author": [{"literal": "Almanac Press"}],
        "publisher": "Almanac Press",
        "issued": {"date-parts": [[2024, 6]]},
        "URL": "https://almanac.example/census",
        "language": "nl",
    }


def test_a_publication_is_cited_beside_the_record_about_it(english: Reader) -> None:
    record, book = json.loads(cited(english, f"{BASE}id/book/walk", "csl.json"))
    assert (record["type"], book["type"]) == ("dataset", "document")
    assert book["URL"] == f"{BASE}id/book/walk"


def test_a_name_that_a_reader_lacks_says_its_language_to_no_other_program_than_it_is(dutch: Reader) -> None:
    _, book = json.loads(cited(dutch, f"{BASE}id/book/walk", "csl.json"))
    assert book["language"] == "en"


def test_an_ontology_is_cited_by_who_made_it(english: Reader) -> None:
    (item,) = json.loads(cited(english, f"{BASE}def/o", "csl.json"))
    assert item["author"] == [{"literal": "Pomona"}]
    assert item["URL"] == f"{BASE}release/2025.1/def/o"


def test_a_release_can_be_cited_as_a_whole_in_the_readers_language(dutch: Reader) -> None:
    with dutch.app.app_context():
        (item,) = json.loads(release_references(dutch.view, "2025.1", "2025-03-01", "csl.json"))
    assert (item["title"], item["version"], item["URL"]) == ("Boomgaarden", "2025.1", f"{BASE}release/2025.1")
    assert item["note"].startswith("Dataset. ")


def test_a_page_says_how_to_cite_it_and_leads_to_the_same_for_programs(english: Reader) -> None:
    page = english.thing("orchard/hesperides", KINDS)
    line = "Garden of the Hesperides (Version 2025.1) [Data set]. (2025). Orchards."
    assert page.texts("p", class_="cite") == [f"{line} {BASE}release/2025.1/doc/orchard/hesperides"]
    assert page.texts("a", type=KINDS[0][1]) == ["BibTeX"]
    assert page.texts("a", type=KINDS[1][1]) == ["CSL-JSON"]


def test_whoever_publishes_the_data_opens_the_line(english: Reader) -> None:
    page = english.definitions()
    assert page.texts("p", class_="cite") == [
        f"Pomona. (2025). Orchard ontology (Version 2025.1) [Data set]. Orchards. {BASE}release/2025.1/def/o"
    ]


def test_a_work_of_unknown_date_has_none() -> None:
    work = Work(key="k", title=Text("t"), authors=("A. Author",))
    assert "year" not in bibtex([work], "")
    assert "issued" not in csl([work], "")
