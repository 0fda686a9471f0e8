"""What a query compares: a variable, or a function of one, with literals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from si_lod.engine.advice.operands import STRING, XSD, Operand, operand
from si_lod.engine.text.tokens import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from si_lod.engine.text.prologue import Prologue
    from si_lod.engine.text.tokens import Token

_OPERATORS: Final = {"=": "=", "<": ">", ">": "<", "<=": ">=", ">=": "<="}
"""The comparisons that hold of like values only (SPARQL 1.1 §17.3), and each seen from its other side."""
_CALCULATED: Final = frozenset({"+", "-", "*", "/", "!"})
"""The signs beside an operand that is only a part of what is compared."""
_CASES: Final = frozenset({"LCASE", "UCASE"})
"""The functions whose result is of the same kind as what they are given."""
_GIVES: Final = {
    **dict.fromkeys(("STR", "LANG"), STRING),
    **dict.fromkeys(("STRLEN", "YEAR", "MONTH", "DAY", "HOURS", "MINUTES", "COUNT"), f"{XSD}integer"),
}


@dataclass(frozen=True, slots=True)
class Comparison:
    """A comparison with ``literals``, more than one of them after IN; ``kind`` is that of a function's results.

    ``operator`` is as it reads with the variable first; ``said`` is all of it, as it stands in the query.
    """

    said: Sequence[Token]
    subject: str
    variable: str
    function: str
    operator: str
    literals: tuple[Operand, ...]
    kind: str = ""


def comparisons(read: Sequence[Token], prologue: Prologue) -> Iterator[Comparison]:
    """Yield the comparisons of the query that could hold only of like values."""
    for place in range(1, len(read) - 1):
        operator = read[place].text.upper()
        if operator in _OPERATORS:
            yield from _compared(read, place, prologue)
        elif operator == "IN" and read[place - 1].text.upper() != "NOT":
            yield from _listed(read, place, prologue)


def _compared(read: Sequence[Token], place: int, prologue: Prologue) -> Iterator[Comparison]:
    operator = read[place].text
    after = operand(read, place + 1, prologue)
    if after is not None and not after.variable:
        yield from _of(_left(read, place), read[place : place + 1 + len(after.tokens)], operator, (after,))
    elif after is not None:
        size = next((size for size in (3, 2, 1) if _is_literal(read, place - size, size, prologue)), 0)
        before = operand(read, place - size, prologue) if size else None
        is_alone = place + 2 >= len(read) or read[place + 2].text not in _CALCULATED
        if before and is_alone and read[place - size - 1].text not in _CALCULATED:
            said, variable = read[place - size : place + 2], after.variable
            yield Comparison(said, after.spelled, variable, "", _OPERATORS[operator], (before,))


def _is_literal(read: Sequence[Token], place: int, size: int, prologue: Prologue) -> bool:
    found = operand(read, place, prologue) if place > 0 else None
    return found is not None and not found.variable and len(found.tokens) == size


def _listed(read: Sequence[Token], place: int, prologue: Prologue) -> Iterator[Comparison]:
    """Yield the comparison with what stands in the brackets after IN, if that is literals only."""
    at, literals = place + 2, []
    while (found := operand(read, at, prologue)) and not found.variable:
        literals.append(found)
        at += len(found.tokens) + 1
        if read[at - 1].text == ")":
            yield from _of(_left(read, place), read[place:at], "IN", tuple(literals))
            return


def _of(
    left: Sequence[Token], right: Sequence[Token], operator: str, literals: tuple[Operand, ...]
) -> Iterator[Comparison]:
    """Yield the comparison if what stands at its left is a variable, or a function of which the results are known."""
    word = left[0].text.upper() if left else ""
    said, subject = [*left, *right], "".join(token.text for token in left)
    if len(left) == 1 and left[0].kind is Kind.VARIABLE:
        yield Comparison(said, subject, left[0].text[1:], "", operator, literals)
    elif word in _GIVES:
        yield Comparison(said, subject, "", word, operator, literals, _GIVES[word])
    elif word in _CASES and [token.kind for token in left[1:]] == [Kind.MARK, Kind.VARIABLE, Kind.MARK]:
        yield Comparison(said, subject, left[2].text[1:], word, operator, literals)


def _left(read: Sequence[Token], place: int) -> Sequence[Token]:
    """Return the variable or the call of a function before ``place``; nothing where that is part of a calculation."""
    begin, depth = place - 1, 0
    if read[begin].text == ")":
        for at in range(place - 1, 0, -1):
            depth += (read[at].text == ")") - (read[at].text == "(")
            if depth == 0:
                begin = at - 1
                break
    return () if read[begin - 1].text in _CALCULATED else read[begin:place]
