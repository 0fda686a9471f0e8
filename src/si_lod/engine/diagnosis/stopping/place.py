"""Where a query went wrong: its line, split around the word there, and the same for a terminal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from unicodedata import combining, east_asian_width

from si_lod.errors import InvalidQuery, InvalidSyntax

if TYPE_CHECKING:
    from si_lod.errors import ClientError

_BEFORE: Final = 60
_AFTER: Final = 40
"""How many characters of a line stand before and behind the mark; a line may be a whole query."""
_WRAPPED: Final = 2
"""So many times as much is shown where lines are wrapped."""


@dataclass(frozen=True, slots=True)
class Place:
    """The line of a query at which it went wrong, split around the word there; ``line`` counts from 1."""

    line: int
    column: int
    before: str
    there: str
    after: str

    def drawn(self) -> str:
        """Return the line, or its part around the word, and below it a line of ``^`` under the word."""
        before, there, after = self._parts()
        margin = f"{self.line} | "
        under = "".join("\t" if character == "\t" else " " * _width(character) for character in before)
        mark = "^" * max(1, sum(map(_width, there)))
        return f"{margin}{before}{there}{after}\n{' ' * (len(margin) - 2)}| {under}{mark}"

    @property
    def shown(self) -> tuple[str, str, str]:
        """The line where there is room to wrap it: what is before the word, the word, and what is behind it."""
        return around(self.before, self.there, self.after)

    def _parts(self) -> tuple[str, str, str]:
        return (
            self.before if len(self.before) <= _BEFORE else f"…{self.before[-_BEFORE:]}",
            _beginning(self.there, _AFTER),
            _beginning(self.after, _AFTER),
        )


def around(before: str, there: str, after: str) -> tuple[str, str, str]:
    """Return the parts of a line as they are shown where it is wrapped, so that ``there`` is never far down."""
    most = _BEFORE * _WRAPPED
    return before if len(before) <= most else f"…{before[-most:]}", _beginning(there, most), _beginning(after, most)


def _beginning(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[:most]}…"


def place(query: str, problem: ClientError | None) -> Place | None:
    """Return where ``query`` went wrong, or None where that is not known."""
    if not isinstance(problem, InvalidQuery) or not problem.line:
        return None
    lines = query.split("\n")
    text = lines[problem.line - 1].rstrip("\r") if problem.line <= len(lines) else ""
    start = max(problem.column or 1, 1) - 1
    if not (isinstance(problem, InvalidSyntax) and problem.token and text.startswith(problem.token, start)):
        start += len(text[start:]) - len(text[start:].lstrip())
    word = problem.token if isinstance(problem, InvalidSyntax) and text.startswith(problem.token, start) else ""
    word = word or next(iter(text[start:].split(maxsplit=1)), "")
    return Place(problem.line, max(problem.column or 1, 1), text[:start], word, text[start + len(word) :])


def _width(character: str) -> int:
    """Return how many columns of a terminal the character takes (Unicode Standard Annex 11)."""
    return 0 if combining(character) else 2 if east_asian_width(character) in "WF" else 1
