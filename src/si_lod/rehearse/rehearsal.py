"""The rehearsal: every portal with its checks, as a table, and what each makes of a site."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from si_lod.rehearse import (
    ckan,
    ckan_packages,
    crawlers,
    dutch,
    european,
    files,
    google,
    heritage,
    official,
    placeholders,
    signposting,
)
from si_lod.rehearse.finding import Effect, Finding, Score, Verdict, sorted_findings
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from si_lod.rehearse.evidence import Check, Evidence


def _nothing(_: Evidence) -> Iterator[Score]:
    yield from ()


@dataclass(frozen=True, slots=True)
class Portal:
    """A portal: its key, its name, what it checks, how it scores, which official shapes it uses.

    One that ``takes`` nothing only looks.
    """

    key: str
    name: str
    checks: tuple[Check, ...]
    scores: Callable[[Evidence], Iterator[Score]] = _nothing
    shapes: tuple[tuple[str, str], ...] = ()
    takes: bool = True


PORTALS: Final = (
    Portal(
        "ckan",
        told("CKAN (ckanext-dcat)"),
        (
            ckan.opening,
            ckan.reading,
            ckan.paging,
            ckan.agreeing,
            ckan.steady,
            ckan_packages.identity,
            ckan_packages.texts,
            ckan_packages.keywords,
            ckan_packages.licences,
            ckan_packages.resources,
            ckan_packages.labels,
        ),
    ),
    Portal(
        "data.europa.eu",
        told("data.europa.eu (piveau, MQA)"),
        (
            ckan.reading,
            european.losses,
            european.compliance,
            european.links,
            european.themes,
            european.changes,
            european.identity,
            european.totals,
        ),
        european.scores,
        ((official.EUROPEAN, "DCAT-AP"),),
    ),
    Portal(
        "data.overheid.nl",
        told("data.overheid.nl (DCAT-AP-NL)"),
        (dutch.profile, dutch.shapes, dutch.identifiers, dutch.lengths, dutch.publishers),
        shapes=((official.EUROPEAN, "DCAT-AP"), (official.DUTCH, "DCAT-AP-NL")),
    ),
    Portal(
        "nde",
        told("Dataset Register (NDE)"),
        (heritage.datasets, heritage.texts, heritage.licences, heritage.probes, heritage.shapes),
        shapes=((official.HERITAGE, "NDE"),),
    ),
    Portal("google", told("Google Dataset Search"), (google.indexing, google.structured, google.sitemap)),
    Portal("fair", told("FAIR assessors (Signposting)"), (signposting.level_one, signposting.level_two)),
    Portal(
        "crawlers",
        told("linked-data crawlers and downloads"),
        (
            files.sizes,
            files.contents,
            files.heads,
            files.validators,
            files.steady,
            crawlers.iris,
            crawlers.resolving,
            crawlers.robots,
        ),
    ),
    Portal("placeholders", told("still to be filled in"), (placeholders.names, placeholders.domains), takes=False),
)
"""Who comes to harvest, in the order in which it is told."""


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What all portals would make of the site at ``url``, whose IRIs begin with ``base``."""

    url: str
    base: str
    verdicts: tuple[Verdict, ...]

    @property
    def whole(self) -> bool:
        """True if every portal takes everything, and there is something to take."""
        return all(verdict.whole for verdict in self.verdicts) and bool(self.verdicts[0].datasets)


def rehearse(evidence: Evidence) -> Rehearsal:
    """Return what every portal makes of the evidence."""
    return Rehearsal(evidence.site.url, evidence.site.base, tuple(_verdict(portal, evidence) for portal in PORTALS))


def _verdict(portal: Portal, evidence: Evidence) -> Verdict:
    return Verdict(
        portal.key,
        portal.name,
        evidence.names if portal.takes else (),
        sorted_findings(_findings(portal, evidence)),
        tuple(portal.scores(evidence)),
        tuple(said for pattern, what in portal.shapes for said in official.unjudged(evidence, pattern, what)),
    )


def _findings(portal: Portal, evidence: Evidence) -> Iterator[Finding]:
    if portal.takes and not evidence.names:
        yield Finding(Effect.STOPS, evidence.site.url, told("no data set could be read in any syntax"))
    for check in portal.checks:
        yield from check(evidence)
