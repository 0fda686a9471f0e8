"""A list of very many things: its pages come from the index, and cost what they show."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import pytest
from flask import Flask
from pyoxigraph import Literal, NamedNode, Quad, Store

from si_lod.index.choosing import Conditions, LongList
from si_lod.index.chosen import Chosen
from si_lod.index.file import Index
from si_lod.index.rolls import FEW
from si_lod.index.writing import new_index, write_index
from si_lod.release import Manifest
from si_lod.releases import Releases
from si_lod.serve import pages
from si_lod.serve.app import create_app
from si_lod.serve.pages import LongRoll, Members, Roll, RollRequest, list_csv
from si_lod.serve.view import View
from tests.serve.pages.page import Page
from tests.serve.reckoner import Reckoner
from tests.serve.site import BASE, SITE, publish

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from sqlite3 import Connection

    from flask.testing import FlaskClient


MANY: Final = FEW + 120
MILL: Final = f"{BASE}def/m#Mill"
MANIFEST: Final = Manifest("1", "2025-03-01", SITE, 1, {}, {}, "0" * 64, "0" * 64, {})
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
KINDS: Final = ("post", "tower", "smock")


def mills(count: int) -> Iterator[Quad]:
    """Yield mills of three kinds, with a height, some with a name in Dutch and some with a river that few share."""
    for kind in KINDS:
        thing = NamedNode(f"{BASE}id/kind/{kind}")
        yield Quad(thing, NamedNode(f"{RDFS}label"), Literal(f"{kind} mill", language="en"))
        yield Quad(thing, NamedNode(f"{RDFS}label"), Literal(f"{kind}molen", language="nl"))
    for number in range(count):
        mill = NamedNode(f"{BASE}id/mill/n{number:06}")
        yield Quad(mill, NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"), NamedNode(MILL))
        yield Quad(mill, NamedNode(f"{RDFS}label"), Literal(f"Mill {count - number:06}", language="en"))
        if number % 7 == 0:
            yield Quad(mill, NamedNode(f"{RDFS}label"), Literal(f"Molen {number:06}", language="nl"))
        yield Quad(mill, NamedNode(f"{BASE}def/m#kind"), NamedNode(f"{BASE}id/kind/{KINDS[number % 3]}"))
        yield Quad(mill, NamedNode(f"{BASE}def/m#height"), Literal(number))
        if number % 2:
            yield Quad(mill, NamedNode(f"{BASE}def/m#state"), Literal("turning" if number % 4 == 1 else "still"))


@dataclass(frozen=True, slots=True)
class Shelf:
    engine: Reckoner
    index: Index

    def view(self, language: str = "en") -> View:
        return View(MANIFEST, self.engine, language)

    def long(self) -> LongList:
        long = LongList.of(self.index, MILL)
        assert long is not None
        return long

    def roll(self, asked: RollRequest, language: str = "en") -> LongRoll:
        return LongRoll.within(self.view(language), self.long(), asked)


def indexed(folder: Path, count: int) -> Shelf:
    store = Store()
    store.bulk_extend(mills(count))
    with new_index(folder):
        pass
    write_index(folder, store, SITE)
    index = Index.of(folder)
    assert index is not None
    return Shelf(Reckoner(store), index)


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    return indexed(tmp_path_factory.mktemp("long"), MANY)


@pytest.fixture(scope="module")
def app() -> Flask:
    app = Flask("si_lod.serve")
    pages.init_app(app)
    return app


ASKED: Final = [
    RollRequest(),
    RollRequest(page=3),
    RollRequest(sort="-name"),
    RollRequest(chosen={"kind": "post"}),
    RollRequest(chosen={"kind": f"{BASE}id/kind/tower", "state": "still"}, sort="-name", page=2),
    RollRequest(chosen={"kind": "smock"}, page=2),
    RollRequest(chosen={"state": "gone"}),
]


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize("asked", ASKED, ids=range(len(ASKED)))
def test_a_long_list_shows_what_reading_all_of_it_would(shelf: Shelf, asked: RollRequest, language: str) -> None:
    view = shelf.view(language)
    whole, long = Roll.of(Members.read(view, MILL), asked), shelf.roll(asked, language)
    assert (len(long.iris), long.everything) == (len(whole.iris), whole.everything)
    assert long.iris[50:100] == whole.iris[50:100]
    assert list(long.iris[:]) == whole.iris
    counted, all_counted = (
        {
            (choice.parameter, option.key, option.name): option.count
            for choice in roll.choices
            for option in choice.options
        }
        for roll in (long, whole)
    )
    assert counted == {key: count for key, count in all_counted.items() if count or key in counted}
    assert [one.parameter for one in long.unfit] == [one.parameter for one in whole.unfit]
    assert [one.options for one in long.unfit] == [one.options for one in whole.unfit]
    assert (long.members.columns, long.members.properties) == (whole.members.columns, whole.members.properties)


@pytest.mark.parametrize("asked", [*ASKED, RollRequest(all_columns=True)])
def test_the_csv_of_a_long_list_is_what_reading_all_of_it_would_give_in_parts(shelf: Shelf, asked: RollRequest) -> None:
    whole, long = Roll.of(Members.read(shelf.view(), MILL), asked), shelf.roll(asked)
    parts = list(list_csv(long))
    assert "".join(parts) == "".join(list_csv(whole))
    assert max(len(list(csv.reader(io.StringIO(part)))) for part in parts) <= 500


@pytest.mark.parametrize("is_turned", [False, True])
@pytest.mark.parametrize("words", ["", "turning", "nothing"])
def test_all_of_a_long_list_is_looked_up_in_runs_of_which_each_begins_where_the_last_ended(
    shelf: Shelf, words: str, *, is_turned: bool
) -> None:
    long = LongList.of(shelf.index, MILL)
    assert long is not None
    chosen = Chosen(long, Conditions(words=words), "en", is_turned=is_turned)
    runs = list(chosen.parts(300))
    assert [iri for run in runs for iri in run] == chosen[:]
    assert {len(run) for run in runs[:-1]} <= {300}


@pytest.mark.parametrize(("text", "count"), [("mill 0000", 99), ("Molen", 303), ("nothing", 0), ('"', MANY)])
def test_words_or_their_beginnings_are_looked_for_in_what_the_members_say(shelf: Shelf, text: str, count: int) -> None:
    long = shelf.roll(RollRequest(text=text))
    assert len(long.iris) == count
    assert sum(option.count for one in long.choices if one.parameter == "kind" for option in one.options) == count


def cost(shelf: Shelf, app: Flask, asked: RollRequest) -> int:
    """Return how many triples and solutions a page takes that is not the first of the release."""
    view = shelf.view()
    with app.app_context():
        for _ in range(2):
            shelf.engine.handed.clear()
            pages.list_page(view, LongRoll.within(view, shelf.long(), asked), ())
    return sum(shelf.engine.handed)


@pytest.mark.parametrize(
    "asked", [RollRequest(), RollRequest(chosen={"kind": "post"}, page=9), RollRequest(text="mill")]
)
def test_a_page_takes_no_more_of_a_list_that_is_much_longer(
    shelf: Shelf, longer: Shelf, app: Flask, asked: RollRequest
) -> None:
    assert cost(longer, app, asked) == cost(shelf, app, asked)


@pytest.fixture(scope="module")
def longer(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    return indexed(tmp_path_factory.mktemp("longer"), 4 * MANY)


@dataclass(frozen=True, slots=True)
class Steps(Index):
    """An index that counts what the database does, in hundreds of its instructions."""

    taken: list[int] = field(default_factory=list)

    def opened(self) -> Connection:
        database = Index.opened(self)
        database.set_progress_handler(lambda: self.taken.append(1), 100)
        return database


def steps(shelf: Shelf, conditions: Conditions, *places: slice) -> int:
    """Return what it takes to read the members that fit: all of them in parts, or some of them."""
    index = Steps(shelf.index.path)
    long = LongList.of(index, MILL)
    assert long is not None
    chosen = Chosen(long, conditions, "en")
    index.taken.clear()
    read = [chosen[place] for place in places] if places else list(chosen.parts(100))
    assert all(read)
    return len(index.taken)


@pytest.mark.parametrize("conditions", [Conditions(), Conditions((1,)), Conditions(words="mill")])
def test_a_file_of_all_takes_so_much_more_of_the_index_as_the_list_is_longer(
    shelf: Shelf, longer: Shelf, conditions: Conditions
) -> None:
    assert steps(longer, conditions) < 6 * steps(shelf, conditions)


def test_the_last_page_of_a_whole_list_takes_no_more_than_the_first(longer: Shelf) -> None:
    first, last = slice(0, 50), slice(4 * MANY - 50, 4 * MANY)
    assert steps(longer, Conditions(), last) <= steps(longer, Conditions(), first) + 1


def test_a_list_of_few_is_not_in_the_index(tmp_path: Path) -> None:
    assert LongList.of(indexed(tmp_path, FEW).index, MILL) is None


def test_what_a_long_list_cannot_do_is_told_to_people_and_refused_to_programs(tmp_path: Path) -> None:
    client = served(tmp_path)
    html = {"Accept": "text/html", "Accept-Language": "en"}
    shown = Page(client.get("/list/mill?sort=height&height=3", headers=html).text)
    [told] = shown.texts("p", class_="past")
    assert "height" in told
    assert "sort=height" in told
    assert client.get("/list/mill.csv?sort=height").status_code == 400
    assert client.get("/list/mill?page=43", headers=html).status_code == 200
    assert client.get("/list/mill?page=44", headers=html).status_code == 404
    assert len(client.get("/list/mill.csv").text.splitlines()) == MANY + 1


def served(folder: Path) -> FlaskClient:
    releases = Releases(folder / "releases")
    publish(releases, "1", (quad.triple for quad in mills(MANY)))
    return create_app(releases).test_client()
