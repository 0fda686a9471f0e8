"""FAIR assessors: typed links from a data set's page to its identifier, files and licence (Signposting)."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from si_lod.rehearse.finding import Effect, Finding
from si_lod.rehearse.google import landing_page, page_of
from si_lod.rehearse.headers import Link, links
from si_lod.rehearse.terms import DCAT
from si_lod.sentences import listed, told

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from si_lod.rehearse.evidence import Evidence
    from si_lod.rehearse.graph import Node

_LEADING: Final = ("author", "cite-as", "describedby", "item", "license", "linkset")
_LINKSET: Final = "application/linkset+json"


def level_one(evidence: Evidence) -> Iterator[Finding]:
    """Yield which links a data set's page lacks, has too often, or leads wrongly with."""
    for name, dataset in evidence.described():
        page = landing_page(evidence, dataset)
        if not page:
            yield Finding(Effect.LOSES, name, told("has no page to assess"), name)
            continue
        answer = page_of(evidence, page)
        header = answer.headers.get("link", "")
        if header and not links(header, answer.address):
            said = told("the addresses in its Link header are not in angle brackets; assessors ignore it")
            yield Finding(Effect.LOSES, page, said, name)
            continue
        by_relation = _by_relation(links(header, answer.address))
        faults = (*_numbers(by_relation), *_identity(name, by_relation), *_items(evidence, dataset, by_relation))
        yield from (Finding(Effect.LOSES, page, fault, name) for fault in faults)
        yield from _to_anyone(evidence, page, by_relation, name)
        yield from _targets(evidence, page, by_relation, name)


def _to_anyone(evidence: Evidence, page: str, to_browsers: Mapping[str, list[Link]], name: str) -> Iterator[Finding]:
    """Yield which links of the page are not told to a program that takes any type, as assessors do."""
    answer = evidence.visitor.get(page, accept="*/*")
    found = _by_relation(links(answer.headers.get("link", ""), answer.address))
    lost = sorted(relation for relation in _LEADING if to_browsers.get(relation) and not found.get(relation))
    if lost:
        said = told('asked with "Accept: */*" it lacks these links: {relations}', relations=listed(lost))
        yield Finding(Effect.LOSES, page, said, name)


def level_two(evidence: Evidence) -> Iterator[Finding]:
    """Yield which link sets cannot be read (RFC 9264)."""
    for name, dataset in evidence.described():
        page = landing_page(evidence, dataset)
        answer = page_of(evidence, page) if page else None
        found = _by_relation(links(answer.headers.get("link", ""), answer.address)) if answer else {}
        if answer and not found.get("linkset"):
            yield Finding(Effect.NOTE, page, told("has no link set (Signposting level 2)"), name)
        for link in found.get("linkset", ()):
            fault = _linkset_fault(evidence, link)
            if fault:
                yield Finding(Effect.LOSES, link.target, fault, name)


def _by_relation(found: list[Link]) -> Mapping[str, list[Link]]:
    by_relation: dict[str, list[Link]] = defaultdict(list)
    for link in found:
        for relation in link.relations:
            by_relation[relation].append(link)
    return by_relation


def _numbers(found: Mapping[str, list[Link]]) -> Iterator[str]:
    for relation in ("cite-as", "license"):
        number = len(found.get(relation, ()))
        if number != 1:
            yield told('expected one link "{relation}", found {number}', relation=relation, number=number)
    for relation in ("type", "describedby"):
        if not found.get(relation):
            yield told('has no link "{relation}"', relation=relation)


def _identity(name: str, found: Mapping[str, list[Link]]) -> Iterator[str]:
    for link in found.get("cite-as", ()):
        if link.target != name:
            yield told('"cite-as" leads to {target}, not to the data set\'s IRI', target=link.target)


def _items(evidence: Evidence, dataset: Node, found: Mapping[str, list[Link]]) -> Iterator[str]:
    graph = evidence.graph
    files = {iri for part in graph.distributions(dataset) for iri in graph.texts(part, f"{DCAT}downloadURL")}
    named = {link.target for link in found.get("item", ())}
    if files and not found.get("linkset") and files - named:
        yield told('{number} of its files have no link "item"', number=len(files - named))


def _targets(evidence: Evidence, page: str, found: Mapping[str, list[Link]], name: str) -> Iterator[Finding]:
    for relation in ("describedby", "item"):
        for link in found.get(relation, ()):
            answer = evidence.visitor.head(link.target)
            if evidence.site.address(link.target) and not answer.well:
                said = told(
                    '"{relation}" leads to {target}: {outcome}',
                    relation=relation,
                    target=link.target,
                    outcome=answer.outcome,
                )
                yield Finding(Effect.LOSES, page, said, name)
            elif answer.well and link.media_type and link.media_type.partition(";")[0] != answer.media_type:
                said = told(
                    '"{relation}" leads to {target}: expected "{expected}", found "{found}"',
                    relation=relation,
                    target=link.target,
                    expected=link.media_type,
                    found=answer.media_type,
                )
                yield Finding(Effect.LOSES, page, said, name)


def _linkset_fault(evidence: Evidence, link: Link) -> str:
    answer = evidence.visitor.get(link.target)
    if not answer.well or answer.media_type != _LINKSET:
        return told(
            'expected "{expected}", found: {outcome} "{found}"',
            expected=_LINKSET,
            outcome=answer.outcome,
            found=answer.media_type,
        )
    try:
        contexts = json.loads(answer.content)["linkset"]
        anchored = all("anchor" in context for context in contexts)
    except (ValueError, KeyError, TypeError, RecursionError):
        return told("is no link set")
    return "" if contexts and anchored else told("its links have no anchor")
