"""Numbers of the four kinds, as SPARQL writes them and as they are exactly; a store computes with them."""

from __future__ import annotations

import math
import struct
from dataclasses import dataclass
from decimal import Context, Decimal, Inexact
from fractions import Fraction
from io import BytesIO
from typing import TYPE_CHECKING

from hypothesis import strategies as st
from pyoxigraph import Literal, QueryResultsFormat, QuerySolutions, Store, parse_query_results

from si_lod.engine.evaluation import QueryRequest
from si_lod.engine.policy.admission import admit
from si_lod.engine.store.local import LocalEngine

if TYPE_CHECKING:
    from collections.abc import Sequence

XSD = "http://www.w3.org/2001/XMLSchema#"
ORDER = ["integer", "decimal", "float", "double"]
"""Each kind is promoted to those behind it (XPath 2.0, B.1)."""
STEP = Fraction(1, 10**18)
"""The smallest decimal of the store."""
BITS = 2**63
LARGEST = 2**127 * STEP
EXACT = Context(prec=80, traps=[Inexact])


@dataclass(frozen=True)
class Number:
    """A number of a kind; only a double or float may be no fraction."""

    kind: str
    value: Fraction | float

    def __str__(self) -> str:
        if isinstance(self.value, float):
            text = repr(self.value).replace("inf", "INF").replace("nan", "NaN")
        else:
            text = f"{EXACT.divide(Decimal(self.value.numerator), Decimal(self.value.denominator)):f}"
        return f'"{text}"^^<{XSD}{self.kind}>'


def single(value: float) -> float:
    try:
        return float(struct.unpack("f", struct.pack("f", value))[0])
    except OverflowError:
        return math.copysign(math.inf, value)


def decimals(digits: int = 18, most: int = 10**18) -> st.SearchStrategy[Number]:
    """Return decimals of so many digits behind the point at most; without the point they are ``most`` at most."""
    values = st.builds(Fraction, st.integers(-most, most), st.integers(0, digits).map(lambda power: 10**power))
    return values.map(lambda value: Number("decimal", value))


LONG = st.builds(lambda value: Number("decimal", value * STEP), st.integers(-(10**38), 10**38))
"""Decimals that have all the digits that the store can hold."""
INTEGERS = st.integers(-BITS, BITS - 1).map(lambda value: Number("integer", Fraction(value)))
DOUBLES = st.one_of(st.floats(allow_infinity=False, allow_nan=False), st.integers(-(10**15), 10**15).map(float)).map(
    lambda value: Number("double", value)
)
FLOATS = st.one_of(
    st.floats(width=32, allow_infinity=False, allow_nan=False), st.integers(-(2**24), 2**24).map(float)
).map(lambda value: Number("float", value))


def ask(query: str) -> list[list[Literal | None]]:
    """Return the solutions as a client's query has them."""
    engine = LocalEngine(Store())
    content = engine.answer(QueryRequest(admit(query), QueryResultsFormat.JSON)).content
    found = parse_query_results(BytesIO(content), format=QueryResultsFormat.JSON)
    assert isinstance(found, QuerySolutions)
    return [[value if isinstance(value, Literal) else None for value in solution] for solution in found]


def evaluated(expression: str, rows: Sequence[Sequence[object]]) -> list[Literal | None]:
    """Return what the expression gives for each row of values of ?a, ?b …"""
    names = " ".join(f"?{name}" for name in "abcdef"[: len(rows[0])])
    written = " ".join(f"({' '.join(map(str, row))})" for row in rows)
    return [row[0] for row in ask(f"SELECT ({expression} AS ?x) {{ VALUES ({names}) {{ {written} }} }}")]


def read(literal: Literal | None) -> Number | None:
    if literal is None:
        return None
    kind, text = literal.datatype.value.removeprefix(XSD), literal.value
    if kind in {"integer", "decimal"}:
        return Number(kind, Fraction(text))
    value = float(text.replace("INF", "inf"))
    return Number(kind, single(value) if kind == "float" else value)
