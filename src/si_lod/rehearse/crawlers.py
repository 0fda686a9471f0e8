"""Linked-data crawlers: every IRI is one, belongs to the site, and leads to a description that they may read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode

from si_lod.rehearse.directions import Robots, robots_address
from si_lod.rehearse.finding import Effect, Finding
from si_lod.rehearse.terms import DCT, FOAF
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from si_lod.rehearse.evidence import Evidence

_IRI: Final = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:[^\x00-\x20<>\"{}|\\^`]*")
_ROOMS: Final = ("catalog.ttl", "catalog", "dump/", "doc/", "id/")


def is_iri(text: str) -> bool:
    """Return whether the text is an IRI with a scheme (RFC 3987 §2.2)."""
    return bool(_IRI.fullmatch(text))


def iris(evidence: Evidence) -> Iterator[Finding]:
    """Yield which IRIs are none, or lie outside the site that describes them (RFC 3987 §2.2)."""
    for term in dict.fromkeys(
        node
        for triple in evidence.graph.triples
        for node in (triple.subject, triple.object)
        if isinstance(node, NamedNode)
    ):
        if not is_iri(term.value):
            said = told("is no IRI: a space, a quote or a brace ends it in most parsers")
            yield Finding(Effect.LOSES, term.value, said)
    for name, dataset in evidence.described():
        if isinstance(dataset, NamedNode) and not dataset.value.startswith(evidence.site.base):
            said = told(
                "does not begin with {base}; a changed IRI is another data set to every portal", base=evidence.site.base
            )
            yield Finding(Effect.LOSES, name, said, name)


def resolving(evidence: Evidence) -> Iterator[Finding]:
    """Yield which things of the site that the catalogue names do not lead to a description."""
    graph = evidence.graph
    named = [*graph.datasets, *(node for _, node in evidence.distributions())]
    named += [term for predicate in (f"{FOAF}page", f"{DCT}conformsTo") for _, term in graph.subjects(predicate)]
    for node in dict.fromkeys(named):
        if not isinstance(node, NamedNode) or not evidence.site.owns(node.value):
            continue
        answer = evidence.visitor.get(node.value, accept="text/turtle, text/html;q=0.5")
        if not answer.well:
            yield Finding(Effect.LOSES, node.value, told("does not resolve: {outcome}", outcome=answer.outcome))


def robots(evidence: Evidence) -> Iterator[Finding]:
    """Yield what of the catalogue robots.txt keeps from crawlers."""
    found, address = Robots.of(evidence.visitor), robots_address(evidence.site)
    for room in _ROOMS:
        if not found.allow(evidence.site.url + room):
            yield Finding(Effect.STOPS, address, told("bars /{room}", room=room))
    if not any(found.rules.sitemaps):
        yield Finding(Effect.NOTE, address, told("names no sitemap"))
