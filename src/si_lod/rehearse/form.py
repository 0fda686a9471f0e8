r"""A rehearsal told to programs, as JSON.

::

    {"url": "http://127.0.0.1:8000/", "base": "https://data.example.org/", "whole": false,
     "portals": [
       {"portal": "ckan", "name": "CKAN (ckanext-dcat)", "whole": false,
        "taken": ["https://data.example.org/id/dataset/trees"], "dropped": [],
        "points": [{"dataset": "...", "syntax": "Turtle", "reached": 405, "judged": 405, "possible": 405}],
        "findings": [{"effect": "loses",      stops, drops, loses or note
                      "about": "...",         the address or IRI
                      "dataset": "...",       the data set concerned; null if it is all of them
                      "rule": null,           the file and property of the official shape, if one asks for it
                      "message": "..."}],
        "unjudged": []}]}                     the checks that did not run, as sentences
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from si_lod.sentences import say

if TYPE_CHECKING:
    from si_lod.rehearse.finding import Verdict
    from si_lod.rehearse.rehearsal import Rehearsal


def document(rehearsal: Rehearsal, language: str) -> str:
    """Return the rehearsal as JSON (RFC 8259) with the keys above."""
    members = {
        "url": rehearsal.url,
        "base": rehearsal.base,
        "whole": rehearsal.whole,
        "portals": [_members(verdict, language) for verdict in rehearsal.verdicts],
    }
    return json.dumps(members, indent=2, ensure_ascii=False) + "\n"


def _members(verdict: Verdict, language: str) -> dict[str, Any]:
    return {
        "portal": verdict.portal,
        "name": say(verdict.name, language),
        "whole": verdict.whole,
        "taken": verdict.taken,
        "dropped": verdict.dropped,
        "points": [
            {
                "dataset": score.dataset,
                "syntax": score.syntax,
                "reached": score.reached,
                "judged": score.judged,
                "possible": score.possible,
            }
            for score in verdict.scores
        ],
        "findings": [
            {
                "effect": found.effect,
                "about": found.about,
                "dataset": found.dataset or None,
                "rule": found.rule or None,
                "message": say(found.message, language),
            }
            for found in verdict.findings
        ],
        "unjudged": [say(sentence, language) for sentence in verdict.unjudged],
    }
