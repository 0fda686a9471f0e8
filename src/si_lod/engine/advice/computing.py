"""The expressions by which a query gives variables their values, and why one may have none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from si_lod.engine.diagnosis.stopping.terminals import AGGREGATES
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from si_lod.engine.text.tokens import Token

_ARITHMETIC: Final = frozenset({"+", "-", "*", "/"})
_SUMMING: Final = frozenset({"SUM", "AVG"})


def uncomputed(read: Sequence[Token], empty: Sequence[str]) -> Iterator[str]:
    """Yield why the variables ``empty``, of which some cells are, may have no value: an expression computes them."""
    for place in range(len(read) - 1):
        name = read[place + 1]
        if read[place].text.upper() == "AS" and name.text[1:] in empty:
            said = read[_opening(read, place) + 1 : place]
            words = [token.text.upper() for token in said]
            if _is_nested(said):
                yield told(
                    "{variable} has no value where an aggregate is in another one; let a SELECT within "
                    "give the inner one",
                    variable=name.text,
                )
            elif _ARITHMETIC.intersection(words) or _SUMMING.intersection(words):
                yield told(
                    "{variable} has no value where something that it is computed from has none or is no number, where "
                    "it is divided by 0, and where integers go beyond 64 bits (9223372036854775807); xsd:decimal(…) "
                    "around them reaches further",
                    variable=name.text,
                )


def _opening(read: Sequence[Token], place: int) -> int:
    """Return where the bracket stands that is open at ``place``."""
    depth = 0
    for at in range(place - 1, -1, -1):
        depth += (read[at].text == "(") - (read[at].text == ")")
        if depth == 1:
            return at
    return place - 1


def _is_nested(said: Sequence[Token]) -> bool:
    within: list[bool] = []
    for place, token in enumerate(said):
        if token.text == "(":
            is_aggregate = place > 0 and said[place - 1].text.upper() in AGGREGATES
            if is_aggregate and any(within):
                return True
            within.append(is_aggregate)
        elif token.text == ")" and within:
            within.pop()
    return False
