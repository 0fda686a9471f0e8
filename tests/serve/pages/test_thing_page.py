"""The page of a thing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from si_lod.engine.store.local import LocalEngine
from si_lod.serve.pages.thing.incoming import MOST
from si_lod.serve.pages.vocabulary import COMMENT, DERIVED_FROM, HAS_TARGET, QB, RDFS, TYPE, XSD
from si_lod.serve.view import View
from tests.serve.pages.conftest import BASE, MANIFEST, CountingEngine, Reader

if TYPE_CHECKING:
    from flask import Flask

    from tests.serve.pages.page import Page

THINGS = (
    "orchard/hesperides",
    "orchard/eden",
    "orchard/bare",
    "lonely",
    "count/a",
    "note/dispute",
    "claim/shade",
    "book/walk",
    "code/exact",
    "dsd/count",
)


def test_the_name_is_the_only_first_heading_and_is_in_the_language_of_the_page(english: Reader, dutch: Reader) -> None:
    assert english.thing("orchard/hesperides").texts("h1") == ["Garden of the Hesperides"]
    assert dutch.thing("orchard/hesperides").texts("h1") == ["Tuin van de Hesperiden"]


def test_only_the_most_specific_class_is_told_at_the_top(english: Reader) -> None:
    page = english.thing("orchard/hesperides")
    assert page.texts("p", class_="types") == ["orchard"]
    assert "plot" in page.texts("a", href="/def/o#Plot")


def test_a_class_of_another_vocabulary_is_called_what_its_shape_calls_it(english: Reader) -> None:
    assert english.thing("person/pomona").texts("p", class_="types") == ["keeper of trees"]


def test_a_language_of_the_eus_table_is_called_by_its_name(english: Reader, dutch: Reader) -> None:
    assert "Dutch" in english.thing("book/census").texts("dd")
    assert "Nederlands" in dutch.thing("book/census").texts("dd")


def test_the_canonical_iri_is_visible_and_the_canonical_link_names_the_document(english: Reader) -> None:
    page = english.thing("orchard/hesperides")
    assert f"{BASE}id/orchard/hesperides" in page.texts("code")
    assert [link.attributes["href"] for link in page.all("link", rel="canonical")] == [f"{BASE}doc/orchard/hesperides"]


def test_properties_stand_in_the_order_groups_and_names_of_the_shapes_and_the_rest_follows_by_name(
    english: Reader,
) -> None:
    page = english.thing("orchard/hesperides")
    assert page.texts("h3", class_="group") == ["People", "History"]
    assert page.texts("dt")[:4] == ["keeper", "year of planting", "kind", "url"]


def test_a_link_within_the_site_leads_to_where_the_application_runs(english: Reader) -> None:
    mounted = replace(english, view=replace(english.view, root="/here"))
    page = mounted.thing("orchard/hesperides")
    assert page.texts("a", href="/here/doc/person/pomona") == ["Pomona"]
    assert not [a for a in page.all("a") if a.attributes["href"].startswith(BASE)]


def test_a_language_that_was_chosen_stays_chosen_in_every_link_within_the_site(english: Reader) -> None:
    chosen = replace(english, view=replace(english.view, chosen=True, path="/doc/x", arguments=(("page", "2"),)))
    page = chosen.thing("orchard/hesperides")
    assert page.texts("a", href="/doc/person/pomona?lang=en") == ["Pomona"]
    assert page.texts("a", href="/doc/x?page=2&lang=nl") == ["Nederlands"]


def test_an_iri_that_no_browser_should_open_is_no_link(english: Reader) -> None:
    page = english.thing("orchard/hesperides")
    assert "javascript:alert(1)" in page.html
    assert {a.attributes["href"].partition(":")[0] for a in page.all("a", class_="external")} == {"https"}
    assert not [a for a in page.all("a") if a.attributes["href"].startswith("javascript:")]


def test_markup_in_a_literal_is_shown_and_does_nothing(english: Reader) -> None:
    page = english.thing("orchard/hesperides")
    assert page.texts("p", class_="lead") == ["Famous for <b>golden</b> apples."]
    assert not page.all("b")


def test_a_text_in_another_language_than_the_page_says_so(dutch: Reader) -> None:
    page = dutch.thing("orchard/hesperides")
    assert "Famous for <b>golden</b> apples." in page.texts("bdi", lang="en")


def test_values_of_a_property_in_another_language_say_so_in_words_once(dutch: Reader, english: Reader) -> None:
    store = Store()
    store.extend(dutch.view.engine.store)  # type: ignore[attr-defined]
    for words in ("dug by hand", "dug at night"):
        this, said = NamedNode(f"{BASE}id/orchard/hesperides"), NamedNode(f"{BASE}def/dug")
        store.add(Quad(this, said, Literal(words, language="en")))
    read = [replace(one, view=replace(one.view, engine=LocalEngine(store))) for one in (dutch, english)]
    told = [[text for text in one.thing("orchard/hesperides").texts("dd") if "dug" in text] for one in read]
    assert told == [["dug at night dug by hand (Engels)"], ["dug at night dug by hand"]]


def test_a_property_is_shown_in_the_language_of_the_page_and_in_no_other_that_it_has(english: Reader) -> None:
    page = english.thing("orchard/hesperides")
    assert "apple" in page.texts("dd")
    assert "appel" not in page.html
    assert "منزه" not in page.html


def test_a_right_to_left_name_is_isolated_and_has_its_language(english: Reader) -> None:
    page = english.thing("orchard/eden")
    assert page.texts("h1") == ["بستان عدن"]
    assert "بستان عدن" in page.texts("bdi", lang="ar")


def test_observations_are_a_table_by_time_without_the_thing_itself_and_what_goes_without_saying(
    english: Reader,
) -> None:
    page = english.thing("orchard/hesperides")
    assert page.texts("th", scope="col") == ["state", "moment", "source", "trees", "Details", "Observation"]
    assert page.texts("th", scope="row") == ["b", "a"]
    assert page.texts("td", data_label="State") == ["", "felled"]
    assert page.texts("td", data_label="Trees") == ["about 1,680 trees", "€1,250,000.50"]


def test_figures_are_written_as_the_reader_writes_them(dutch: Reader) -> None:
    table = dutch.thing("orchard/hesperides").texts("td", data_label="Bomen")
    assert [cell.replace("\xa0", " ") for cell in table] == ["ongeveer 1.680 bomen", "€ 1.250.000,50"]
    assert dutch.thing("orchard/eden").texts("td", data_label="Bomen") == ["12,5%"]


def test_every_observation_shows_its_source_and_its_attributes(english: Reader) -> None:
    page = english.thing("orchard/hesperides")
    assert page.texts("td", data_label="Source") == ["A walk in the garden", "Tree census"]
    assert "method: by hand" in page.texts("span", class_="detail")


def test_the_page_of_a_source_shows_the_observations_and_claims_taken_from_it(english: Reader) -> None:
    page = english.thing("book/walk")
    assert page.texts("th", scope="row") == ["b"]
    assert "The trees give shade." in page.html


def test_a_contradiction_stands_on_the_page_of_what_it_is_about_and_marks_the_rows(english: Reader) -> None:
    page = english.thing("orchard/hesperides")
    assert page.texts("section", id="note-dispute")[0].startswith(
        "① how many trees about The walk and the census differ."
    )
    led, *rows = page.texts("a", href="#note-dispute")
    assert (led, rows) == ("① how many trees", ["contradiction ①", "contradiction ①"])
    assert page.html.index("#note-dispute") < page.html.index("<table")


def test_the_page_of_an_annotation_sets_its_targets_side_by_side(english: Reader) -> None:
    page = english.thing("note/dispute")
    assert page.texts("caption") == ["The statements side by side"]
    assert page.texts("th", scope="row") == ["b", "a"]
    assert page.texts("th", scope="col")[:2] == ["place", "state"]


def test_a_claim_is_told_in_the_language_of_the_page_with_what_it_rests_on(english: Reader, dutch: Reader) -> None:
    assert "The trees give shade." in english.thing("orchard/hesperides").texts("p")
    assert "De bomen geven schaduw." in dutch.thing("orchard/hesperides").texts("p")
    assert "source: A walk in the garden" in english.thing("orchard/hesperides").texts("li")


def test_what_refers_to_a_thing_is_grouped_and_counted(english: Reader) -> None:
    page = english.thing("person/pomona")
    assert page.texts("summary") == ["ontology by “creator” 1", "orchard by “keeper” 2"]
    assert {"Garden of the Hesperides", "بستان عدن"} <= set(page.texts("li"))


def test_sources_are_cited_with_publisher_date_and_address(english: Reader) -> None:
    assert english.thing("orchard/hesperides").texts("ol", class_="sources") == [
        "Tree census. Almanac Press, June 2024. almanac.example/census"
    ]


def test_a_page_says_in_which_formats_it_can_be_had(english: Reader) -> None:
    page = english.thing("orchard/hesperides")
    assert page.texts("a", type="text/turtle") == ["Turtle"]
    assert [link.attributes["href"] for link in page.all("link", type="text/turtle")] == ["/doc/orchard/hesperides.ttl"]


def test_a_page_does_not_offer_itself_as_another_format(english: Reader) -> None:
    page = english.thing("orchard/hesperides", [("html", "text/html"), ("jsonld", "application/ld+json")])
    [formats] = page.all("section", aria_labelledby="formats")
    assert "JSON-LD" in formats.text
    assert "HTML" not in formats.text


def test_the_foot_of_a_page_names_the_release_and_the_licence(dutch: Reader) -> None:
    foot = dutch.thing("orchard/hesperides").texts("footer")[0]
    assert "versie 2025.1 van 1 maart 2025" in foot
    assert "1.234.567 uitspraken" in foot
    assert "Free Licence" in foot


def test_a_thing_of_which_one_triple_is_known_has_a_page(english: Reader) -> None:
    assert english.thing("lonely").texts("h1") == ["lonely"]
    assert english.thing("orchard/bare").texts("h1") == ["bare"]


@pytest.mark.parametrize("thing", THINGS)
def test_a_page_is_whole_html_with_an_outline_without_gaps(english: Reader, dutch: Reader, thing: str) -> None:
    for reader in (english, dutch):
        page = reader.thing(thing)
        _assert_well_made(page)
        assert page.all("html")[0].attributes["lang"] == reader.view.language


def _assert_well_made(page: Page) -> None:
    assert page.misplaced == []
    assert page.open == []
    ids = [element.attributes["id"] for element in page.elements if "id" in element.attributes]
    assert len(ids) == len(set(ids))
    levels = [int(element.tag[1]) for element in page.elements if element.tag in {"h1", "h2", "h3", "h4"}]
    assert levels.count(1) == 1
    assert all(below - above <= 1 for above, below in zip([0, *levels], levels, strict=False))
    labelled = [
        element.attributes["aria-labelledby"] for element in page.elements if "aria-labelledby" in element.attributes
    ]
    assert set(labelled) <= set(ids)
    assert not [element for element in page.elements if "style" in element.attributes or element.tag == "style"]
    assert {script.attributes["type"] for script in page.all("script")} <= {"application/ld+json"}


def test_the_number_of_queries_does_not_grow_with_what_there_is_to_show(app: Flask, orchards: Store) -> None:
    asked = []
    for more in (0, 40):
        store = Store()
        store.extend(orchards)
        for number in range(more):
            node = NamedNode(f"{BASE}id/orchard/more-{number}")
            store.add(Quad(node, NamedNode(f"{BASE}def/o#keeper"), NamedNode(f"{BASE}id/person/pomona")))
            store.add(Quad(node, NamedNode(TYPE), NamedNode(f"{BASE}def/o#Orchard")))
            store.add(Quad(node, NamedNode("http://www.w3.org/2000/01/rdf-schema#label"), Literal(f"more {number}")))
        engine = CountingEngine(store)
        page = Reader(app, View(MANIFEST, engine, "en")).thing("person/pomona")
        assert page.texts("span", class_="count")[-1] == str(more + 2)
        asked.append(len(engine.queries))
    assert asked[0] == asked[1]


def test_what_is_too_much_to_look_at_is_still_counted_and_hides_nothing(app: Flask, orchards: Store) -> None:
    store = Store()
    store.extend(orchards)
    pomona = NamedNode(f"{BASE}id/person/pomona")
    for number in range(MOST + 10):
        store.add(Quad(NamedNode(f"{BASE}id/tree/many-{number}"), NamedNode(f"{BASE}def/o#aboutA"), pomona))
    for number in range(5):
        store.add(Quad(NamedNode(f"{BASE}id/tree/few-{number}"), NamedNode(f"{BASE}def/o#zAbout"), pomona))
    page = Reader(app, View(MANIFEST, LocalEngine(store), "en")).thing("person/pomona")
    shown = page.texts("a")
    assert f"All {MOST + 10:,} with a query" in shown
    assert {f"few-{number}" for number in range(5)} <= set(shown)


def test_a_page_leads_to_itself_in_this_release_for_ever_and_to_all_its_versions(english: Reader) -> None:
    page = english.thing("orchard/hesperides")
    assert page.texts("a", href="/release/2025.1/doc/orchard/hesperides") == ["As release 2025.1 has it, for ever"]
    assert page.texts("a", href="/timemap/doc/orchard/hesperides") == ["In all releases"]


def test_of_classes_that_have_the_same_name_one_is_told_at_the_top(english: Reader) -> None:
    store = Store()
    store.extend(english.view.engine.store)  # type: ignore[attr-defined]
    for name in ("https://one.example/def#Well", "https://other.example/def#Well"):
        store.add(Quad(NamedNode(f"{BASE}id/lonely"), NamedNode(TYPE), NamedNode(name)))
    reader = replace(english, view=replace(english.view, engine=LocalEngine(store)))
    assert reader.thing("lonely").texts("p", class_="types") == ["well"]


@pytest.mark.parametrize("thing", ["orchard/hesperides", "book/walk", "count/a"])
def test_what_contradicts_stands_in_the_order_of_time_whoever_states_it(english: Reader, thing: str) -> None:
    store = Store()
    store.extend(english.view.engine.store)  # type: ignore[attr-defined]
    early = NamedNode(f"{BASE}id/count/early")
    for path, value in (("moment", "moment/1990"), ("place", "orchard/eden"), ("source", "book/census")):
        store.add(Quad(early, NamedNode(f"{BASE}def/o#{path}"), NamedNode(f"{BASE}id/{value}")))
    store.add(Quad(early, NamedNode(TYPE), NamedNode(f"{QB}Observation")))
    store.add(Quad(early, NamedNode(f"{RDFS}label"), Literal("zero in 1990")))
    day = Literal("1990-12-31", datatype=NamedNode(f"{XSD}date"))
    store.add(Quad(NamedNode(f"{BASE}id/moment/1990"), NamedNode(f"{BASE}def/o#lastDay"), day))
    store.add(Quad(NamedNode(f"{BASE}id/note/dispute"), NamedNode(HAS_TARGET), early))
    [box] = (
        replace(english, view=replace(english.view, engine=LocalEngine(store)))
        .thing(thing)
        .all("section", id="note-dispute")
    )
    places = [box.text.index(words) for words in ("zero in 1990", "trees in 2010")]
    assert places == sorted(places)
    assert box.text.rstrip().endswith("a")


def test_very_many_contradictions_are_told_in_a_line_each_and_can_be_pointed_at(english: Reader) -> None:
    store = Store()
    store.extend(english.view.engine.store)  # type: ignore[attr-defined]
    counted, walk = NamedNode(f"{BASE}id/count/b"), NamedNode(f"{BASE}id/book/walk")
    store.add(Quad(counted, NamedNode(DERIVED_FROM), walk))
    for number in range(17):
        note = NamedNode(f"{BASE}id/note/{number}")
        store.add(Quad(note, NamedNode(HAS_TARGET), counted))
        store.add(Quad(note, NamedNode(COMMENT), Literal(f"It is the {number}th.", language="en")))
    reader = replace(english, view=replace(english.view, engine=LocalEngine(store)))
    page = reader.thing("orchard/hesperides")
    assert page.texts("li", id="note-3") == ["(11) 3 It is the 3th. reported by A walk in the garden"]
    assert not page.all("section", class_="note")
    anchors = {element.attributes["id"] for element in page.all("li") if "id" in element.attributes}
    assert {a.attributes["href"].removeprefix("#") for a in page.all("a", class_="note")} <= anchors


def test_what_a_data_set_counts_of_its_terms_stands_last_and_folded(english: Reader) -> None:
    store = Store()
    store.extend(english.view.engine.store)  # type: ignore[attr-defined]
    this, part = NamedNode(f"{BASE}id/dataset/count"), NamedNode("http://rdfs.org/ns/void#classPartition")
    for number in range(13):
        store.add(Quad(this, part, NamedNode(f"{BASE}id/part/{number}")))
    page = replace(english, view=replace(english.view, engine=LocalEngine(store))).thing("dataset/count")
    assert "13 values" in page.texts("summary")
    assert "part by class" in page.texts("dt")
    assert page.html.index("13 values") > page.html.index('id="technical"')
