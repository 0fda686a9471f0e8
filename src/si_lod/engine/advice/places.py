"""In what part of a query each token stands: the marks of a pattern, a path and a calculation are the same."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from si_lod.engine.text.tokens import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from si_lod.engine.text.tokens import Token

_BLOCKS: Final = frozenset({"VALUES", "CONSTRUCT"})
"""The words before braces that hold no pattern."""
_NAMES: Final = frozenset({Kind.NAME, Kind.IRI})


class Part(StrEnum):
    """A part of a query. What stands in brackets in a pattern is a list or a path of it."""

    PATTERN = "pattern"
    BRACKETS = "brackets"
    EXPRESSION = "expression"
    SELECTION = "selection"
    """What a query or a SELECT within it has beside its pattern."""
    DATA = "data"
    """VALUES, and the template of CONSTRUCT."""


def parts(read: Sequence[Token]) -> list[Part]:
    """Return the part of each token. A mark that opens one is of the part around it, one that closes it too."""
    found: list[Part] = []
    open_ = [Part.SELECTION]
    begun = ""
    for place, token in enumerate(read):
        if token.kind is Kind.WORD:
            begun = _begun(token.text.upper(), begun)
            if token.text.upper() == "SELECT":
                open_[-1] = Part.SELECTION
        if token.text in {"}", "]", ")"} and len(open_) > 1:
            open_.pop()
        found.append(Part.DATA if begun else open_[-1])
        if token.text in {"{", "[", "("}:
            open_.append(_opened(read, place, found[-1]))
            begun = "" if token.text == "{" else begun
    return found


def _begun(word: str, begun: str) -> str:
    """Return the word whose braces are still to come."""
    return word if word in _BLOCKS else "" if word == "WHERE" else begun


def _opened(read: Sequence[Token], place: int, around: Part) -> Part:
    """Return of what part that is which the bracket at ``place`` opens."""
    mark = read[place].text
    if mark == "{":
        return Part.PATTERN if around is not Part.DATA else around
    if around in {Part.DATA, Part.EXPRESSION}:
        return around
    if mark == "[":
        return Part.PATTERN
    return Part.EXPRESSION if around is Part.SELECTION or _is_of_word(read, place) else Part.BRACKETS


def _is_of_word(read: Sequence[Token], place: int) -> bool:
    """Return whether a word asks for what stands in the brackets, as FILTER and CONCAT do, or FILTER a function."""
    before = place - 1 - (read[place - 1].kind in _NAMES)
    is_named = before < place - 1
    word = read[before].text if before >= 0 and read[before].kind is Kind.WORD else ""
    return word.upper() == "FILTER" if is_named else word not in {"", "a"}
