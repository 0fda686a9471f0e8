"""Multiplication and division of numbers of all kinds as XPath Functions §6.2 has them, where decimals are cut.

Exact numbers are counted in steps of 10⁻¹⁸, which are those of the store's decimals.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal

from si_lod.engine.store.numerals import DECIMAL, DOUBLE, FLOAT, INTEGER, number, single

if TYPE_CHECKING:
    from pyoxigraph import NamedNode

    from si_lod.engine.evaluation import Term

    Value = tuple[NamedNode, int | float]
    """A number with its kind: the steps of an integer or decimal, the number itself of a double or float."""

_KINDS: Final = (INTEGER, DECIMAL, FLOAT, DOUBLE)
"""Each kind is promoted to those behind it (XPath 2.0, B.1)."""
_STEPS: Final = 10**18
_LONGEST: Final = 21
"""No number of the store has more digits before the point."""
_MOST: Final = {INTEGER: 2**63 * _STEPS, DECIMAL: 2**127}
"""How many steps there are at most, and one less above zero."""


def product(signs: Term, *operands: Term) -> Literal | None:
    """Return the operands multiplied and divided from left to right by the ``signs``, None if that is an error."""
    values = [_read(each) for each in operands]
    result = values[0]
    for sign, value in zip(signs.value, values[1:], strict=True):  # type: ignore[union-attr]  # it is a text of ours
        result = _computed(sign, result, value) if result and value else None
    return _literal(*result) if result else None


def _computed(sign: str, one: Value, other: Value) -> Value | None:
    kind = max(one[0], other[0], key=_KINDS.index)
    if kind in _MOST:
        steps = _exact(sign, int(one[1]), int(other[1]))
        kind = DECIMAL if sign == "/" else kind
        return None if steps is None else _bounded(kind, steps)
    result = _floating(sign, _promoted(kind, one), _promoted(kind, other))
    return kind, single(result) if kind == FLOAT else result


def _exact(sign: str, one: int, other: int) -> int | None:
    if sign == "/" and not other:
        return None
    steps = abs(one) * _STEPS // abs(other) if sign == "/" else abs(one) * abs(other) // _STEPS
    return steps if (one < 0) is (other < 0) else -steps


def _floating(sign: str, one: float, other: float) -> float:
    """Return the result of IEEE 754, which has one for each division by zero."""
    if sign == "*":
        return one * other
    if other:
        return one / other
    if not one or math.isnan(one):
        return math.nan
    return math.copysign(math.inf, one) * math.copysign(1, other)


def _promoted(kind: NamedNode, value: Value) -> float:
    size = float(value[1]) if value[0] not in _MOST else int(value[1]) / _STEPS
    return single(size) if kind == FLOAT else size


def _bounded(kind: NamedNode, steps: int) -> Value | None:
    return (kind, steps) if -_MOST[kind] <= steps < _MOST[kind] else None


def _read(term: Term) -> Value | None:
    """Return the value of a number that the store can compute with."""
    value = number(term, DOUBLE)
    if value is None or not isinstance(term, Literal) or term.datatype not in _KINDS:
        return None
    if term.datatype not in _MOST:
        return term.datatype, float(value)
    if value.adjusted() > _LONGEST:
        return None
    over, under = value.as_integer_ratio()
    steps, rest = divmod(over * _STEPS, under)
    return None if rest else _bounded(term.datatype, steps)


def _literal(kind: NamedNode, value: float) -> Literal:
    if kind not in _MOST:
        return Literal(repr(value).replace("inf", "INF").replace("nan", "NaN"), datatype=kind)
    whole, rest = divmod(abs(int(value)), _STEPS)
    sign = "-" if value < 0 else ""
    return Literal(f"{sign}{whole}" if kind == INTEGER else f"{sign}{whole}.{rest:018}", datatype=kind)
