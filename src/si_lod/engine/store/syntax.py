"""What the store's parser says of a query that it cannot read, in words that help."""

from __future__ import annotations

import re
from typing import Final

from si_lod.errors import InvalidSyntax, StoreFailed
from si_lod.sentences import told

_PLACE: Final = re.compile(r"error at (\d+):(\d+): expected (.*)", re.DOTALL)
_EXACT: Final = re.compile(r"\"|\['")
"""A terminal in the parser's list that it looks at without going past it."""
_KEYWORD: Final = re.compile(r"\b[A-Z]{2,}\b")
_LINE_END: Final = re.compile(r"\r\n|\r|\n")
_LACKS: Final = ("The custom function ", "The service ")
"""How the store begins to say what it does not have."""
_FAILS: Final = ("IO error", "Corruption")
"""How it begins to say that it cannot read its own files."""
_SHOWN: Final = 40
"""How many characters of the text a message shows."""


def invalid_query(error: SyntaxError, text: str) -> InvalidSyntax:
    """Return the parser's complaint with its place and what stands there.

    Its own list of what may come next is left out: it names rules of its grammar and can be a screen long.
    """
    place = _PLACE.match(str(error))
    if place is None:
        return InvalidSyntax(told("not a SPARQL 1.1 query: {error}", error=error))
    line, column = int(place[1]), _column(int(place[2]), place[3])
    lines = _LINE_END.split(text)[line - 1 :] or [""]
    rest = lines[0][column - 1 :]
    column += len(rest) - len(rest.lstrip())
    words = " ".join([rest, *lines[1:]]).split()
    near = told('near "{word}"', word=words[0][:_SHOWN]) if words else told("near its end")
    return InvalidSyntax(told("not a SPARQL 1.1 query, {near}", near=near), line=line, column=column)


def _column(reached: int, expected: str) -> int:
    """Return the column where the parser stopped, from the one that it reached when it gave up.

    To look for a keyword or for any character (``[_]``) it goes past what it then finds to be something else.
    """
    if _EXACT.search(expected):
        return reached
    lengths = [1] if "[_]" in expected else [len(keyword) for keyword in _KEYWORD.findall(expected)]
    return max(1, reached - min(lengths, default=0))


def unevaluable_query(error: Exception) -> InvalidSyntax | StoreFailed:
    """Return why a grammatical query has no answer.

    The store lacks a function, or a format cannot hold the result. All else is no fault of the query, and may name
    files.
    """
    said = str(error)
    is_mistake = said.startswith(_LACKS)
    if isinstance(error, OSError):
        is_mistake = error.errno is None and not said.startswith(_FAILS)
    if is_mistake:
        return InvalidSyntax(told("the query cannot be evaluated: {error}", error=str(error)))
    return store_failed(error)


def store_failed(error: Exception) -> StoreFailed:
    """Return that the store did not give what it was asked for.

    In words alone: the error would keep what it came through, solutions among it, which one thread alone may drop.
    """
    return StoreFailed(told("the store failed while a query was evaluated: {error}", error=str(error)))
