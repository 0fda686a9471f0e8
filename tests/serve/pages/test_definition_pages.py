"""The documentation of an ontology and of shapes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import RdfFormat, Store, parse

from si_lod.engine.store.local import LocalEngine
from si_lod.errors import UnknownResource
from si_lod.serve import pages
from si_lod.serve.documents.terms import define
from tests.serve.pages.conftest import BASE, SITE, Reader
from tests.serve.pages.page import Page

if TYPE_CHECKING:
    from tests.serve.pages.page import Element

SHAPES = f"{BASE}def/shapes"


def drawn(reader: Reader, iri: str = SITE.ontology) -> Page:
    with reader.app.app_context():
        return Page(pages.overview_image(reader.view, define(reader.view.engine, iri)))


def test_each_term_of_the_ontology_is_documented_at_its_anchor(english: Reader, dutch: Reader) -> None:
    for term in ("Plot", "Orchard", "keeper", "trees"):
        assert len(english.definitions().all("section", id=term)) == 1
    assert "Een perceel met fruitbomen." in dutch.definitions().texts("section", id="Orchard")[0]


def test_a_class_tells_what_it_is_under_and_over_and_which_properties_it_has(english: Reader) -> None:
    page = english.definitions()
    text = page.texts("section", id="Orchard")[0]
    assert "Narrower than plot" in text
    assert "Has keeper" in text
    assert "Broader than orchard" in page.texts("section", id="Plot")[0]


def test_a_class_tells_which_other_properties_its_things_have(english: Reader) -> None:
    text = english.definitions().texts("section", id="Orchard")[0]
    assert "Also used with o:kind, o:planted, " in text
    assert "rdfs" not in english.definitions().texts("section", id="keeper")[0]


def test_a_property_tells_of_what_it_is_said_and_what_its_values_are(english: Reader) -> None:
    text = english.definitions().texts("section", id="keeper")[0]
    assert "Kind of property leads to something else" in text
    assert "Said of orchard" in text
    assert "Its values are xmlns.com/foaf/0.1/Agent" in text


def test_a_term_tells_how_often_it_is_used_and_gives_an_example(english: Reader, dutch: Reader) -> None:
    page = english.definitions()
    assert "Used 3 times in this release, for instance bare" in page.texts("section", id="Orchard")[0]
    assert "Used 2 times in this release, for instance بستان عدن: Pomona" in page.texts("section", id="keeper")[0]
    assert "Gebruikt 3 keer in deze versie" in dutch.definitions().texts("section", id="Orchard")[0]


def test_code_lists_are_documented_with_their_members(dutch: Reader) -> None:
    text = dutch.definitions().texts("section", id="scheme-exactness")[0]
    assert "about ongeveer Iets meer of minder." in text


def test_the_header_of_the_ontology_is_in_words_of_the_language_of_the_page(dutch: Reader) -> None:
    assert dutch.definitions().texts("dt")[:2] == ["gemaakt op", "gemaakt door"]


def test_the_contents_lead_to_every_section_in_the_order_of_the_page(english: Reader) -> None:
    page = english.definitions()
    leading = [a.attributes["href"][1:] for a in page.all("a") if a.attributes["href"].startswith("#section-")]
    anchors = [heading.attributes.get("id", "") for heading in page.all("h2")]
    headings = [anchor for anchor in anchors if anchor.startswith("section-")]
    assert headings == ["section-contents", *leading]


def test_changes_are_told_the_latest_version_first_then_those_of_terms(english: Reader) -> None:
    items = english.definitions().texts("li")[-3:]
    assert items == ["1.10.0: plots.", "1.9.0: orchards.", "plot: Was a field."]


def test_the_worked_example_is_the_thing_of_which_most_is_said_and_turtle_that_a_parser_reads(english: Reader) -> None:
    page = english.definitions()
    prefixes, body = (pre.text for pre in page.all("pre"))
    subjects = {str(quad.subject) for quad in parse(f"{prefixes}\n{body}", format=RdfFormat.TURTLE)}
    assert subjects == {f"<{BASE}id/orchard/hesperides>"}
    rows = page.texts("tr", role="row")
    assert any(row.startswith("keeper o:keeper Pomona Who keeps it.") for row in rows)


def test_the_worked_example_is_of_a_known_time_if_any_is(english: Reader) -> None:
    store = Store()
    store.extend(english.view.engine.store)  # type: ignore[attr-defined]
    store.load(
        f"""@prefix def: <{BASE}def/o#> . @prefix id: <{BASE}id/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix qb: <http://purl.org/linked-data/cube#> .
def:Count rdfs:subClassOf qb:Observation ; rdfs:isDefinedBy <{BASE}def/o> .
id:count\\/undated a def:Count , qb:Observation ; def:place id:orchard\\/eden ; def:moment id:moment\\/unknown ;
  def:method "by hand" ; def:trees 3 ; rdfs:label "undated" .
id:count\\/dated a def:Count , qb:Observation ; def:moment id:moment\\/2020 ; def:trees 3 .""",
        format=RdfFormat.TURTLE,
    )
    page = replace(english, view=replace(english.view, engine=LocalEngine(store))).definitions()
    assert "count/dated" in page.all("pre")[1].text.replace("\\", "")


def test_namespaces_and_ties_to_other_vocabularies_are_told(english: Reader) -> None:
    rows = english.definitions().texts("tr", role="row")
    assert any(row.startswith("https://schema.org/ ") for row in rows)
    assert "plot narrower than schema.org/Place" in rows


def test_shapes_are_documented_as_rules_in_the_words_that_an_editor_is_told(dutch: Reader) -> None:
    page = dutch.definitions(SHAPES)
    assert page.texts("h1") == ["Boomgaardvormen"]
    assert page.texts("tr", id="Orchard-keeper") == ["beheerder beheerder Noem wie hem beheert. overtreding"]
    assert not page.all("section", id="scheme-exactness")


def test_a_rule_leads_to_the_term_that_it_is_about(english: Reader) -> None:
    page = english.definitions(SHAPES)
    assert page.all("a", href="/def/o#keeper")


def test_rules_are_counted_by_severity_and_one_that_shapes_share_once(english: Reader) -> None:
    counts = [text for text in english.definitions(SHAPES).texts("li") if text.split()[-1].isdigit()]
    assert counts[-3:] == ["violation 1", "warning 1", "information 1"]


def test_a_rule_set_says_to_what_it_applies_and_names_no_variable(english: Reader) -> None:
    page = english.definitions(SHAPES)
    text = page.texts("section", id="counted")[0]
    assert "For each whatever has trees" in text
    assert "… was counted twice. warning" in text
    assert "For each every value of place" in page.texts("section", id="counted-again")[0]


def test_numbers_in_the_names_of_rules_are_sorted_as_numbers(english: Reader) -> None:
    names = english.definitions(SHAPES).texts("h3")
    assert names == ["IC-9: counted counted-again", "IC-10: counted counted", "orchard Orchard"]


@pytest.mark.parametrize("iri", [SITE.ontology, SHAPES])
def test_every_place_on_a_page_has_its_own_name_and_every_link_within_it_leads_to_one(
    english: Reader, iri: str
) -> None:
    page = english.definitions(iri)
    ids = [element.attributes["id"] for element in page.elements if "id" in element.attributes]
    assert len(ids) == len(set(ids))
    within = {a.attributes["href"][1:] for a in page.all("a") if a.attributes.get("href", "").startswith("#")}
    assert within <= set(ids)
    assert page.misplaced == []


@pytest.mark.parametrize("iri", [SITE.ontology, SHAPES])
def test_no_two_regions_of_a_page_have_one_name(english: Reader, iri: str) -> None:
    page = english.definitions(iri)
    texts = {element.attributes.get("id"): " ".join(element.text.split()) for element in page.elements}
    regions = [element.attributes for element in page.elements if element.tag in {"section", "nav", "div"}]
    names = [
        region.get("aria-label") or texts[region["aria-labelledby"]]
        for region in regions
        if "aria-label" in region or "aria-labelledby" in region
    ]
    assert len(names) > 5
    assert len(names) == len(set(names))


def test_the_overview_shows_each_class_with_its_properties_and_what_they_say(english: Reader, dutch: Reader) -> None:
    assert texts(drawn(english).all("text"))[:2] == ["orchard", "o:Orchard"]
    assert "beheerder" in texts(drawn(dutch).all("text"))
    assert "orchard is narrower than plot" in texts(drawn(english).all("title"))


def test_the_overview_leads_to_the_terms_from_the_page_and_from_elsewhere(english: Reader) -> None:
    assert drawn(english).all("a", href="/def/o#Orchard")
    assert [a.text for a in english.definitions().all("a", href="#Orchard") if a.text == "orchard"]


def test_the_overview_has_a_title_and_a_description_by_which_it_is_called(english: Reader) -> None:
    svg = english.definitions().all("svg")[0]
    named = (svg.attributes["aria-labelledby"], svg.attributes["aria-describedby"])
    assert [english.definitions().all(tag)[at].attributes["id"] for tag, at in (("title", 1), ("desc", 0))] == [*named]


def test_shapes_have_no_overview(english: Reader) -> None:
    assert not english.definitions(SHAPES).all("svg")
    with pytest.raises(UnknownResource):
        drawn(english, SHAPES)


def texts(elements: list[Element]) -> list[str]:
    return [element.text for element in elements]
