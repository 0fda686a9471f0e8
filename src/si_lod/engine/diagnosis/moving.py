"""A query of which GROUP BY, ORDER BY or LIMIT stands before the pattern, with that moved behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from si_lod.engine.text.tokens import tokens
from si_lod.errors import InvalidQuery

if TYPE_CHECKING:
    from collections.abc import Sequence

    from si_lod.engine.text.tokens import Token

_MODIFIERS: Final = frozenset({"GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET"})


def moved(query: str, place: int) -> tuple[str, int, int] | None:
    """Return the query with the modifiers that begin at ``place`` behind its pattern, and from where to where they are.

    None is returned where no modifier stands there, or no pattern behind it.
    """
    try:
        read = [token for token in tokens(query) if token.at >= place]
    except InvalidQuery:
        return None
    opening = next((at for at, token in enumerate(read) if token.text == "{"), None)
    if opening is None or read[0].at != place or read[0].text.upper() not in _MODIFIERS:
        return None
    closing = _closing(read, opening)
    first = opening - (read[opening - 1].text.upper() == "WHERE")
    if closing is None:
        return None
    begin, last, end = read[first].at, read[first - 1], read[closing].at + 1
    modifiers = query[place : last.at + len(last.text)]
    text = f"{query[:place]}{query[begin:end]}\n{modifiers}{query[end:]}"
    start = place + end - begin + 1
    return text, start, start + len(modifiers)


def _closing(read: Sequence[Token], opening: int) -> int | None:
    depth = 0
    for place in range(opening, len(read)):
        depth += (read[place].text == "{") - (read[place].text == "}")
        if depth == 0:
            return place
    return None
