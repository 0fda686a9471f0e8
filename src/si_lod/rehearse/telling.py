"""A rehearsal told to people: a paragraph for each portal, what is alike folded."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

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


def text(rehearsal: Rehearsal, language: str) -> str:
    """Return the rehearsal as text: a paragraph for each portal."""
    told_lines = (
        line
        for verdict in rehearsal.verdicts
        for line in (say(headline(verdict), language), *_lines(verdict, language), "")
    )
    return "\n".join(map(plain, told_lines))


def plain(line: str) -> str:
    """Return a line without what would act on a terminal: what a site says of itself is in it as it came."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in line)


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
    said = listed([_number(effect, found) for effect, found in _by_effect(verdict).items() if found])
    summary = summary if verdict.datasets else told("{name}", name=verdict.name)
    return told("{summary} ({findings})", summary=summary, findings=said) if said else summary


def _by_effect(verdict: Verdict) -> dict[Effect, int]:
    return {effect: sum(found.effect is effect for found in verdict.findings) for effect in Effect}


def _number(effect: Effect, number: int) -> Sentence:
    return {
        Effect.STOPS: counted("{number:,} stop", "{number:,} stops", number),
        Effect.DROPS: counted("{number:,} drop", "{number:,} drops", number),
        Effect.LOSES: counted("{number:,} loss", "{number:,} losses", number),
        Effect.NOTE: counted("{number:,} note", "{number:,} notes", number),
    }[effect]


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
