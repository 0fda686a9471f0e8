"""Which representation and language a client gets."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from si_lod.serve.replies.variants import DOCUMENT
from si_lod.serve.transport.negotiation import Offer, choose, choose_language

TURTLE, JSON_LD, N_TRIPLES, RDF_XML = map(
    Offer, ("text/turtle", "application/ld+json", "application/n-triples", "application/rdf+xml")
)
HTML = Offer("text/html", ("application/xhtml+xml",))
OFFERS = (TURTLE, JSON_LD, N_TRIPLES, RDF_XML, HTML)

VECTORS = {
    "": TURTLE,
    "*/*": TURTLE,
    "text/*": TURTLE,
    "application/*;q=0.9": JSON_LD,
    "text/turtle": TURTLE,
    "TEXT/Turtle": TURTLE,
    "text/turtle;charset=utf-8": TURTLE,
    'text/turtle;charset="utf-8";q=0.9': TURTLE,
    "application/rdf+xml;charset=iso-8859-1": RDF_XML,
    "application/ld+json;q=1, text/turtle;q=1": TURTLE,
    "text/turtle ; q=0.5 , application/ld+json": JSON_LD,
    "text/turtle;q=1.5": TURTLE,
    "text/turtle;q=-1, application/ld+json;q=0.1": JSON_LD,
    "text/turtle;q=, application/ld+json;q=0.1": TURTLE,
    "*": TURTLE,
    "text": TURTLE,
    "text/turtle;q=0": None,
    "text/turtle;q=0.000": None,
    "*/*, text/turtle;q=0": JSON_LD,
    "text/turtle;q=0, */*": JSON_LD,
    "*/*;q=0": None,
    "*/*;q=0, text/html": HTML,
    'application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted"': JSON_LD,
    'application/ld+json;profile="a,b;q=0", text/turtle;q=0.5': JSON_LD,
    "text/html;q=0.2, */*;q=0.1": HTML,
    "text/html, */*": HTML,
    "text/html": HTML,
    "application/xhtml+xml": HTML,
    "application/xhtml+xml, text/html;q=0": None,
    "image/png": None,
    "image/png, */*;q=0.1": TURTLE,
    "text/turtle;q=high": TURTLE,
    "text/turtle;q=high, application/rdf+xml": RDF_XML,
    "text/turtle;q=2, application/rdf+xml;q=0.1": RDF_XML,
    ",,;;, /, */": TURTLE,
    "text/turtle;q=0.1, text/turtle;version=1.2": TURTLE,
    "text/turtle;version=1.2;q=0, text/turtle": TURTLE,
    "text/turtle, text/turtle;q=0": None,
    "text/turtle;q=0.5, application/*;q=0.6": JSON_LD,
    "application/*;q=0.6, application/ld+json;q=0.5, application/n-triples;q=0.5": RDF_XML,
    # browsers of these years, and the oldest Java
    "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8": HTML,
    "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8": HTML,
    "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2": HTML,
    "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/png,image/svg+xml,*/*;q=0.8": HTML,
    "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8,"
    "application/signed-exchange;v=b3;q=0.7": HTML,
    # RDF libraries and tools: rapper (zazukoians/trifid-ld#25), the list of zazuko/trifid#362, rdflib, Jena
    "application/rdf+xml, text/rdf;q=0.6, application/n-triples, text/plain;q=0.1, text/turtle, application/x-turtle, "
    "application/turtle, text/n3;q=0.3, text/rdf+n3;q=0.3, application/rdf+n3;q=0.3, application/x-trig, "
    "application/rss;q=0.8, application/xml;q=0.3, text/xml;q=0.3, text/html;q=0.2, application/xhtml+xml;q=0.4, "
    "text/html;q=0.6, application/xhtml+xml;q=0.8, text/x-nquads, */*;q=0.1": TURTLE,
    "application/ld+json, application/trig, application/n-quads, application/n-triples, text/n3, text/turtle, "
    "application/rdf+xml": TURTLE,
    "text/turtle,application/n-triples;q=0.9,application/ld+json;q=0.8,application/rdf+xml;q=0.7,*/*;q=0.3": TURTLE,
    "application/rdf+xml,application/xhtml+xml;q=0.5": RDF_XML,
    "application/rdf+xml, text/rdf;q=0.6": RDF_XML,
    "application/x-turtle, text/turtle;q=0.9, application/rdf+xml;q=0.9, */*;q=0.1": TURTLE,
    "application/n-triples, text/plain;q=0.9, application/rdf+xml;q=0.8": N_TRIPLES,
    "x/" + "y" * 4000 + ", text/turtle;q=0.1": TURTLE,
}


@pytest.mark.parametrize(("accept", "expected"), VECTORS.items())
def test_the_accept_header_gets_what_rfc_9110_says(accept: str, expected: Offer | None) -> None:
    assert choose(accept, OFFERS) == expected


WIDER = {
    "application/json": "application/ld+json",
    "application/xml": "application/rdf+xml",
    "text/xml": "application/rdf+xml",
    "application/json;q=0.5, text/turtle;q=0.4": "application/ld+json",
    "application/json, text/html": "text/html",
    "application/xml, application/xhtml+xml, text/html;q=0.9": "text/html",
    "application/json, application/ld+json;q=0": "",
}


@pytest.mark.parametrize(("accept", "expected"), WIDER.items())
def test_json_and_xml_get_a_document_in_json_ld_and_rdf_xml_if_nothing_is_asked_for_by_name(
    accept: str, expected: str
) -> None:
    found = choose(accept, [variant.offer for variant in DOCUMENT])
    assert (found.media_type if found else "") == expected


RANGES = ("*/*", "text/*", "application/*", *(offer.media_type for offer in OFFERS), "image/png")
HEADERS = st.dictionaries(st.sampled_from(RANGES), st.integers(0, 1000), min_size=1)


def quality(wanted: dict[str, int], media_type: str) -> int:
    """The quality of a type by the most specific range of a header in which each range stands once."""
    kind = media_type.partition("/")[0]
    return next((wanted[r] for r in (media_type, f"{kind}/*", "*/*") if r in wanted), 0)


@given(HEADERS)
def test_a_refused_type_is_never_sent_and_none_of_higher_quality_is_passed_over(wanted: dict[str, int]) -> None:
    header = ", ".join(f"{name};q={thousandths / 1000:.3f}" for name, thousandths in wanted.items())
    offers = [Offer(offer.media_type) for offer in OFFERS]
    qualities = {offer.media_type: quality(wanted, offer.media_type) for offer in offers}
    chosen = choose(header, offers)
    if chosen is None:
        assert max(qualities.values()) == 0
    else:
        assert qualities[chosen.media_type] == max(qualities.values()) > 0


@given(st.text())
def test_no_header_breaks_the_choice(accept: str) -> None:
    assert choose(accept, OFFERS) in {*OFFERS, None}


@given(st.permutations([f"{r};q={q}" for r, q in product(("text/turtle", "application/ld+json"), ("0.3",))]))
def test_the_order_of_the_header_does_not_matter(ranges: list[str]) -> None:
    assert choose(", ".join([*ranges, "*/*;q=0.1"]), OFFERS) == TURTLE


LANGUAGES = {
    "": "nl",
    "*": "nl",
    "de": "nl",
    "en": "en",
    "EN-gb": "en",
    "en-GB, nl;q=0.5": "en",
    "nl-BE": "nl",
    "en;q=0.9, nl;q=1": "nl",
    "en, nl": "en",
    "nl, en-GB": "nl",
    "nl;q=0": "en",
    "nl;q=0, *": "en",
    "*;q=0.5, nl;q=0.1": "en",
    "de, fr;q=0.9, en;q=0.1": "en",
    "nl;q=0, en;q=0": "nl",
    "english": "nl",
    ";;q=,": "nl",
}


@pytest.mark.parametrize(("header", "expected"), LANGUAGES.items())
def test_the_language_is_the_one_liked_most_or_the_sites_own(header: str, expected: str) -> None:
    assert choose_language(header, ("nl", "en")) == expected
