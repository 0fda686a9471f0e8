"""The rehearsal: what every portal makes of a site."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from si_lod.rehearse import official
from si_lod.rehearse.finding import Effect, Finding, Verdict, sorted_findings
from si_lod.rehearse.portals import PORTALS, Portal
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from si_lod.rehearse.evidence import Evidence


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
