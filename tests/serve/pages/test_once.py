"""What is the same for every page of a release is asked for once."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import product
from typing import TYPE_CHECKING, Final

import pytest
from pyoxigraph import NamedNode, Store

from si_lod.engine.store.local import LocalEngine
from si_lod.serve import pages
from si_lod.serve.once import MOST, Once
from si_lod.serve.pages import Members, Roll, RollRequest
from si_lod.serve.pages.geography.whereabouts import Whereabouts
from tests.serve.pages.conftest import BASE, MANIFEST, Reader

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import Triple

    from si_lod.engine.evaluation import Engine, Solution, Term
    from si_lod.release import Manifest


ORCHARD: Final = f"{BASE}def/o#Orchard"


@dataclass(frozen=True, slots=True)
class Listening(LocalEngine):
    """An engine that remembers what it was asked."""

    heard: list[str] = field(default_factory=list)

    def asked(self, words: str) -> list[str]:
        return [query for query in self.heard if words in query]

    def match(
        self, subject: NamedNode | None, predicate: NamedNode | None, obj: Term | None, *, most: int | None = None
    ) -> Iterator[Triple]:
        self.heard.append(f"{subject} {predicate} {obj}")
        return LocalEngine.match(self, subject, predicate, obj, most=most)

    def select(self, query: str, /, **bindings: Term) -> list[Solution]:
        self.heard.append(query)
        return LocalEngine.select(self, query, **bindings)


@pytest.fixture
def readers(english: Reader, dutch: Reader, orchards: Store) -> tuple[Listening, list[Reader]]:
    engine, once = Listening(orchards), Once()
    return engine, [replace(one, view=replace(one.view, engine=engine, once=once)) for one in (english, dutch)]


def test_readers_of_one_release_ask_it_for_what_every_page_has_once(readers: tuple[Listening, list[Reader]]) -> None:
    engine, all_of_them = readers
    for reader in (*all_of_them, *all_of_them):
        reader.thing("orchard/hesperides")
    assert [len(engine.asked(words)) for words in ("dct:license ?o", "dcat#Catalog")] == [1, 1]


def test_what_a_release_says_of_its_terms_is_asked_once_whoever_reads_what(
    readers: tuple[Listening, list[Reader]],
) -> None:
    engine, all_of_them = readers
    references = ("orchard/hesperides", "code/exact", "count/a")
    for reader, reference in product(all_of_them, references):
        reader.thing(reference)
    words = ("sh:targetClass ?s", "sh:path ?s", "PropertyGroup", "?dsd qb:component ?s", "Of+ ?o")
    assert [len(engine.asked(each)) for each in words] == [1, 1, 1, 1, 2]


def test_how_many_things_there_are_of_each_kind_is_counted_once(readers: tuple[Listening, list[Reader]]) -> None:
    engine, all_of_them = readers
    for reader in (*all_of_them, *all_of_them):
        with reader.app.app_context():
            pages.home_page(reader.view)
    assert len(engine.asked("COUNT(DISTINCT ?member)")) == 1


def test_how_terms_are_used_and_which_thing_shows_it_is_looked_for_once_whoever_reads_the_definitions(
    readers: tuple[Listening, list[Reader]],
) -> None:
    engine, all_of_them = readers
    for reader in (*all_of_them, *all_of_them):
        reader.definitions()
    for words in ("MIN(?one)", "ORDER BY DESC(?count) ?one"):
        heard = engine.asked(words)
        assert (len(heard), len(set(heard))) == (2, 2), "two questions, each once"


def test_what_is_kept_of_one_question_makes_no_room_for_another(orchards: Store) -> None:
    once, tried = Once(), []

    def find(_: Engine, __: Manifest, term: str) -> str:
        tried.append(term)
        return term

    def other(_: Engine, __: Manifest, term: str) -> str:
        return term

    once.of("term", find, LocalEngine(orchards), MANIFEST)
    for number in range(MOST + 1):
        once.of(f"term {number}", other, LocalEngine(orchards), MANIFEST)
    once.of("term", find, LocalEngine(orchards), MANIFEST)
    assert tried == ["term"]


def test_where_things_are_is_read_once_and_told_in_each_language(readers: tuple[Listening, list[Reader]]) -> None:
    engine, all_of_them = readers
    tongues = {Whereabouts.read(reader.view).wording.view.language for reader in (*all_of_them, *all_of_them)}
    assert tongues == {"nl", "en"}
    assert len(engine.asked("schema:containedInPlace ?any")) == 1


def test_a_list_is_read_once_whatever_is_chosen_from_it_in_whichever_language(
    readers: tuple[Listening, list[Reader]],
) -> None:
    engine, all_of_them = readers
    requests = (RollRequest(), RollRequest(text="hesperides"), RollRequest(page=2))
    rolls = [Roll.of(Members.read(one.view, ORCHARD), asked) for one, asked in product(all_of_them, requests)]
    assert [len(roll.iris) for roll in rolls] == [rolls[0].everything, 1, rolls[0].everything] * 2
    assert {roll.members.wording.view.language for roll in rolls} == {"nl", "en"}
    assert len(engine.asked("?s a ?this ; ?p ?o")) == 1


@pytest.mark.parametrize("count", [MOST, MOST + 1])
def test_of_a_few_terms_what_was_found_is_kept_and_the_first_of_many_is_let_go(orchards: Store, count: int) -> None:
    once, tried = Once(), []

    def find(_: Engine, __: Manifest, term: str) -> str:
        tried.append(term)
        return term.upper()

    terms = [f"term {number}" for number in range(count)]
    for term in (*terms, terms[-1], terms[0]):
        assert once.of(term, find, LocalEngine(orchards), MANIFEST) == term.upper()
    assert tried == (terms if count == MOST else [*terms, terms[0]])


def test_what_cannot_be_found_is_looked_for_again(orchards: Store) -> None:
    once, tried = Once(), []

    def find(_: Engine, manifest: Manifest) -> str:
        tried.append(manifest.version)
        if len(tried) == 1:
            raise OSError("not now")
        return manifest.version

    with pytest.raises(OSError, match="not now"):
        once.get(find, LocalEngine(orchards), MANIFEST)
    assert [once.get(find, LocalEngine(orchards), MANIFEST) for _ in range(2)] == [MANIFEST.version] * 2
    assert len(tried) == 2
