"""A query with its mistake mended: what is suggested put in the place of what it is near to, tried before it is told.

Most suggestions are for what is told to stand at the mistake, or are a declaration that stands before the query. For
the others each stretch of tokens around it is tried, the likest first. What then is a query is told, and else nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher, get_close_matches
from itertools import chain, islice
from typing import TYPE_CHECKING, Final

from si_lod.engine.diagnosis.grammatical import meaning
from si_lod.engine.diagnosis.moving import moved
from si_lod.engine.diagnosis.stopping.grammar import stopped
from si_lod.engine.diagnosis.stopping.place import around
from si_lod.engine.diagnosis.words.prefixes import undeclared
from si_lod.engine.policy.admission import admit
from si_lod.engine.text.tokens import tokens
from si_lod.errors import InvalidQuery, InvalidSyntax

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_LONGEST: Final = 4000
"""So many characters of a query are read again within moments."""
_AROUND: Final = 12
"""So many tokens before the mistake and behind it may be part of what the suggestion is for."""
_TRIED: Final = 40
"""So many queries are tried."""
_WORD: Final = re.compile(r"\w+")
_KEYWORD: Final = re.compile(r"[A-Z]+")


@dataclass(frozen=True, slots=True)
class Mended:
    """A query that is one, and from which character of it to which the suggestion stands."""

    text: str
    begin: int
    end: int

    @property
    def lines(self) -> tuple[str, str, str]:
        """The lines in which the suggestion stands: what is before it there, itself, and what is behind it."""
        before, after = self.text[: self.begin], self.text[self.end :]
        return before.rpartition("\n")[2], self.text[self.begin : self.end], after.partition("\n")[0]

    @property
    def shown(self) -> tuple[str, str, str]:
        """The same where there is room to wrap them."""
        before, there, after = self.lines
        before, _, after = around(before, "", after)
        return before, there, after


def mended(query: str, problem: InvalidQuery, known: Mapping[str, str]) -> Mended | None:
    """Return the query with the suggestion of ``problem`` put in, or None where that is none or makes no query.

    ``known`` are the prefixes that the reader may mean.
    """
    if not isinstance(problem, InvalidSyntax) or problem.line is None or len(query) > _LONGEST:
        return None
    place = offset(query, problem.line, problem.column or 1)
    if (other := moved(query, place)) and _is_query(other[0], known):
        return Mended(*other)
    if not problem.suggestion or "…" in problem.suggestion:
        return None
    tried = islice(chain(_straight(query, place, problem), _tries(query, place, problem.suggestion)), _TRIED)
    return next((one for one in tried if _is_query(one.text, known)), None)


def offset(query: str, line: int, column: int) -> int:
    """Return the character of a query at which that column of that line is; both count from 1."""
    return sum(len(each) + 1 for each in query.split("\n")[: line - 1]) + column - 1


def _straight(query: str, place: int, problem: InvalidSyntax) -> Iterator[Mended]:
    """Yield the query with the suggestion in the place of what is told to stand there, or before all of it."""
    if problem.suggestion.startswith("PREFIX "):
        yield Mended(f"{problem.suggestion}\n{query}", 0, len(problem.suggestion))
    between = r"(?:\s|#[^\n]*\n)+".join(map(re.escape, problem.token.split()))
    if problem.token and (standing := re.compile(between).match(query, place)):
        begin, end = standing.span()
        if _WORD.search(problem.token):  # which may be part of a text or a name, where a blank is another one
            yield Mended(query[:begin] + problem.suggestion + query[end:], begin, begin + len(problem.suggestion))
        else:
            yield _put(query, begin, end, problem.suggestion)


def _tries(query: str, place: int, suggestion: str) -> Iterator[Mended]:
    """Yield the query with the suggestion in the place of what is likest to it, then of what is less so."""
    borders = _borders(query, place)
    before = [border for border in borders if border <= place][-_AROUND:]
    behind = [border for border in borders if border >= place][:_AROUND]
    meant = _words(suggestion)

    def likeness(stretch: tuple[int, int]) -> tuple[int, float, int]:
        text = query[slice(*stretch)]
        found = _words(text)
        unlike = (found - meant).total() + (meant - found).total()
        return unlike, -SequenceMatcher(None, text, suggestion, autojunk=False).ratio(), len(text)

    for begin, end in sorted(((begin, end) for begin in before for end in behind), key=likeness):
        if not _loses(query[begin:end], meant):
            yield _put(query, begin, end, suggestion)


def _words(text: str) -> Counter[str]:
    return Counter(word.lower() for word in _WORD.findall(text))


def _loses(stretch: str, meant: Counter[str]) -> bool:
    """Return whether a name, a variable, a number or a text would be gone; keywords may be, and what was misspelt."""
    words = _WORD.findall(stretch)
    if len(words) == 1:
        return bool(meant) and not get_close_matches(words[0].lower(), meant, n=1)
    return any(word.lower() not in meant for word in words if not _KEYWORD.fullmatch(word))


def _put(query: str, begin: int, end: int, suggestion: str) -> Mended:
    """Return the query with the suggestion there, and a blank where it would run together with what stands beside."""
    before, after = query[:begin], query[end:]
    is_joined = not before or before[-1].isspace() or before[-1] in "({[" or suggestion[0] in ",;.)"
    before += "" if is_joined else " "
    after = (" " if after and not after[0].isspace() and after[0] not in "()}],;." else "") + after
    return Mended(before + suggestion + after, len(before), len(before) + len(suggestion))


def _borders(query: str, place: int) -> list[int]:
    """Return where tokens begin and end; behind what begins none, where blanks and the marks of a clause are."""
    found = {0, place, len(query)}
    read = 0
    try:
        for token in tokens(query):
            begin = offset(query, token.line, token.column)
            read = begin + len(token.text)
            found |= {begin, read}
    except InvalidQuery:
        found |= {border for border in range(max(read, place), len(query)) if not query[border].isalnum()}
        found |= {border + 1 for border in found if border < len(query)}
    return sorted(found)


def _is_query(text: str, known: Mapping[str, str]) -> bool:
    try:
        read = list(tokens(text))
        admit(text)
    except InvalidQuery:
        return False
    is_whole = stopped(read) is None and undeclared(read, text, known) is None
    return is_whole and not any(mistake(read) for mistake in meaning.MISTAKES)
