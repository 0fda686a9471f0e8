"""Which results are drawn, and what of them."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Literal, NamedNode

from si_lod.serve.pages import ResultTable, result_chart
from si_lod.serve.pages.queries.chart import MOST
from si_lod.serve.pages.vocabulary import XSD

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from tests.serve.pages.conftest import Reader

THING = NamedNode("http://a/thing")
COUNTED = 'SELECT ?who ?n { VALUES (?who ?n) { ("one" 1) ("<two>" 22.5) } }'


def number(value: float) -> Literal:
    return Literal(str(value), datatype=NamedNode(f"{XSD}decimal"))


def test_a_column_of_figures_is_drawn_with_the_words_beside_it(english: Reader) -> None:
    rows = ((THING, Literal("one"), number(1), number(3)), (THING, Literal("two"), number(2000.5), number(4)))
    chart = result_chart(english.view, ResultTable(("thing", "label", "first", "second"), rows))
    assert chart is not None
    assert chart.name == "First by label"
    assert [(one.of, one.size, one.amount) for one in chart.statements] == [
        ("one", Decimal(1), "1"),
        ("two", Decimal("2000.5"), "2,000.5"),
    ]


def test_the_drawing_is_headed_by_its_columns_in_words(client: FlaskClient) -> None:
    query = COUNTED.replace("?who", "?sourceTitle").replace("?n", "?openingYears")
    for language, title in (("en", "Opening years by source"), ("nl", "Opening years per source")):
        drawing = client.get("/sparql", query_string={"query": query, "format": "svg", "lang": language}).text
        assert f'<text class="title" x="0" y="15.0">{title}</text>' in drawing
        page = client.get("/sparql", query_string={"query": query, "format": "html", "lang": language}).text
        assert f"{title}" in page


def test_what_is_more_than_a_chart_holds_is_counted(english: Reader) -> None:
    rows = tuple((Literal(f"row {place}"), number(place)) for place in range(MOST + 5))
    chart = result_chart(english.view, ResultTable(("label", "n"), rows))
    assert chart is not None
    assert (len(chart.statements), chart.left_out) == (MOST, 5)


@pytest.mark.parametrize(
    "rows",
    [
        ((Literal("one"), number(1)),),
        ((Literal("one"), Literal("1")), (Literal("two"), Literal("2"))),
        ((number(1), number(2)), (number(3), number(4))),
        ((Literal("one"), number(1)), (Literal("two"), None)),
        ((None, number(1)), (Literal("two"), number(2))),
        (),
    ],
    ids=["one row", "no figures", "no words", "a figure missing", "words missing", "nothing"],
)
def test_a_result_that_cannot_be_held_side_by_side_is_not_drawn(english: Reader, rows: tuple) -> None:  # type: ignore[type-arg]
    assert result_chart(english.view, ResultTable(("a", "b"), rows)) is None


@pytest.mark.parametrize("size", ["", "small", '"\n'])
def test_a_result_is_sent_as_a_drawing_with_its_own_policy(client: FlaskClient, size: str) -> None:
    response = client.get("/sparql", query_string={"query": COUNTED, "format": "svg", "size": size, "lang": "nl"})
    assert (response.status_code, response.mimetype) == (200, "image/svg+xml")
    assert "style-src 'sha256-" in response.headers["Content-Security-Policy"]
    assert "&lt;two&gt;" in response.text
    assert "22,5" in response.text


def test_a_drawing_can_be_asked_for_by_the_accept_header(client: FlaskClient) -> None:
    response = client.get("/sparql", query_string={"query": COUNTED}, headers={"Accept": "image/svg+xml"})
    assert response.mimetype == "image/svg+xml"
    assert "Accept" in response.headers["Vary"]


def test_a_result_that_is_not_drawn_is_not_acceptable_as_a_drawing(client: FlaskClient) -> None:
    response = client.get("/sparql", query_string={"query": "SELECT ?x { VALUES ?x { 1 } }", "format": "svg"})
    assert response.status_code == 406
    assert client.get("/sparql", query_string={"query": "ASK {}", "format": "svg"}).status_code == 406


def test_the_page_shows_the_drawing_before_the_table(client: FlaskClient) -> None:
    page = client.get("/sparql", query_string={"query": COUNTED, "format": "html", "lang": "en"}).text
    assert re.search(r'<img src="/sparql\?[^"]*format=svg[^"]*" width="760"', page)
    assert page.index("<figure") < page.index("<table")
