"""Google Dataset Search: a page for each data set that may be indexed, with one Dataset in JSON-LD that is true."""

from __future__ import annotations

from typing import TYPE_CHECKING

from si_lod.rehearse.directions import Robots, Sitemap
from si_lod.rehearse.documents import Document, document, keeps_out
from si_lod.rehearse.finding import Effect, Finding
from si_lod.rehearse.structured import recommended, required, untrue
from si_lod.rehearse.terms import DCAT, DCT
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from si_lod.rehearse.evidence import Evidence
    from si_lod.rehearse.graph import Node
    from si_lod.rehearse.visiting import Answer


def indexing(evidence: Evidence) -> Iterator[Finding]:
    """Yield which data sets have no page that may be indexed."""
    robots = Robots.of(evidence.visitor)
    for name, dataset in evidence.described():
        page = landing_page(evidence, dataset)
        if not page:
            yield Finding(Effect.DROPS, name, told("has no dcat:landingPage"), name)
            continue
        answer, robot = page_of(evidence, page), "Googlebot"
        if not answer.well or answer.media_type != "text/html":
            said = told(
                "expected a page in HTML, found: {outcome} {type}", outcome=answer.outcome, type=answer.media_type
            )
            yield Finding(Effect.DROPS, page, said, name)
        if not robots.allow(answer.address, robot):
            yield Finding(Effect.DROPS, page, told("robots.txt bars it"), name)
        told_robots = (document(answer.content).robots, answer.headers.get("x-robots-tag", ""))
        if any(keeps_out(directives, robot) for directives in told_robots):
            yield Finding(Effect.DROPS, page, told('says "noindex"'), name)


def structured(evidence: Evidence) -> Iterator[Finding]:
    """Yield what is missing or untrue in the structured data of a data set's page."""
    for name, dataset in evidence.described():
        page = landing_page(evidence, dataset)
        answer = page_of(evidence, page) if page else None
        if answer is None or not answer.well or answer.media_type != "text/html":
            continue
        read = document(answer.content)
        for fault in read.faults:
            yield Finding(Effect.DROPS, page, told("its JSON-LD cannot be read: {fault}", fault=fault), name)
        found = read.described("Dataset")
        if len(found) == 1:
            for effect, said in (
                *required(found[0]),
                *recommended(found[0]),
                *untrue(evidence.graph, dataset, found[0]),
            ):
                yield Finding(effect, page, said, name)
        elif not read.faults:
            said = told("expected one schema:Dataset in JSON-LD, found {number}", number=len(found))
            yield Finding(Effect.LOSES if found else Effect.DROPS, page, said, name)
        yield from _canonical(evidence, page, read, name)


def sitemap(evidence: Evidence) -> Iterator[Finding]:
    """Yield which pages are not in the sitemap, or changed at another time than it says."""
    found = Sitemap.of(evidence.visitor)
    if found.fault:
        yield Finding(Effect.LOSES, evidence.site.url + "sitemap.xml", found.fault)
        return
    for name, dataset in evidence.described():
        page = landing_page(evidence, dataset)
        if page not in found.changed and found.whole:
            yield Finding(Effect.LOSES, page or name, told("is not in the sitemap"), name)
            continue
        said, true = found.changed.get(page, ""), evidence.graph.texts(dataset, f"{DCT}modified")
        if said and true and said[:10] != true[0][:10]:
            message = told("the sitemap says that it changed on {said}, dct:modified {true}", said=said, true=true[0])
            yield Finding(Effect.LOSES, page, message, name)


def landing_page(evidence: Evidence, dataset: Node) -> str:
    """Return the address of the page about a data set, or nothing."""
    return next(iter(evidence.graph.texts(dataset, f"{DCAT}landingPage")), "")


def page_of(evidence: Evidence, page: str) -> Answer:
    """Return what a browser gets at that address."""
    return evidence.visitor.get(page, accept="text/html")


def _canonical(evidence: Evidence, page: str, read: Document, name: str) -> Iterator[Finding]:
    for link in read.links.get("canonical", []):
        if link.partition("?")[0] not in {page, evidence.site.address(page)}:
            said = told("names another page as canonical: {link}", link=link)
            yield Finding(Effect.LOSES, page, said, name)
