"""The casts of SPARQL 1.1 §17.5 as XPath Functions §17.1 has them, in place of the store's own.

The store's own multiply a double by 10¹⁸ on its way to a decimal, so that 2365e0 becomes the integer 2364; they divide
a decimal of many digits by as much on its way to a double, take ``inf`` and ``nan`` for numbers, and no text with
blanks around it. What comes out is what the store can compute with, integers of 64 bits and decimals of 128 bits in
steps of 10⁻¹⁸; what is beyond is an error, hence no value.
"""

from __future__ import annotations

from decimal import ROUND_HALF_DOWN, Context, Decimal
from functools import partial
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode

from si_lod.engine.store.numerals import (
    BLANKS,
    BOOLEAN,
    DECIMAL,
    DOUBLE,
    FLOAT,
    INTEGER,
    LEXICAL,
    STRING,
    TRUTH,
    number,
    written,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from si_lod.engine.evaluation import Term

    Cast = Callable[[Term], Literal | None]

_STEP: Final = Decimal("1e-18")
_LARGEST: Final = Decimal(2**127).scaleb(-18, Context(prec=64))
_LONGEST: Final = 2**63
_NEAREST: Final = Context(prec=64, rounding=ROUND_HALF_DOWN)


def _to_integer(term: Term) -> Literal | None:
    value = number(term, INTEGER)
    if value is None or not value.is_finite() or not -_LONGEST - 1 < value < _LONGEST:
        return None
    return Literal(str(int(value)), datatype=INTEGER)


def _to_decimal(term: Term) -> Literal | None:
    """Return the nearest decimal that the store can hold, of two the one nearer to zero (§17.1.3.3)."""
    value = number(term, DECIMAL)
    if value is None or not value.is_finite() or value.copy_abs() >= _LARGEST:
        return None
    return Literal(f"{value.quantize(_STEP, context=_NEAREST):f}", datatype=DECIMAL)


def _to_floating(kind: NamedNode, term: Term) -> Literal | None:
    """Return the nearest double or float, which the store finds to a number of any length."""
    if isinstance(term, Literal) and term.datatype == STRING:
        text = term.value.strip(BLANKS)
        return Literal(text, datatype=kind) if LEXICAL[DOUBLE].fullmatch(text) else None
    if isinstance(term, Literal) and term.datatype == kind:
        return term
    value = number(term, DOUBLE)
    return None if value is None else Literal(str(value).replace("Infinity", "INF"), datatype=kind)


def _to_boolean(term: Term) -> Literal | None:
    if isinstance(term, Literal) and term.datatype == STRING:
        truth = TRUTH.get(term.value.strip(BLANKS))
        return None if truth is None else Literal(truth)
    value = number(term, DOUBLE)
    return None if value is None else Literal(bool(value) and not value.is_nan())


def _to_string(term: Term) -> Literal | None:
    """Return the text of an IRI or a literal; a double or float has one of its own (§17.1.2)."""
    if isinstance(term, NamedNode):
        return Literal(term.value)
    if not isinstance(term, Literal) or term.datatype == STRING:
        return term if isinstance(term, Literal) else None
    if term.datatype in {DOUBLE, FLOAT} and LEXICAL[DOUBLE].fullmatch(term.value):
        return Literal(written(term.value))
    return Literal(term.value)


CASTS: Final[Mapping[NamedNode, Cast]] = {
    INTEGER: _to_integer,
    DECIMAL: _to_decimal,
    DOUBLE: partial(_to_floating, DOUBLE),
    FLOAT: partial(_to_floating, FLOAT),
    BOOLEAN: _to_boolean,
    STRING: _to_string,
}
"""Each cast by its name."""
