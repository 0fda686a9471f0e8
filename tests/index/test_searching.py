"""A search by words: what it finds, in which order, and that nothing that is typed can break it."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from si_lod.index.file import FILE
from si_lod.index.searching import MOST, Taste, excerpt, expression, search
from tests.index.site import BASE, SITE, indexed

if TYPE_CHECKING:
    from pathlib import Path

    from si_lod.index.file import Index

TURTLE = """
s:Book rdfs:subClassOf s:Thing ; rdfs:label "boek"@nl , "book"@en ; a <http://www.w3.org/2002/07/owl#Class> .
<id/book/saga> a s:Book , s:Thing ; rdfs:label "Sága of Skagafjörður" ; dct:identifier "saga" ;
  skos:altLabel "De oude sage"@nl , "The old tale"@en ;
  skos:definition "Over zeilen naar Groenland."@nl , "About sailing to Greenland."@en .
<id/book/sailing> a s:Book ; rdfs:label "Sailing"@en , "Zeilen"@nl ; dct:description "To <b>sail</b> \\"fast\\"."@en .
<id/person/sailing> a s:Person ; foaf:name "Sailing" .
<id/person/ship> a s:Odd ; rdfs:label "Sailing ships" .
<id/claim/1> a s:Claim ; rdfs:label "claim 1" ; schema:text "Een schip van staal is sterker."@nl .
<id/gone> rdfs:label "Sailing no more" .
<https://elsewhere.example/id/x> a s:Book ; rdfs:label "Sailing elsewhere" .
<def/shapes#Book> a <http://www.w3.org/ns/shacl#NodeShape> ; rdfs:label "Sailing shape" .
"""


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    return indexed(tmp_path_factory.mktemp("shelves"), TURTLE)


def found(index: Index, words: str, *languages: str, kind: str = "") -> list[str]:
    taste = Taste(languages or ("nl", "en"), SITE.lists)
    return [match.iri.removeprefix(BASE) for match in search(index, words, taste, kind).matches]


def test_accents_and_capitals_do_not_matter(index: Index) -> None:
    for words in ("SAGA", "sága", "skagafjorður", "SKAGAFJÖRÐUR", "Ságá"):
        assert found(index, words)[0] == "id/book/saga"


def test_a_word_is_found_by_its_beginning_and_by_nothing_else_of_it(index: Index) -> None:
    assert found(index, "groenl") == ["id/book/saga"]
    assert found(index, "oenland") == []


def test_names_other_names_codes_and_texts_are_searched_in_every_language(index: Index) -> None:
    for words in ("old tale", "oude sage", "saga", "greenland", "groenland"):
        assert "id/book/saga" in found(index, words, "en")
    assert found(index, "staal", "en") == ["id/claim/1"]


def test_every_word_must_be_there_and_words_in_quotation_marks_together(index: Index) -> None:
    assert found(index, "sailing greenland") == ["id/book/saga"]
    assert found(index, "sailing mountains") == []
    assert found(index, '"old tale"') == ["id/book/saga"]
    assert found(index, '"tale old"') == []


def test_what_is_called_so_comes_before_what_begins_so_and_that_before_what_is_only_said(index: Index) -> None:
    order = ["id/book/sailing", "id/person/sailing", "id/person/ship", "id/book/saga"]
    assert found(index, "sailing", "en", "nl") == order


def test_among_things_of_one_name_the_sites_own_order_of_kinds_decides(index: Index) -> None:
    assert found(index, "sailing", "en")[:2] == ["id/book/sailing", "id/person/sailing"]
    turned = search(index, "sailing", Taste(("en",), SITE.lists[::-1])).matches
    assert turned[0].iri == f"{BASE}id/person/sailing"


def test_a_thing_in_the_readers_language_comes_before_one_that_is_found_in_another(tmp_path: Path) -> None:
    turtle = """
<id/a> a s:Book ; rdfs:label "alpha over water"@en . <id/b> a s:Book ; rdfs:label "beta over water"@nl .
"""
    index = indexed(tmp_path, turtle)
    assert found(index, "over water", "en", "nl") == ["id/a", "id/b"]
    assert found(index, "over water", "nl", "en") == ["id/b", "id/a"]


def test_only_the_sites_own_things_that_have_a_type_and_a_page_are_found(index: Index) -> None:
    everything = {iri for words in ("sailing", "saga", "claim", "boek") for iri in found(index, words)}
    assert "id/gone" not in everything
    assert "def/shapes#Book" not in everything
    assert not any(iri.startswith("https:") for iri in everything)
    assert "def/s#Book" in everything


def test_kinds_are_counted_whatever_kind_is_asked_for(index: Index) -> None:
    of_persons = search(index, "sailing", Taste(("en",)), f"{BASE}def/s#Person")
    assert [match.iri for match in of_persons.matches] == [f"{BASE}id/person/sailing"]
    kinds = {kind.rpartition("#")[2]: count for kind, count in of_persons.kinds.items()}
    assert kinds == {"Book": 2, "Person": 1, "Odd": 1}
    assert found(index, "sailing", kind="https://nope.example/") == []


def test_an_excerpt_marks_what_was_looked_for_and_is_plain_text(index: Index) -> None:
    [match, *_] = search(index, "sail fast", Taste(("en",))).matches
    assert excerpt(index, "sail fast", match) == [
        ("To <b>", False),
        ("sail", True),
        ('</b> "', False),
        ("fast", True),
        ('".', False),
    ]


def test_an_excerpt_is_the_other_name_if_that_has_the_word(index: Index) -> None:
    [match] = search(index, "tale", Taste(("en",))).matches
    assert excerpt(index, "tale", match) == [("The old ", False), ("tale", True)]


def test_more_than_can_be_looked_at_is_told_and_the_rarest_kinds_are_looked_at_first(tmp_path: Path) -> None:
    many = "".join(f'<id/{number}> a s:Common ; rdfs:label "word {number}" .\n' for number in range(MOST + 1))
    index = indexed(tmp_path, f'{many} <id/rare> a s:Rare ; rdfs:label "a word too" .')
    all_found = search(index, "word", Taste(("en",)))
    assert all_found.more
    assert f"{BASE}id/rare" in {match.iri for match in all_found.matches}
    assert not search(index, "too", Taste(("en",))).more


ODD = [
    '"',
    '""',
    '"unclosed',
    "AND",
    "a OR",
    "NOT x",
    "NEAR(a b)",
    "name : saga",
    "{name alternative} : x",
    "^saga",
    "sag*",
    "a + b",
    "(",
    "-saga",
    "'; DROP TABLE search; --",
    "\x00saga",
    "\N{COMBINING ACUTE ACCENT}",
    "🙂",
    "\N{RIGHT-TO-LEFT OVERRIDE}saga",
    "بستان",
    "x" * 10_000,
    "x " * 5_000,
    "%_\\",
    "\ud800",
]


@pytest.mark.parametrize("words", ODD, ids=range(len(ODD)))
def test_whatever_is_typed_is_only_words(index: Index, words: str) -> None:
    everything = search(index, words, Taste(("en",)))
    assert all(match.iri.startswith(BASE) for match in everything.matches)


@given(st.text(max_size=60))
def test_no_text_breaks_the_search_or_its_excerpts(index: Index, words: str) -> None:
    for match in search(index, words, Taste(("nl", "en"))).matches:
        shown = "".join(text for text, _ in excerpt(index, words, match))
        assert not {"\x02", "\x03"} & set(shown)


@pytest.mark.parametrize("words", ["", " ", '" "', "!?", "***"])
def test_what_has_no_word_finds_nothing(index: Index, words: str) -> None:
    assert expression(words) == ""
    assert found(index, words) == []


def test_equal_content_makes_equal_bytes_and_the_file_takes_no_writing(tmp_path: Path) -> None:
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
    first, second = (indexed(tmp_path / name, TURTLE) for name in ("first", "second"))
    assert (tmp_path / "first" / FILE).read_bytes() == (tmp_path / "second" / FILE).read_bytes()
    assert first.rows("SELECT * FROM things") == second.rows("SELECT * FROM things")
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        first.rows("DELETE FROM things")


def test_a_name_between_quotation_marks_is_a_name_all_the_same(index: Index) -> None:
    assert found(index, '"Sailing"') == found(index, "Sailing")
    taste = Taste(("nl", "en"), SITE.lists)
    assert search(index, '"Sailing ships"', taste).matches[0].iri == f"{BASE}id/person/ship"


def test_a_title_without_a_tag_is_in_the_language_that_its_work_is_said_to_be_in(tmp_path: Path) -> None:
    authority = "http://publications.europa.eu/resource/authority/language/"
    index = indexed(
        tmp_path,
        f"""
<id/book/a> a s:Book ; dct:title "Rain songs" ; dct:language <{authority}NLD> .
<id/book/b> a s:Book ; dct:title "Rain words" ; dct:language <{authority}ENG> .
<id/book/c> a s:Book ; dct:title "Rain tales" ; dct:language <{authority}ENG> , <{authority}NLD> .
<id/book/d> a s:Book ; dct:title "Rain" ; dct:description "Regen"@nl , "Rain"@en ; dct:language <{authority}NLD> .""",
    )
    languages = {match.iri[-1]: match.language for match in search(index, "rain", Taste(("en",))).matches}
    assert (languages["a"], languages["b"], languages["c"]) == ("nl", "en", "")
    assert found(index, "rain regen") == ["id/book/d"]
    assert found(index, "rain", "nl")[-1] == "id/book/b"
