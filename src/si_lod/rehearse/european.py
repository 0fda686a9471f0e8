"""data.europa.eu: what piveau takes at its nightly harvest, and the points that its quality assessment gives."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from typing import TYPE_CHECKING

from si_lod.rehearse import lists
from si_lod.rehearse.conformance import breaches
from si_lod.rehearse.finding import Effect, Finding, Score
from si_lod.rehearse.mqa import COMPLIANCE, POSSIBLE
from si_lod.rehearse.official import EUROPEAN, violations
from si_lod.rehearse.scoring import measured
from si_lod.rehearse.terms import DCAT, shortened
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from si_lod.rehearse.evidence import Evidence
    from si_lod.rehearse.graph import Graph


def scores(evidence: Evidence) -> Iterator[Score]:
    """Yield the points of each data set in each syntax; there are none where the syntax could not be read."""
    for syntax, each in evidence.harvests.items():
        if not each.readable:
            yield from (Score(name, syntax, 0, POSSIBLE, POSSIBLE) for name in evidence.names)
            continue
        graph = each.graph
        faulty = set(_nonconforming(evidence, graph))
        for dataset in graph.datasets:
            name, outcome = graph.name(dataset), measured(graph, evidence.visitor, dataset)
            lost = outcome.lost + (COMPLIANCE if name in faulty else 0)
            unjudged = outcome.open + (0 if name in faulty or evidence.judges(EUROPEAN) else COMPLIANCE)
            yield Score(name, syntax, POSSIBLE - lost - unjudged, POSSIBLE - unjudged, POSSIBLE)


def losses(evidence: Evidence) -> Iterator[Finding]:
    """Yield for which metrics a data set loses points, and which could not be judged."""
    for name, dataset in evidence.described():
        outcome = measured(evidence.graph, evidence.visitor, dataset)
        for metric in outcome.missed:
            said = told("loses {points} points: {missing}", points=metric.points, missing=metric.missing)
            yield Finding(Effect.LOSES, name, said, name)
        if outcome.unjudged:
            said = told("{points} points are for links to another host, which is not visited here", points=outcome.open)
            yield Finding(Effect.NOTE, name, said, name)


def compliance(evidence: Evidence) -> Iterator[Finding]:
    """Yield what does not conform to DCAT-AP, for which a data set loses points."""
    for breach in breaches(evidence.graph, dutch=False):
        yield from (
            Finding(
                Effect.LOSES,
                breach.about,
                told("not DCAT-AP, which costs {points} points: {fault}", points=COMPLIANCE, fault=breach.message),
                dataset,
            )
            for dataset in breach.datasets[:1] or ("",)
        )
    yield from violations(evidence, EUROPEAN, Effect.LOSES)


def links(evidence: Evidence) -> Iterator[Finding]:
    """Yield which links are shown as broken, whether or not points are lost: the check is HEAD."""
    for name, node in evidence.distributions():
        for predicate in (f"{DCAT}accessURL", f"{DCAT}downloadURL"):
            for address in evidence.graph.texts(node, predicate):
                head = evidence.visitor.head(address)
                if evidence.site.address(address) and not head.well:
                    what = shortened(predicate)
                    said = told("{what} to HEAD: expected 200, found: {outcome}", what=what, outcome=head.outcome)
                    yield Finding(Effect.LOSES, address, said, name)


def themes(evidence: Evidence) -> Iterator[Finding]:
    """Yield which values cannot be found by, since no list has them."""
    for name, dataset in evidence.described():
        for theme in evidence.graph.texts(dataset, f"{DCAT}theme"):
            fault = lists.THEMES.fault(theme)
            if fault:
                said = told("cannot be found by theme: {theme} {fault}", theme=theme, fault=fault)
                yield Finding(Effect.LOSES, name, said, name)


def changes(evidence: Evidence) -> Iterator[Finding]:
    """Yield which pages have other bytes at a second visit: every night all of it is taken for changed."""
    for each in evidence.harvests.values():
        for page in each.pages:
            later = evidence.again(page.address)
            if page.answer.well and later.digest != page.answer.digest:
                said = told("has other bytes at a second visit; everything is taken for changed every night")
                yield Finding(Effect.LOSES, page.address, said)


def identity(evidence: Evidence) -> Iterator[Finding]:
    """Yield which data sets are the same to piveau, which knows them by a normalised IRI."""
    known: dict[str, list[str]] = defaultdict(list)
    for name, _ in evidence.described():
        known[re.sub(r"\W+", "-", unicodedata.normalize("NFKD", name)).lower()].append(name)
    for names in known.values():
        for name in names[1:]:
            said = told("is taken for the same as {other}; their IRIs differ in signs only", other=names[0])
            yield Finding(Effect.DROPS, name, said, name)


def paging(evidence: Evidence) -> Iterator[Finding]:
    """Yield where going from page to page does not end, or leads where piveau does not go: it takes over the query."""
    for each in evidence.harvests.values():
        if each.stuck:
            yield Finding(Effect.STOPS, each.pages[-1].address, each.stuck)
        paths = {evidence.site.path(page.following) for page in each.pages if page.following}
        if paths - {evidence.site.path(each.pages[0].address)}:
            said = told("the next page differs in more than its query, which is all that piveau takes of it")
            yield Finding(Effect.STOPS, each.pages[0].address, said)


def totals(evidence: Evidence) -> Iterator[Finding]:
    """Yield where pages do not tell how many data sets there are, or another number than there are."""
    for each in evidence.harvests.values():
        expected = str(len(each.graph.datasets))
        if len(each.pages) > 1 and not each.totals:
            said = told("hydra:totalItems is missing, which piveau needs beside a next page")
            yield Finding(Effect.STOPS, each.pages[0].address, said)
        elif each.totals - {expected}:
            found = ", ".join(sorted(each.totals))
            said = told("hydra:totalItems: expected {expected}, found {found}", expected=expected, found=found)
            yield Finding(Effect.LOSES, each.pages[0].address, said)


def _nonconforming(evidence: Evidence, graph: Graph) -> Iterator[str]:
    for breach in breaches(graph, dutch=False):
        yield from breach.datasets or map(graph.name, graph.datasets)
    for finding in violations(evidence, EUROPEAN, Effect.LOSES, graph):
        if finding.effect is not Effect.NOTE:
            yield from [finding.dataset] if finding.dataset else map(graph.name, graph.datasets)
