"""Charts: what is drawn, what each bar says of its value, and that nothing is filled in."""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from decimal import Decimal
from io import StringIO
from xml.etree import ElementTree as ET

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, Store

from si_lod.serve import pages
from si_lod.serve.pages.charts.bars import panels
from si_lod.serve.pages.charts.choice import MOST_BARS
from si_lod.serve.pages.charts.drawable import Drawable
from si_lod.serve.pages.charts.panels import Band, Chart, Panel, Statement
from si_lod.serve.pages.charts.pictures import Picture, style
from si_lod.serve.pages.charts.scale import BAR, NARROW, WIDE, Plan, Scale, outline
from si_lod.serve.pages.words.formatting import briefly
from si_lod.sites import MARKS
from tests.serve.pages.conftest import BASE, HERE, MANIFEST, SITE, CountingEngine, Reader
from tests.serve.pages.page import Page

SVG = "{http://www.w3.org/2000/svg}"
MARKED = {f"{BASE}id/code/about": "about", f"{BASE}id/code/over": "above", f"{BASE}id/code/hoped": "ahead"}


@pytest.fixture(scope="module")
def store(orchards: Store) -> Store:
    store = Store()
    store.extend(orchards)
    store.load(path=str(HERE / "avalon.ttl"), format=RdfFormat.TURTLE)
    return store


def reading(reader: Reader, store: Store) -> Reader:
    manifest = replace(MANIFEST, site=replace(SITE, marks=MARKED))
    return replace(reader, view=replace(reader.view, manifest=manifest, engine=CountingEngine(store)))


@pytest.fixture
def visitor(english: Reader, store: Store) -> Reader:
    return reading(english, store)


@pytest.fixture
def bezoeker(dutch: Reader, store: Store) -> Reader:
    return reading(dutch, store)


def charted(reader: Reader, reference: str = "orchard/avalon") -> Chart:
    chart = Drawable.of(reader.view, f"{BASE}id/{reference}").chart()
    assert chart is not None
    return chart


def drawn(reader: Reader, plan: Plan = WIDE, reference: str = "orchard/avalon") -> ET.Element:
    with reader.app.app_context():
        return ET.fromstring(pages.svg(reader.view, charted(reader, reference), plan))  # noqa: S314  written by the code under test


def texts(root: ET.Element) -> list[str]:
    return [" ".join("".join(element.itertext()).split()) for element in root.iter(f"{SVG}text")]


def test_every_statement_has_a_bar_of_its_own_year_by_year_and_years_without_any_are_shown(visitor: Reader) -> None:
    (panel,) = charted(visitor).panels
    assert [(band.name, band.last, [one.amount for one in band.statements]) for band in panel.bands] == [
        ("2010", "", ["40 trees"]),
        ("2011", "2013", []),
        ("2014", "", ["over 80 trees"]),
        ("2015", "2019", []),
        ("2020", "", ["about 160 trees", "120 trees"]),
        ("", "", ["many trees"]),
    ]


def test_bars_are_as_long_as_their_values_from_nought(visitor: Reader) -> None:
    lengths = [re.match(r"M[\d.]+ [\d.]+h([\d.]+)", path) for path in paths(drawn(visitor))]
    found = [float(one[1]) for one in lengths if one]
    assert found == pytest.approx([WIDE.bars * size / 160 for size in (40, 80, 160, 120)], abs=0.1)


def paths(root: ET.Element) -> list[str]:
    """Return the outlines of the bars, without those of the key."""
    bars = [element.get("d", "") for element in root.iter(f"{SVG}path") if "bar" in element.get("class", "").split()]
    return [path for path in bars if not path.startswith("M6.0 ")]


def test_what_has_another_unit_is_not_held_beside_it_and_is_counted(visitor: Reader) -> None:
    chart = charted(visitor)
    assert chart.left_out == 1
    assert "1 more value stands in the table only" in texts(drawn(visitor))


def test_a_value_that_is_no_number_has_a_text_and_no_bar(visitor: Reader) -> None:
    root = drawn(visitor)
    assert "many trees A song <of> apples & pears" in texts(root)
    assert len(paths(root)) == 4


def test_who_says_it_is_the_publisher_of_the_source_or_else_its_title(visitor: Reader) -> None:
    assert [one.source for one in charted(visitor).statements][:2] == ["Almanac Press", "A song <of> apples & pears"]


def test_a_period_is_told_where_it_says_more_than_its_year(visitor: Reader) -> None:
    root = drawn(visitor)
    assert "40 trees Almanac Press" in texts(root)
    assert "over 80 trees A song <of> apples & pears · June 2014" in texts(root)


def test_what_qualifies_a_value_shows_at_the_end_of_its_bar_and_in_the_key(visitor: Reader) -> None:
    chart = charted(visitor)
    assert [one.marks for one in chart.statements] == [(), ("above",), ("about",), (), ()]
    assert chart.legend == {"about": "about", "above": "over"}
    assert {"about", "over"} <= set(texts(drawn(visitor)))


def test_statements_that_an_annotation_is_about_are_marked(visitor: Reader) -> None:
    assert [one.disputed for one in charted(visitor).statements] == [False, False, True, True, False]
    root = drawn(visitor)
    assert len([one for one in root.iter(f"{SVG}rect") if one.get("class") == "dispute"]) == 2 + 1
    assert "sources contradict one another; the same number, the same contradiction" in texts(root)


def test_statements_are_numbered_by_the_contradiction_as_its_note_is_on_the_page(visitor: Reader) -> None:
    chart = charted(visitor)
    assert [one.numbers for one in chart.statements] == ["", "", "①", "①", ""]
    numbered = [one.partition(" ① ")[0] for one in texts(drawn(visitor)) if "①" in one]
    assert numbered == ["about 160 trees", "120 trees"]


def test_the_chart_of_an_annotation_holds_its_statements_side_by_side(visitor: Reader) -> None:
    chart = charted(visitor, "note/avalon")
    assert [one.amount for one in chart.statements] == ["about 160 trees", "120 trees"]


def test_the_chart_of_a_query_holds_what_it_answers(visitor: Reader) -> None:
    chart = charted(visitor, "query/trees")
    assert chart.name == "How many trees does each source count?"
    assert "Avalon" in {one.of for one in chart.statements}


def test_a_chart_speaks_the_readers_language_and_writes_numbers_so(bezoeker: Reader) -> None:
    root = drawn(bezoeker)
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "nl"
    assert "ruim 80 bomen A song <of> apples & pears · juni 2014" in texts(root)
    assert "2011 \N{EN DASH} 2013: geen cijfer" in texts(root)
    assert "geen datum" in texts(root)


def test_a_chart_says_in_words_what_it_shows(visitor: Reader) -> None:
    root = drawn(visitor)
    title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert description is not None
    assert (title.text, root.get("role"), root.get("aria-labelledby")) == ("Avalon", "img", title.get("id"))
    assert description.text is not None
    assert "2014: over 80 trees (A song <of> apples & pears)" in description.text
    assert "2015 \N{EN DASH} 2019: no figure" in description.text


@pytest.mark.parametrize(
    ("number", "dutch", "english"),
    [
        ("370000000", "€ 370 miljoen", "€370 million"),
        ("1700000", "€ 1,7 miljoen", "€1.7 million"),
        ("1250000000", "€ 1,25 miljard", "€1.25 billion"),
        ("1234567", "€ 1.234.567", "€1,234,567"),
        ("250000", "€ 250.000", "€250,000"),
        ("-2000000", "€ -2 miljoen", "-€2 million"),
    ],
)
def test_millions_are_said_in_words_where_that_keeps_every_digit(number: str, dutch: str, english: str) -> None:
    euro = ["http://publications.europa.eu/resource/authority/currency/EUR"]
    for locale, words in (("nl", dutch), ("en_GB", english)):
        written, said = briefly(Decimal(number), Locale.parse(locale), euro)
        assert (" ".join(written.split()), said) == (words, True)


def test_the_page_shows_the_chart_with_its_size_and_words_for_who_does_not_see_it(visitor: Reader) -> None:
    page = visitor.thing("orchard/avalon")
    (image,) = page.all("img", width="760")
    assert image.attributes["src"] == "/chart/orchard/avalon.svg?lang=en"
    assert image.attributes["alt"] == "Bar chart of 5 values: Avalon. The table says the same."
    (source,) = page.all("source")
    assert source.attributes["srcset"] == "/chart/orchard/avalon.svg?lang=en&size=small"
    assert image.attributes["height"] == drawn(visitor).get("height")


@pytest.mark.parametrize(
    ("name", "told"),
    [("How many?", "How many? The table"), ("Trees.", "Trees. The table"), ("Trees", "Trees. The table")],
)
def test_the_words_for_who_does_not_see_the_chart_are_sentences(visitor: Reader, name: str, told: str) -> None:
    figure = visitor.app.jinja_env.get_template("charts.html")
    with visitor.app.test_request_context():
        shown = figure.make_module({}).figure(Picture("/a", "/b", 1, 1, name, 2))  # type: ignore[attr-defined]
    assert told in shown


def test_a_page_with_nothing_to_hold_side_by_side_has_no_chart(visitor: Reader) -> None:
    assert not visitor.thing("orchard/bare").all("figure")


def test_the_values_of_a_chart_come_as_csv_with_numbers_as_computers_write_them(bezoeker: Reader) -> None:
    rows = list(csv.DictReader(StringIO(pages.chart_values(charted(bezoeker)))))
    assert [row["value"] for row in rows] == ["40", "80", "160", "120", ""]
    assert rows[1]["last_day"] == "2014-06-30"
    assert rows[1]["as_read"] == "ruim 80 bomen"
    assert rows[2]["contradicted"] == "true"
    assert rows[4]["observation"] == f"{BASE}id/count/e5"


def test_the_page_of_a_query_shows_its_text_and_its_answer(visitor: Reader) -> None:
    page = visitor.thing("query/trees")
    assert page.texts("p", class_="types") == ["Example query"]
    assert any("ORDER BY DESC(?count)" in text for text in page.texts("pre"))
    assert "/sparql?query=" in next(
        a.attributes["href"] for a in page.all("a") if a.text == "Ask it, or change it first"
    )
    assert page.texts("h2", id="answer") == ["Its answer in this release"]
    assert "select" not in [term.casefold() for term in page.texts("dt")]


def test_a_headline_tells_its_latest_figures_and_who_says_so(visitor: Reader) -> None:
    with visitor.app.app_context():
        page = Page(pages.home_page(visitor.view))
    assert page.texts("h4")[0] == "Latest: 2020"
    assert "reported by" in page.texts("ul", class_="latest")[0]
    assert [image.attributes["src"] for image in page.all("img", width="760")] == ["/chart/query/trees.svg?lang=en"]


def test_a_chart_carries_its_style_and_nothing_from_elsewhere(visitor: Reader) -> None:
    root = drawn(visitor)
    element = root.find(f"{SVG}style")
    assert element is not None
    assert element.text == style()
    assert not [one for one in root.iter() if {"style", "href", "onload"} & set(one.keys())]
    assert not re.findall(r"url\((?!#)|@import|https?:", style())


# The drawing, whatever the values

amounts = st.text("abc €%.,", min_size=1, max_size=40)
statements = st.builds(
    Statement,
    iri=st.just("x"),
    day=st.just("2020-01-01"),
    size=st.none() | st.decimals(-(10**12), 10**12, allow_nan=False, places=2),
    amount=amounts,
    of=st.text(max_size=60),
    period=st.text(max_size=30),
    source=st.text(max_size=80),
    marks=st.lists(st.sampled_from(MARKS), unique=True).map(tuple),
    disputed=st.booleans(),
)
bands = st.builds(Band, st.sampled_from(["", "2019", "2020"]), st.lists(statements, max_size=4))
charts = st.builds(
    Chart,
    st.just("x"),
    st.lists(
        st.builds(Panel, st.text(max_size=120), st.lists(bands, min_size=1, max_size=3), st.booleans()),
        min_size=1,
        max_size=3,
    ),
    st.just({}),
    st.just(0),
)


@given(charts, st.sampled_from([WIDE, NARROW]))
def test_rows_stand_below_one_another_and_panels_too(chart: Chart, plan: Plan) -> None:
    below = 0.0
    for panel in panels(chart, plan):
        for band in panel.bands:
            for bar in band.bars:
                assert bar.top >= below - 1e-6
                below = bar.top + bar.height
                assert all(bar.top <= line.y <= below for line in bar.lines)
        assert panel.bottom >= below - 1e-6


@given(charts, st.sampled_from([WIDE, NARROW]))
def test_everything_that_is_told_of_a_value_can_be_read_whole_and_stays_within_the_drawing(
    chart: Chart, plan: Plan
) -> None:
    for panel in panels(chart, plan):
        for bar in (bar for band in panel.bands for bar in band.bars):
            said = "".join("".join(panel.panel.told(bar.statement)).split())
            shown = "".join("".join(line.rest.split()) for line in bar.lines)
            assert shown.replace("·", "") == said.replace("·", "")
            assert all(not line.rest or line.x + 7.3 * len(line.rest) <= plan.width for line in bar.lines[1:])
            lead = len(bar.lines[0].lead + bar.lines[0].sign)
            assert not bar.lines[0].rest or lead * 8.6 + len(bar.lines[0].rest) * 7.3 <= plan.width - bar.lines[0].x


def test_the_words_of_a_key_go_on_where_the_drawing_is_narrow(visitor: Reader) -> None:
    wide, narrow = (drawn(visitor, plan) for plan in (WIDE, NARROW))
    words = "sources contradict one another; the same number, the same contradiction"
    assert words in texts(wide)
    assert words in " ".join(texts(narrow))
    assert max(map(len, texts(narrow))) < len(words)
    assert int(narrow.get("height", "")) >= max(float(one.get("y", "")) for one in narrow.iter(f"{SVG}text"))


@given(charts, st.sampled_from([WIDE, NARROW]))
def test_bars_lie_between_where_they_begin_and_the_longest(chart: Chart, plan: Plan) -> None:
    for panel in chart.panels:
        scale = Scale.of(panel, plan)
        for one in panel.statements:
            if one.size is not None:
                assert plan.left - 0.1 <= scale.place(one.size) <= plan.left + plan.bars + 0.1


@given(st.floats(-300, 300), st.lists(st.sampled_from(MARKS), max_size=2))
def test_the_end_of_a_bar_is_never_longer_than_the_bar_and_comes_back_to_where_it_began(
    length: float, marks: list[str]
) -> None:
    numbers = [float(one) for one in re.findall(r"-?[\d.]+", outline(10, 0, length, marks))]
    assert numbers[0] == numbers[-1] == 10
    assert all(abs(one) <= max(abs(length), BAR, 10) + 0.1 for one in numbers)
    assert outline(10, 0, length, marks).endswith("H10.0z")


def test_a_value_of_nought_has_no_length_and_a_tiny_one_can_be_seen() -> None:
    def said(size: str) -> Statement:
        return Statement("x", "2020-01-01", Decimal(size), size, "", "", "", (), disputed=False)

    scale = Scale.of(Panel("", [Band("2020", [said("0"), said("1"), said("1000000")])]), WIDE)
    assert scale.bar(said("0"), 0).startswith("M100.0 0.0h0.0")
    assert scale.bar(said("1"), 0).startswith("M100.0 0.0h1.5")


def test_things_that_have_one_value_each_are_held_side_by_side_the_largest_first(visitor: Reader) -> None:
    lines = "".join(
        f"id:place\\/p{n} rdfs:label 'p{n}' . id:count\\/one{n} a qb:Observation ; def:place id:place\\/p{n} ; "
        f"def:state id:code\\/felled ; def:moment id:moment\\/2010 ; def:source id:book\\/song ; def:trees {n} .\n"
        for n in range(1, 4)
    )
    reader = reading(visitor, grown(visitor, lines))
    (panel,) = charted(reader, "code/felled").panels
    assert "One value each" in texts(drawn(reader, reference="code/felled"))
    said = drawn(reader, reference="code/felled").findtext(f"{SVG}desc")
    assert said is not None
    assert said.startswith("One value each: 3 (p3); 2 (p2); 1 (p1).")
    assert not panel.by_time
    assert [(one.amount, panel.told(one)[0]) for one in panel.statements] == [("3", "p3"), ("2", "p2"), ("1", "p1")]


def grown(reader: Reader, lines: str) -> Store:
    prefixes = (HERE / "avalon.ttl").read_text(encoding="utf-8").partition("\n\n")[0]
    store = Store()
    store.extend(reader.view.engine.store)  # type: ignore[attr-defined]
    store.load(f"{prefixes}\n{lines}".encode(), format=RdfFormat.TURTLE)
    return store


def test_a_chart_has_an_end_and_says_how_much_it_leaves_out(visitor: Reader) -> None:
    lines = "".join(
        f"id:count\\/many{n} a qb:Observation ; def:place id:orchard\\/p{n // 30} ; def:state id:code\\/standing ; "
        f"def:moment id:moment\\/2020 ; def:source id:book\\/song ; def:trees {n} .\n"
        for n in range(150)
    )
    chart = charted(reading(visitor, grown(visitor, lines)), "book/song")
    assert len(chart.statements) <= MOST_BARS
    assert chart.left_out >= 90


def test_a_number_of_any_length_is_written_with_every_digit() -> None:
    number = "1" + "0" * 40
    for text in (number, f"{number[:-1]}1", "9" * 60, f"-{number}.5"):
        written, _ = briefly(Decimal(text), Locale.parse("en"), [])
        assert re.sub(r"[^0-9]", "", written).rstrip("0") in re.sub(r"[^0-9]", "", text)
