"""The account for a terminal: by file and line, the same fault in many rows told once, and counted at the end."""

from __future__ import annotations

from collections import defaultdict
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

import click

from si_lod.errors import Level
from si_lod.sentences import counted, listed, say, told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from si_lod.cli.rendering.account import Account
    from si_lod.errors import Problem

_FEW: Final = 5
"""How often the same fault is told in full before it is folded."""
_RANGES: Final = 40
"""How many ranges of lines are named of a folded fault."""
_COLOURS: Final = {Level.ERROR: "red", Level.WARNING: "yellow", Level.NOTE: "blue"}
_HEADINGS: Final = {Level.ERROR: told("errors"), Level.WARNING: told("warnings"), Level.NOTE: told("notes")}


def plain(account: Account, language: str, *levels: Level) -> str:
    """Return the problems of these levels, under headings unless there are only errors, without the count."""
    by_level = {level: [problem for problem in account.problems if problem.level is level] for level in levels}
    found = {level: problems for level, problems in by_level.items() if problems}
    parts = []
    for level, problems in found.items():
        heading = click.style(say(_HEADINGS[level], language), fg=_COLOURS[level], bold=True)
        parts.append("\n".join([*([] if [*found] == [Level.ERROR] else [heading]), *_lines(problems, language), ""]))
    return "\n".join(parts)


def tally(account: Account) -> str:
    """Return how much was found and in how many files, as a sentence."""
    words = {
        Level.ERROR: counted("{number:,} error", "{number:,} errors", account.counts[Level.ERROR]),
        Level.WARNING: counted("{number:,} warning", "{number:,} warnings", account.counts[Level.WARNING]),
        Level.NOTE: counted("{number:,} note", "{number:,} notes", account.counts[Level.NOTE]),
    }
    found = [words[level] for level, number in account.counts.items() if number]
    files = len({problem.file for problem in account.problems})
    what = listed(found) or told("no problems")
    return counted("{what} in {number:,} file", "{what} in {number:,} files", files or len(account.files), what=what)


def _lines(problems: Iterable[Problem], language: str) -> Iterator[str]:
    """Yield the lines for problems that are sorted; a folded fault stands where it was first found."""
    alike: dict[tuple[str, str, str], list[Problem]] = defaultdict(list)
    for problem in problems:
        alike[problem.file, problem.column, problem.kind].append(problem)
    shown: list[tuple[Problem, Sequence[Problem]]] = []
    for group in alike.values():
        shown += [(group[0], group[1:])] if len(group) > _FEW else [(problem, ()) for problem in group]
    for problem, others in sorted(shown, key=lambda told: told[0]):
        yield f"{click.style(problem.place, bold=True)}: {say(problem.message, language)}"
        if others:
            yield f"    {say(_folded(others), language)}"


def _folded(others: Sequence[Problem]) -> str:
    ranges = list(_ranges(sorted({problem.line for problem in others if problem.line})))
    places = ", ".join(ranges[:_RANGES]) + (", ..." if len(ranges) > _RANGES else "")
    if not places:
        return told("and {number:,} more like it", number=len(others))
    return told("and {number:,} more like it, in lines {places}", number=len(others), places=places)


def _ranges(lines: Sequence[int]) -> Iterator[str]:
    start = None
    for line, after in zip_longest(lines, lines[1:]):
        start = start or line
        if after != line + 1:
            yield str(line) if start == line else f"{start}-{line}"
            start = None
