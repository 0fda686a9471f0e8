"""The Dutch heritage register (NDE): a crawler that looks at each distribution."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from pyoxigraph import BlankNode, Literal

from si_lod.rehearse.finding import Effect, Finding
from si_lod.rehearse.official import HERITAGE, violations
from si_lod.rehearse.terms import DCAT, DCT, FOAF, MEDIA_TYPES, SKOS, VCARD, shortened
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from si_lod.rehearse.evidence import Evidence
    from si_lod.rehearse.graph import Graph, Term

_PROBED: Final = 100
_PROTOCOL: Final = "https://www.w3.org/TR/sparql11-protocol/"
_ASKED: Final = (f"{DCT}description", f"{DCT}publisher", f"{DCT}creator", f"{DCAT}contactPoint")


def datasets(evidence: Evidence) -> Iterator[Finding]:
    """Yield which data sets the register refuses, and what it warns for."""
    graph = evidence.graph
    for name, dataset in evidence.described():
        if isinstance(dataset, BlankNode):
            yield Finding(Effect.DROPS, name, told("has no IRI; the register refuses it"), name)
        if not graph.values(dataset, f"{DCT}title"):
            yield Finding(Effect.DROPS, name, told("has no title; the register refuses it"), name)
        for predicate in _ASKED:
            if not graph.values(dataset, predicate):
                said = told("has no {what}, mandatory from version 2.0 on", what=shortened(predicate))
                yield Finding(Effect.LOSES, name, said, name)
        if not any(graph.values(node, f"{VCARD}hasEmail") for node in graph.values(dataset, f"{DCAT}contactPoint")):
            yield Finding(Effect.LOSES, name, told("has no contact with an e-mail address"), name)


def texts(evidence: Evidence) -> Iterator[Finding]:
    """Yield which texts have no language tag."""
    graph = evidence.graph
    for predicate in (f"{DCT}title", f"{DCT}description", f"{FOAF}name"):
        for node, term in graph.subjects(predicate):
            if isinstance(term, Literal) and not term.language:
                said = told("{what} has no language tag", what=shortened(predicate))
                yield Finding(Effect.LOSES, graph.name(node), said)


def licences(evidence: Evidence) -> Iterator[Finding]:
    """Yield which licences are known neither here nor by an exact match."""
    graph = evidence.graph
    found = [term for _, node in evidence.distributions() for term in graph.values(node, f"{DCT}license")]
    for licence in dict.fromkeys(found):
        same = [licence.value, *graph.texts(licence, f"{SKOS}exactMatch")]
        if not any(iri.startswith("https://creativecommons.org/") and iri.endswith("/") for iri in same):
            said = told(
                'the licence is none that the register knows: expected "https://creativecommons.org/...", ending in a '
                "slash, here or as skos:exactMatch"
            )
            yield Finding(Effect.LOSES, licence.value, said)


def probes(evidence: Evidence) -> Iterator[Finding]:
    """Yield which of the first hundred distributions do not answer, or with another type than is said."""
    graph, found = evidence.graph, list(islice(evidence.distributions(), _PROBED))
    for name, node in found:
        for address in graph.texts(node, f"{DCAT}downloadURL") or graph.texts(node, f"{DCAT}accessURL"):
            if evidence.site.address(address) is None:
                said = told("is on another host, which is not visited here")
                yield Finding(Effect.NOTE, address, said, name)
                continue
            answer = evidence.visitor.get(address)
            if not answer.well:
                said = told("does not answer GET: {outcome}", outcome=answer.outcome)
                yield Finding(Effect.LOSES, address, said, name)
            elif expected := _mismatch(graph, node, answer.media_type):
                said = told(
                    'expected the type "{expected}", found "{found}"', expected=expected, found=answer.media_type
                )
                yield Finding(Effect.LOSES, address, said, name)


def shapes(evidence: Evidence) -> Iterator[Finding]:
    """Yield what the official requirements say."""
    yield from violations(evidence, HERITAGE, Effect.DROPS)


def media_types(graph: Graph, node: Term) -> list[str]:
    """Return the media types that the file of a distribution may have: the type of its packing, if it is packed."""
    said = graph.texts(node, f"{DCAT}compressFormat") or graph.texts(node, f"{DCAT}mediaType")
    return [iri.removeprefix(MEDIA_TYPES) for iri in said]


def _mismatch(graph: Graph, node: Term, found: str) -> str:
    """Return the type that was said, if the file has another one; a service is asked otherwise than a file."""
    expected = media_types(graph, node)
    is_service = _PROTOCOL in graph.texts(node, f"{DCT}conformsTo") or graph.values(node, f"{DCAT}accessService")
    downloads = graph.values(node, f"{DCAT}downloadURL")
    if not expected or is_service or not downloads or found in expected:
        return ""
    return ", ".join(expected)
