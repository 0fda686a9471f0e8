"""What a portal makes of what it found: a finding has an effect, a verdict says what is taken and what is not."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from si_lod.sentences import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class Effect(StrEnum):
    """What follows for the portal: the gravest first."""

    STOPS = "stops"
    """Nothing of the catalogue is taken."""
    DROPS = "drops"
    """The data set concerned is not taken."""
    LOSES = "loses"
    """It is taken, but something of it is lost, changed or costs points."""
    NOTE = "note"
    """Nothing is lost; an operator should know it."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a portal stumbles over: ``about`` is an address or IRI, ``dataset`` the data set concerned.

    ``rule`` names the official rule that is broken, if it is one.
    """

    effect: Effect
    about: str
    message: str
    dataset: str = ""
    rule: str = ""

    @property
    def kind(self) -> str:
        """What findings with the same cause have in common."""
        return self.rule or (self.message.kind if isinstance(self.message, Sentence) else self.message)


@dataclass(frozen=True, slots=True)
class Score:
    """The points of one data set in one syntax: ``reached`` of ``judged``, of ``possible`` in all."""

    dataset: str
    syntax: str
    reached: int
    judged: int
    possible: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one portal would take; ``unjudged`` says which of its checks did not run."""

    portal: str
    name: str
    datasets: tuple[str, ...]
    findings: tuple[Finding, ...]
    scores: tuple[Score, ...] = ()
    unjudged: tuple[str, ...] = ()

    @property
    def dropped(self) -> tuple[str, ...]:
        """The data sets that the portal would not take."""
        if any(finding.effect is Effect.STOPS for finding in self.findings):
            return self.datasets
        refused = {finding.dataset for finding in self.findings if finding.effect is Effect.DROPS}
        return tuple(dataset for dataset in self.datasets if dataset in refused)

    @property
    def taken(self) -> tuple[str, ...]:
        """The data sets that the portal would take."""
        return tuple(dataset for dataset in self.datasets if dataset not in self.dropped)

    @property
    def whole(self) -> bool:
        """True if the portal takes everything and loses nothing of it."""
        return all(finding.effect is Effect.NOTE for finding in self.findings)


def sorted_findings(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings, each once, the gravest first and then by what they are about."""
    order: Sequence[Effect] = tuple(Effect)
    return tuple(
        sorted(dict.fromkeys(findings), key=lambda found: (order.index(found.effect), found.about, found.message))
    )
