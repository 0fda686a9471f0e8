"""The other descriptions that crawlers look for: the negotiated catalogue, VoID, and that of the SPARQL service."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode

from si_lod.rehearse.finding import Effect, Finding
from si_lod.rehearse.harvest import read
from si_lod.rehearse.terms import DCAT, SERVICE_DESCRIPTION, VOID
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from si_lod.rehearse.evidence import Evidence

_NEGOTIATED: Final = ("text/turtle", "application/rdf+xml", "application/ld+json", "text/html")


def negotiation(evidence: Evidence) -> Iterator[Finding]:
    """Yield where the catalogue's one address does not give the type that is asked for (RFC 9110 §12.5.1)."""
    address = evidence.site.url + "catalog"
    for media_type in _NEGOTIATED:
        answer = evidence.visitor.get(address, accept=media_type)
        if not answer.well or answer.media_type != media_type:
            said = told(
                'asked for "{expected}", found: {outcome} "{found}"',
                expected=media_type,
                outcome=answer.outcome,
                found=answer.media_type,
            )
            yield Finding(Effect.LOSES, address, said)
    if "accept" not in evidence.visitor.get(address, accept=_NEGOTIATED[0]).headers.get("vary", "").lower():
        said = told('expected "Vary: Accept", found none; a cache gives one reader what another asked for')
        yield Finding(Effect.LOSES, address, said)


def sharing(evidence: Evidence) -> Iterator[Finding]:
    """Yield which pages of the catalogue scripts of other sites may not read (CORS)."""
    for each in evidence.harvests.values():
        first = each.pages[0]
        if first.answer.well and first.answer.headers.get("access-control-allow-origin") != "*":
            said = told('expected "Access-Control-Allow-Origin: *"; scripts of other sites cannot read it')
            yield Finding(Effect.LOSES, first.address, said)


def void(evidence: Evidence) -> Iterator[Finding]:
    """Yield what is wrong with the description at its well-known address (VoID §7.2)."""
    address = evidence.site.url + ".well-known/void"
    page = read(address, evidence.visitor.get(address, accept="text/turtle"))
    if page.fault:
        yield Finding(Effect.LOSES, address, told("no VoID: {fault}", fault=page.fault))
    elif not page.graph.instances(f"{VOID}Dataset"):
        yield Finding(Effect.LOSES, address, told("no VoID: it describes no void:Dataset"))


def services(evidence: Evidence) -> Iterator[Finding]:
    """Yield which SPARQL services do not describe themselves when they are asked nothing (SPARQL 1.1 SD §2)."""
    graph = evidence.graph
    for service, endpoint in graph.subjects(f"{DCAT}endpointURL"):
        if not isinstance(endpoint, NamedNode) or evidence.site.address(endpoint.value) is None:
            continue
        page = read(endpoint.value, evidence.visitor.get(endpoint.value, accept="text/turtle"))
        if page.fault or not page.graph.instances(f"{SERVICE_DESCRIPTION}Service"):
            said = told("gives no service description without a query: {fault}", fault=page.fault or "sd:Service")
            yield Finding(Effect.LOSES, graph.name(service), said)
