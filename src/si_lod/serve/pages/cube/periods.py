"""When an observation's value is of: the last day of its period, by which observations are put in order."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode

from si_lod.serve.pages.vocabulary import XSD

if TYPE_CHECKING:
    from collections.abc import Iterable

    from si_lod.serve.pages.cube.structure import Structure
    from si_lod.serve.pages.facts import Facts

NEVER: Final = "~"
"""What sorts after every date."""

_DATE: Final = NamedNode(f"{XSD}date")


def last_day(facts: Facts, structure: Structure, observation: str) -> str:
    """Return the latest xsd:date in or of the observation's period, or ``NEVER`` where none is known."""
    period = structure.period()
    terms = facts.objects(observation, period) if period else ()
    said = [fact for term in terms if isinstance(term, NamedNode) for fact in facts.about(term.value).values()]
    dates = [term for term in chain(terms, *said) if isinstance(term, Literal) and term.datatype == _DATE]
    return max((date.value for date in dates), default=NEVER)


def in_time(facts: Facts, structure: Structure, observations: Iterable[str]) -> list[str]:
    """Return ``observations`` by the last days of their periods, those without one last."""
    return sorted(observations, key=lambda one: (last_day(facts, structure, one), one))
