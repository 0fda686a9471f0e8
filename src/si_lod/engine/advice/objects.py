"""What stands behind each property in the patterns of a query, and which variables get their values only there."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from si_lod.engine.advice.operands import operand
from si_lod.engine.text.tokens import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from si_lod.engine.advice.operands import Operand
    from si_lod.engine.text.prologue import Prologue
    from si_lod.engine.text.tokens import Token

_NAMES: Final = frozenset({Kind.NAME, Kind.IRI})
_OF_PATHS: Final = frozenset({"^", "|", "!"})
"""The marks before a name that is not what leads to the object alone."""
_PATTERN: Final = "pattern"
_VALUES: Final = "values"
_BLOCKS: Final = {"VALUES": _VALUES, "CONSTRUCT": "template"}
"""The words before braces that hold no pattern."""
_ENDS: Final = frozenset({".", ",", ";", "}", "]", ")", "{"})


@dataclass(frozen=True, slots=True)
class Stated:
    """An object in a pattern, with the property whose value it is."""

    property: Token
    object: Operand


def stated(read: Sequence[Token], prologue: Prologue) -> Iterator[Stated]:
    """Yield the variables and literals that are values of one property, which may be the last of a path (§9)."""
    for place, where in enumerate(_where(read)):
        if where is _PATTERN and read[place].kind in _NAMES and read[place - 1].text not in _OF_PATHS:
            for value in _values(read, place + 1, prologue):
                yield Stated(read[place], value)


def properties(read: Sequence[Token], prologue: Prologue) -> dict[str, list[Token]]:
    """Return by variable the properties whose values it has, if nothing else in the query gives it a value."""
    found: dict[str, list[Token]] = {}
    for each in stated(read, prologue):
        if each.object.variable:
            found.setdefault(each.object.variable, []).append(each.property)
    others = {token.text[1:] for before, token in pairwise(read) if before.text.upper() == "AS"}
    others |= {token.text[1:] for token, where in zip(read, _where(read), strict=True) if where is _VALUES}
    return {name: tokens for name, tokens in found.items() if name not in others}


def _where(read: Sequence[Token]) -> list[str]:
    """Return of each token whether it is in a pattern or in VALUES; the template of CONSTRUCT is neither."""
    found: list[str] = []
    open_: list[str] = []
    begun = ""
    for token in read:
        if token.kind is Kind.WORD:
            begun = _BLOCKS.get(token.text.upper(), "" if token.text.upper() == "WHERE" else begun)
        elif token.text == "{":
            open_.append(begun or (open_[-1] if open_ else _PATTERN))
            begun = ""
        found.append(begun or (open_[-1] if open_ else ""))
        if token.text == "}" and open_:
            open_.pop()
    return found


def _values(read: Sequence[Token], place: int, prologue: Prologue) -> Iterator[Operand]:
    """Yield what stands between commas from ``place`` on; nothing where the list is of something else."""
    value = operand(read, place, prologue)
    while value:
        end = place + len(value.tokens)
        if end < len(read) and read[end].text not in _ENDS and read[end].kind is not Kind.WORD:
            return
        yield value
        is_more = end < len(read) and read[end].text == ","
        place, value = end + 1, operand(read, end + 1, prologue) if is_more else None
