"""Many observations, divided by what they are about, so that a reader finds the few that answer a question."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from si_lod.serve.pages.cube.structure import Structure
    from si_lod.serve.pages.words.wording import Wording

MOST_TOGETHER: Final = 12
"""How many rows a table may have before it is divided."""


@dataclass(frozen=True, slots=True)
class Division:
    """The observations of each code of one dimension, in the order in which they were given."""

    dimension: str
    codes: dict[str, list[str]]


def divided(wording: Wording, structure: Structure, observations: Sequence[str], this: str) -> Division | None:
    """Return the observations by the first coded dimension in which not all of them have ``this``, or None.

    None too where there are few of them, or where it would not help: each needs one code, and codes are to hold two
    observations on average or more.
    """
    if len(observations) <= MOST_TOGETHER:
        return None
    for dimension in structure.coded():
        codes = [wording.facts.iris(one, dimension) for one in observations]
        if any(held != [this] for held in codes):
            return _division(dimension, observations, codes)
    return None


def _division(dimension: str, observations: Sequence[str], codes: list[list[str]]) -> Division | None:
    if any(len(held) != 1 for held in codes):
        return None
    found: dict[str, list[str]] = {}
    for one, (code,) in zip(observations, codes, strict=True):
        found.setdefault(code, []).append(one)
    return Division(dimension, found) if 1 < len(found) <= len(observations) / 2 else None
