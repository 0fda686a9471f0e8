"""What stands behind each property in the patterns of a query, and which variables get their values only there."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from si_lod.engine.advice.operands import operand
from si_lod.engine.advice.places import Part, parts
from si_lod.engine.text.tokens import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from si_lod.engine.advice.operands import Operand
    from si_lod.engine.text.prologue import Prologue
    from si_lod.engine.text.tokens import Token

_NAMES: Final = frozenset({Kind.NAME, Kind.IRI})
_OF_PATHS: Final = frozenset({"^", "|", "!"})
"""The marks before a name that is not what leads to the object alone."""
_IN_PATHS: Final = frozenset({"^", "|", "!", "/", "*", "+", "?", "(", ")", "a"})
_BEFORE_SUBJECTS: Final = frozenset({"{", "}", "."})
_VERBS: Final = frozenset({Kind.NAME, Kind.IRI, Kind.VARIABLE})
_ENDS: Final = frozenset({".", ",", ";", "}", "]", "{"})
_TRUTH: Final = frozenset({"true", "false"})


@dataclass(frozen=True, slots=True)
class Stated:
    """An object in a pattern, with the property whose value it is, and where in the query it begins."""

    property: Token
    object: Operand
    place: int


def stated(read: Sequence[Token], prologue: Prologue) -> Iterator[Stated]:
    """Yield the variables and literals that are values of one property, which may be the last of a path (§9)."""
    for place, part in enumerate(parts(read)):
        is_name = part is Part.PATTERN and read[place].kind in _NAMES
        values = list(_values(read, place + 1, prologue)) if is_name else []
        if values and _leads_alone(read, place):
            yield from (Stated(read[place], value, at) for at, value in values)


def properties(read: Sequence[Token], prologue: Prologue) -> dict[str, list[Token]]:
    """Return by variable the properties whose values it has, if nothing else in the query gives it a literal.

    A variable is the same wherever it stands, also where a SELECT within the query has one of its own by that name.
    """
    found: dict[str, list[Token]] = {}
    places: set[int] = set()
    for each in stated(read, prologue):
        if each.object.variable:
            found.setdefault(each.object.variable, []).append(each.property)
            places.add(each.place)
    others = {token.text[1:] for before, token in pairwise(read) if before.text.upper() == "AS"}
    for place, part in enumerate(parts(read)):
        if read[place].kind is Kind.VARIABLE and place not in places and _may_be_literal(read, place, part):
            others.add(read[place].text[1:])
    return {name: tokens for name, tokens in found.items() if name not in others}


def _leads_alone(read: Sequence[Token], place: int) -> bool:
    """Return whether no other end of a path than the name at ``place`` leads to what stands behind it."""
    if place == 0 or read[place - 1].text in _OF_PATHS:
        return False
    if read[place - 1].text != "/":
        return True
    depth = 0
    while place > 0 and (read[place - 1].text in _IN_PATHS or read[place - 1].kind in _NAMES):
        place -= 1
        depth += (read[place].text == ")") - (read[place].text == "(")
        if read[place].text == "|" and not depth:
            return False
    return True


def _may_be_literal(read: Sequence[Token], place: int, part: Part) -> bool:
    """Return whether the variable may have a literal for its value from where it stands.

    It has none where it is a subject, a predicate, or the name of a graph; a path may begin at a literal, too.
    """
    if part not in {Part.PATTERN, Part.BRACKETS}:
        return part is Part.DATA
    before, after, next_ = read[place - 1], *(read[min(place + more, len(read) - 1)] for more in (1, 2))
    if part is Part.BRACKETS or before.text in {"<", ">"}:
        return True
    if before.text in {";", "["}:
        return False
    if before.text not in _BEFORE_SUBJECTS and not _is_word(before):
        return True
    is_verb = after.kind in _VERBS or after.text == "a"
    return not (after.text == "{" or (is_verb and next_.text not in _IN_PATHS - {"(", "a"}))


def _is_word(token: Token) -> bool:
    return token.kind is Kind.WORD and token.text != "a" and token.text.lower() not in _TRUTH


def _values(read: Sequence[Token], place: int, prologue: Prologue) -> Iterator[tuple[int, Operand]]:
    """Yield what stands between commas from ``place`` on; nothing where the list is of something else."""
    value = operand(read, place, prologue)
    while value:
        end = place + len(value.tokens)
        if end < len(read) and read[end].text not in _ENDS and not _is_word(read[end]):
            return
        yield place, value
        is_more = end < len(read) and read[end].text == ","
        place, value = end + 1, operand(read, end + 1, prologue) if is_more else None
