"""A rehearsal as pages show it: said in one language, what is alike folded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from si_lod.rehearse.telling import EFFECTS, alike, headline, points
from si_lod.sentences import say, told

if TYPE_CHECKING:
    from si_lod.rehearse.finding import Finding, Verdict
    from si_lod.rehearse.rehearsal import Rehearsal

_MOST: Final = 20
"""How many findings of one kind a page shows."""


def shown(rehearsal: Rehearsal, language: str) -> list[dict[str, Any]]:
    """Return what a page shows of each portal: plain texts, so that it can be kept as JSON."""
    return [_portal(verdict, language) for verdict in rehearsal.verdicts]


def _portal(verdict: Verdict, language: str) -> dict[str, Any]:
    return {
        "portal": verdict.portal,
        "whole": verdict.whole,
        "headline": say(headline(verdict), language),
        "points": [say(line, language) for line in points(verdict.scores)],
        "unjudged": [say(sentence, language) for sentence in verdict.unjudged],
        "groups": [_group(group, language) for group in alike(verdict.findings)],
    }


def _group(group: list[Finding], language: str) -> dict[str, Any]:
    effect = group[0].effect
    more = told("and {number:,} more like it", number=len(group) - _MOST)
    return {
        "effect": effect.value,
        "word": say(EFFECTS[effect], language),
        "findings": [{"about": one.about, "message": say(one.message, language)} for one in group[:_MOST]],
        "more": say(more, language) if len(group) > _MOST else "",
    }
