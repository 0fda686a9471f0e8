"""Which results are drawn, and what of them."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, QuerySolutions, Store

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


def whole(value: int) -> Literal:
    return Literal(str(value), datatype=NamedNode(f"{XSD}integer"))


def test_a_column_of_figures_is_drawn_with_the_words_beside_it(english: Reader) -> None:
    rows = ((THING, Literal("one"), number(1), number(3)), (THING, Literal("two"), number(2000.5), number(4)))
    chart = result_chart(english.view, ResultTable(("thing", "label", "first", "second"), rows))
    assert chart is not None
    assert chart.name == "First by label"
    assert [(one.of, one.size, one.amount) for one in chart.statements] == [
        ("one", Decimal(1), "1"),
        ("two", Decimal("2000.5"), "2,000.5"),
    ]


def test_an_iri_without_a_name_is_written_as_in_the_table_if_a_prefix_fits(english: Reader) -> None:
    iris = (f"{XSD}decimal", "http://a/thing")
    rows = tuple((NamedNode(iri), whole(place)) for place, iri in enumerate(iris))
    chart = result_chart(english.view, ResultTable(("datatype", "n"), rows))
    assert chart is not None
    assert [one.of for one in chart.statements] == ["xsd:decimal", "a/thing"]


def test_the_drawing_is_headed_by_its_columns_in_words(client: FlaskClient) -> None:
    query = COUNTED.replace("?who", "?sourceTitle").replace("?n", "?openingYears")
    for language, title in (("en", "Opening years by source"), ("nl", "Opening years per source")):
        drawing = client.get("/sparql", query_string={"query": query, "format": "svg", "lang": language}).text
        assert f'<text class="title" x="0" y="15.0">{title}</text>' in drawing
        page = client.get("/sparql", query_string={"query": query, "format": "html", "lang": language}).text
        assert f"{title}" in page


def test_the_drawing_is_xml_whatever_the_data_hold(client: FlaskClient) -> None:
    query = 'SELECT ?who ?n { VALUES (?who ?n) { ("a\\u0001\ufffe\uffff&<b>" 1) ("c]]>" 2) } }'
    drawing = client.get("/sparql", query_string={"query": query, "format": "svg"}).data
    assert "a␁\ufffd\ufffd&<b>" in "".join(ET.fromstring(drawing).itertext())  # noqa: S314  our own


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


def drawn(reader: Reader, columns: str, *rows: str) -> list[tuple[str, str, str]]:
    """The bars of a result in Turtle's notation: the band, the amount and the words of each."""
    solutions = Store().query(f"SELECT * {{ VALUES ({columns}) {{ {' '.join(f'({row})' for row in rows)} }} }}")
    assert isinstance(solutions, QuerySolutions)
    names = columns.replace("?", "").split()
    table = ResultTable(tuple(names), tuple(tuple(row[name] for name in names) for row in solutions))
    chart = result_chart(reader.view, table)
    if chart is None:
        return []
    (panel,) = chart.panels
    return [(band.name, one.amount, " / ".join(panel.told(one))) for band in panel.bands for one in band.statements]


TYPED = "^^<http://www.w3.org/2001/XMLSchema#{}>"


def test_a_series_of_years_that_are_integers_is_drawn_by_year_with_the_gap_between(english: Reader) -> None:
    assert drawn(english, "?year ?n", "2021 3", "2016 1200") == [("2016", "1,200", ""), ("2021", "3", "")]
    assert drawn(english, "?n ?year", "12 2021", "1 2016") == [("2016", "1", ""), ("2021", "12", "")]
    rows = ((whole(2021), number(3)), (whole(2016), number(1)))
    chart = result_chart(english.view, ResultTable(("year", "n"), rows))
    assert chart is not None
    assert (chart.name, [(band.name, band.last) for band in chart.panels[0].bands]) == (
        "N by year",
        [("2016", ""), ("2017", "2020"), ("2021", "")],
    )


@pytest.mark.parametrize(
    ("times", "expected"),
    [
        (('"2016"', '"2021"', "gYear"), [("2016", ""), ("2021", "")]),
        (('"2016-03"', '"2016-11"', "gYearMonth"), [("2016", "March 2016"), ("2016", "November 2016")]),
        (('"2016-03-01"', '"2017-11-02"', "date"), [("2016", "1 March 2016"), ("2017", "2 November 2017")]),
        (
            ('"2016-03-01T09:00:00Z"', '"2017-11-02T10:00:00Z"', "dateTime"),
            [("2016", "2016-03-01T09:00:00Z"), ("2017", "2017-11-02T10:00:00Z")],
        ),
    ],
    ids=["years", "months", "days", "moments"],
)
def test_what_has_a_time_is_drawn_by_time(
    english: Reader, times: tuple[str, str, str], expected: list[tuple[str, str]]
) -> None:
    first, last, type_ = times
    kind = TYPED.format(type_)
    found = drawn(english, "?when ?n", f"{last}{kind} 1500", f"{first}{kind} 1600")
    assert [(band, words) for band, _, words in found] == expected


def test_bars_of_one_time_are_told_apart_by_as_many_words_as_it_takes(english: Reader) -> None:
    rows = [
        '"2020" "monitor" "started" "exact" 1',
        '"2020" "monitor" "started" "about" 2',
        '"2020" "monitor" "counted" "about" 3',
    ]
    found = drawn(english, "?year ?from ?what ?how ?n", *(row.replace('"2020"', "2020") for row in rows))
    assert [words for _, _, words in found] == ["started · exact", "started · about", "counted · about"]
    found = drawn(english, "?year ?from ?what ?how ?n", *rows)
    assert [words for _, _, words in found] == ["started · exact", "started · about", "counted · about"]


def test_two_indicators_have_two_names_though_their_times_differ_and_no_time_is_said_twice(english: Reader) -> None:
    days = [f'"2020-0{month}-01"{TYPED.format("date")}' for month in (1, 2)]
    rows = [f'{days[0]} "1 January 2020" "started" 7', f'{days[1]} "February" "counted" 8']
    assert drawn(english, "?lastDay ?period ?indicator ?n", *rows) == [
        ("2020", "7", "1 January 2020 / started"),
        ("2020", "8", "1 February 2020 / February · counted"),
    ]


def test_what_differs_is_said_though_each_has_a_time_of_its_own(english: Reader) -> None:
    found = drawn(english, "?lab ?note ?year ?n", '"one" "x" 2020 7', '"two" "x" 2021 8')
    assert found == [("2020", "7", "one"), ("2021", "8", "two")]


def test_integers_that_could_be_years_are_figures_where_nothing_else_is(english: Reader) -> None:
    assert [amount for _, amount, _ in drawn(english, "?who ?n", '"a" 1900', '"b" 2000')] == ["1,900", "2,000"]
    assert drawn(english, "?year ?n", "2020 1", "70000 2") == []
    assert drawn(english, "?n ?m", "2020.0 1", "2021.0 2") == []


def test_doubles_are_drawn_as_decimals_and_what_no_bar_can_show_is_not(english: Reader) -> None:
    assert [amount for _, amount, _ in drawn(english, "?who ?n", '"a" 1.5e3', '"b" -2.5e-1')] == ["1,500", "-0.25"]
    assert [amount for _, amount, _ in drawn(english, "?year ?n", "2020 1e0", "2021 0e0")] == ["1", "0"]
    for odd in ("1e300", "1e-300", '"NaN"' + TYPED.format("double"), '"INF"' + TYPED.format("double")):
        assert drawn(english, "?who ?n", '"a" 1e0', f'"b" {odd}') == []


TERMS = st.one_of(
    st.none(),
    st.integers().map(lambda value: Literal(str(value), datatype=NamedNode(f"{XSD}integer"))),
    st.integers(1700, 2200).map(lambda value: Literal(str(value), datatype=NamedNode(f"{XSD}integer"))),
    st.floats().map(Literal),
    st.sampled_from(["date", "gYear", "gYearMonth", "dateTime", "double", "decimal"]).flatmap(
        lambda kind: st.text(max_size=12).map(lambda text: Literal(text, datatype=NamedNode(f"{XSD}{kind}")))
    ),
    st.dates().map(lambda day: Literal(day.isoformat(), datatype=NamedNode(f"{XSD}date"))),
    st.text(max_size=5).map(Literal),
    st.just(THING),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.integers(1, 4).flatmap(lambda width: st.lists(st.tuples(*[TERMS] * width), max_size=5)))
def test_every_row_of_whatever_is_drawn_has_one_bar_in_order_of_time(english: Reader, rows: list) -> None:  # type: ignore[type-arg]
    width = len(rows[0]) if rows else 1
    chart = result_chart(english.view, ResultTable(tuple(f"c{place}" for place in range(width)), tuple(rows)))
    if chart is not None:
        assert len(chart.statements) == len(rows)
        assert all(one.size is not None and one.amount for one in chart.statements)
        assert [one.day for one in chart.statements] == sorted(one.day for one in chart.statements)
