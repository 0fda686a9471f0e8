"""A table of many observations, divided by the code that most of a reader's questions name."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from si_lod.engine.store.local import LocalEngine
from si_lod.serve.nodes import TYPE
from si_lod.serve.pages.cube.division import MOST_TOGETHER
from si_lod.serve.pages.vocabulary import QB
from tests.serve.pages.conftest import BASE, Reader

if TYPE_CHECKING:
    from collections.abc import Iterator

EDEN = "orchard/eden"


def counts(number: int, states: list[str]) -> Iterator[Quad]:
    """Yield counts of the trees of one orchard, each of the next of the states, which are codes."""
    yield Quad(NamedNode(f"{BASE}def/o#state"), TYPE, NamedNode(f"{QB}CodedProperty"))
    for place in range(number):
        one = NamedNode(f"{BASE}id/count/more-{place:02}")
        yield Quad(one, TYPE, NamedNode(f"{QB}Observation"))
        for name, value in (
            ("place", f"id/{EDEN}"),
            ("state", f"id/code/{states[place % len(states)]}"),
            ("moment", f"id/moment/{2010 if place % 4 > 1 else 2020}"),
        ):
            yield Quad(one, NamedNode(f"{BASE}def/o#{name}"), NamedNode(BASE + value))
        yield Quad(one, NamedNode(f"{BASE}def/o#trees"), Literal(place))


def with_more(reader: Reader, number: int, states: list[str]) -> Reader:
    store = Store()
    store.extend([*reader.view.engine.store, *counts(number, states)])  # type: ignore[attr-defined]
    return replace(reader, view=replace(reader.view, engine=LocalEngine(store)))


def test_many_observations_stand_under_the_name_of_their_code_and_there_by_period(english: Reader) -> None:
    page = with_more(english, 14, ["standing", "felled"]).thing(EDEN)
    assert page.texts("tr", class_="divider") == ["felled 7", "standing 8"]
    headings = page.all("th", scope="rowgroup")
    assert [heading.attributes["colspan"] for heading in headings] == ["4", "4"]
    rows = [text for text in page.texts("tr", role="row") if "more-" in text]
    assert [text.split()[0] for text in rows] == ["2010"] * 3 + ["2020"] * 4 + ["2010"] * 3 + ["2020"] * 4


def test_each_code_is_a_group_of_rows_to_a_screen_reader(english: Reader) -> None:
    page = with_more(english, 14, ["standing", "felled"]).thing(EDEN)
    assert len(page.all("tbody", role="rowgroup")) == 2


def test_the_caption_says_how_a_table_is_divided(dutch: Reader) -> None:
    page = with_more(dutch, 14, ["standing", "felled"]).thing(EDEN)
    assert page.texts("caption") == ["15 waarnemingen op volgorde van periode, een deel voor iedere waarde van “staat”"]


@pytest.mark.parametrize(
    ("number", "states"),
    [
        (MOST_TOGETHER - 1, ["standing", "felled"]),
        (20, ["standing"]),
        (13, ["standing", "felled", *(f"state-{number}" for number in range(11))]),
    ],
    ids=["few rows", "one code", "nearly as many codes as rows"],
)
def test_a_table_that_would_not_read_better_for_it_is_not_divided(
    english: Reader, number: int, states: list[str]
) -> None:
    page = with_more(english, number, states).thing(EDEN)
    assert len(page.all("tr", role="row")) == number + 2
    assert not page.all("th", scope="rowgroup")


def test_the_page_of_a_code_is_not_divided_by_that_code(english: Reader) -> None:
    page = with_more(english, 14, ["standing"]).thing("code/standing")
    assert len(page.all("tr", role="row")) > MOST_TOGETHER
    assert not page.all("th", scope="rowgroup")
