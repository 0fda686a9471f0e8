r"""A rehearsal told: to people as text, to programs as JSON.

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
from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

from si_lod.rehearse.finding import Effect
from si_lod.sentences import Sentence, counted, listed, say, told

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from si_lod.rehearse.finding import Finding, Score, Verdict
    from si_lod.rehearse.rehearsal import Rehearsal

EFFECTS: Final = {
    Effect.STOPS: told("stop"),
    Effect.DROPS: told("drop"),
    Effect.LOSES: told("loss"),
    Effect.NOTE: told("note"),
}
"""What an effect is called."""
_FEW: Final = 3
"""How often findings of one kind are told in full before they are folded; what is to be filled in never is."""


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


def text(rehearsal: Rehearsal, language: str) -> str:
    """Return the rehearsal as text: a paragraph for each portal."""
    return "\n".join(
        "\n".join([say(headline(verdict), language), *_lines(verdict, language), ""]) for verdict in rehearsal.verdicts
    )


def headline(verdict: Verdict) -> Sentence:
    """Return the sentence that sums up a verdict."""
    number = len(verdict.datasets)
    summary = counted(
        "{name}: takes {taken} of {number} data set",
        "{name}: takes {taken} of {number} data sets",
        number,
        name=verdict.name,
        taken=len(verdict.taken),
    )
    by_effect = {effect: sum(found.effect is effect for found in verdict.findings) for effect in Effect}
    said = [told("{effect} {number}", effect=EFFECTS[effect], number=n) for effect, n in by_effect.items() if n]
    summary = summary if verdict.datasets else told("{name}", name=verdict.name)
    return told("{summary} ({findings})", summary=summary, findings=listed(said)) if said else summary


def _lines(verdict: Verdict, language: str) -> Iterator[str]:
    for line in points(verdict.scores):
        yield f"    {say(line, language)}"
    for group in alike(verdict.findings):
        few = _FEW if verdict.datasets else len(group)
        for found in group[:few]:
            yield f"  {say(EFFECTS[found.effect], language)}  {found.about}: {say(found.message, language)}"
        if len(group) > few:
            more = told("and {number:,} more like it", number=len(group) - few)
            yield f"         {say(more, language)}"
    for sentence in verdict.unjudged:
        yield f"  {say(sentence, language)}"


def points(scores: Sequence[Score]) -> Iterator[Sentence]:
    """Yield a line for each data set: its points, or those of each syntax where they differ."""
    by_dataset: dict[str, list[Score]] = defaultdict(list)
    for score in scores:
        by_dataset[score.dataset].append(score)
    for dataset, found in by_dataset.items():
        worst = min(found, key=lambda score: score.reached)
        said = told(
            "{reached} of {possible} points for {dataset}",
            reached=worst.reached,
            possible=worst.possible,
            dataset=dataset,
        )
        if len({score.reached for score in found}) > 1:
            said = told("{points}, in {syntax}; elsewhere more", points=said, syntax=worst.syntax)
        if worst.judged < worst.possible:
            unjudged = worst.possible - worst.judged
            said = told("{points}; {number} were not judged", points=said, number=unjudged)
        yield said


def alike(findings: Sequence[Finding]) -> list[list[Finding]]:
    """Return the findings in groups of the same effect and the same kind of message, in their order."""
    groups: dict[tuple[Effect, str], list[Finding]] = defaultdict(list)
    for found in findings:
        groups[found.effect, found.kind].append(found)
    return list(groups.values())
