"""Arithmetic, comparison, rounding and aggregates, held against exact arithmetic, and what the store cannot do."""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal

from tests.conftest import ROOT
from tests.engine.store.numbers import (
    BITS,
    DOUBLES,
    FLOATS,
    INTEGERS,
    LARGEST,
    LONG,
    ORDER,
    STEP,
    XSD,
    Number,
    ask,
    decimals,
    evaluated,
    read,
    single,
)


def integer(value: int) -> Number:
    return Number("integer", Fraction(value))


ALL = st.one_of(INTEGERS, decimals(), LONG, DOUBLES, FLOATS)
EXACT = st.one_of(INTEGERS, decimals(), LONG, decimals(2, 10**4))
# A decimal has as many digits as a double tells apart, so that it is rounded once.
MIXED = st.one_of(INTEGERS, decimals(12, 10**15), DOUBLES, FLOATS)

Pairs = list[tuple[Number, Number]]


def pairs(numbers: st.SearchStrategy[Number]) -> st.SearchStrategy[Pairs]:
    return st.lists(st.tuples(numbers, numbers), min_size=1, max_size=20)


def promoted(one: Number, other: Number) -> tuple[str, Fraction | float, Fraction | float]:
    kind = max(one.kind, other.kind, key=ORDER.index)
    if kind in {"integer", "decimal"}:
        return kind, one.value, other.value
    floating = [float(each.value) for each in (one, other)]
    return kind, *(map(single, floating) if kind == "float" else floating)


def computed(sign: str, one: Number, other: Number) -> Number | None:
    kind, left, right = promoted(one, other)
    compute = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv}[sign]
    if kind in {"integer", "decimal"}:
        if sign == "/" and not right:
            return None
        value = Fraction(compute(left, right))
        if kind == "integer" and sign != "/":
            return Number(kind, value) if -BITS <= value < BITS else None
        return Number("decimal", value) if abs(value) < LARGEST else None
    try:
        result = float(compute(left, right))
    except ZeroDivisionError:
        result = math.nan if not left else math.copysign(math.inf, left) * math.copysign(1, right)
    except OverflowError:
        result = math.inf
    return Number(kind, single(result) if kind == "float" else result)


def is_near(found: Number | None, exact: Number | None) -> bool:
    """Return whether it is so, with a decimal that may be cut behind its last digit (XPath Functions §6.2)."""
    if found is None or exact is None or exact.kind != found.kind:
        return found is exact
    if exact.kind == "decimal":
        return abs(Fraction(found.value) - Fraction(exact.value)) < STEP
    if isinstance(exact.value, float) and math.isnan(exact.value):
        return math.isnan(found.value)
    return found == exact


@pytest.mark.parametrize("sign", ["+", "-"])
@given(rows=pairs(MIXED))
def test_sums_and_differences_are_exact_or_rounded_once(sign: str, rows: Pairs) -> None:
    for row, found in zip(rows, evaluated(f"?a {sign} ?b", rows), strict=True):
        assert is_near(read(found), computed(sign, *row)), row


@pytest.mark.parametrize("sign", ["*", "/"])
@given(rows=st.one_of(pairs(EXACT), pairs(st.one_of(DOUBLES, FLOATS, INTEGERS))))
def test_products_and_quotients_are_exact_or_rounded_once(sign: str, rows: Pairs) -> None:
    for expression in (f"?a {sign} ?b", f"(?a) {sign} ?b"):
        for row, found in zip(rows, evaluated(expression, rows), strict=True):
            assert is_near(read(found), computed(sign, *row)), (row, expression)


@given(rows=pairs(st.one_of(INTEGERS, decimals(), LONG)))
def test_exact_numbers_are_added_and_compared_with_all_their_digits(rows: Pairs) -> None:
    for row, found in zip(rows, evaluated("?a - ?b", rows), strict=True):
        assert read(found) == computed("-", *row)
    for sign, compare in COMPARISONS.items():
        said = evaluated(f"?a {sign} ?b", rows)
        assert [each and each.value == "true" for each in said] == [compare(a.value, b.value) for a, b in rows]


COMPARISONS: dict[str, Callable[[Fraction | float, Fraction | float], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    ">=": operator.ge,
}


@given(rows=st.lists(st.tuples(MIXED, st.sampled_from([-math.inf, 0.0, math.inf])), min_size=1, max_size=20))
def test_numbers_of_two_kinds_are_compared_in_the_wider_one(rows: list[tuple[Number, float]]) -> None:
    near = [(number, Number("double", beside(float(number.value), where))) for number, where in rows]
    for sign, compare in COMPARISONS.items():
        found = evaluated(f"?a {sign} ?b", near)
        expected = [compare(*promoted(*row)[1:]) for row in near]
        assert [each and each.value == "true" for each in found] == expected


def beside(value: float, where: float) -> float:
    return math.nextafter(value, where) if where else value


ROUNDING: dict[str, Callable[[Fraction], Fraction | int]] = {
    "ROUND": lambda value: math.floor(value + Fraction(1, 2)),
    "CEIL": math.ceil,
    "FLOOR": math.floor,
    "ABS": abs,
}


@pytest.mark.parametrize("name", ROUNDING)
@given(numbers=st.lists(ALL, min_size=1, max_size=20), whole=st.integers(-(2**22), 2**22))
def test_rounding_keeps_the_kind_and_takes_halves_up(name: str, numbers: list[Number], whole: int) -> None:
    half = whole + Fraction(1, 2)
    rows = [*numbers, Number("decimal", half), Number("double", float(half)), Number("float", float(half))]
    rows = [row for row in rows if row.value != -BITS]  # the one integer without a counterpart
    for number, found in zip(rows, evaluated(f"{name}(?a)", [[row] for row in rows]), strict=True):
        result = read(found)
        assert result is not None, number
        assert (result.kind, Fraction(result.value)) == (number.kind, ROUNDING[name](Fraction(number.value))), number


@given(numbers=st.lists(st.one_of(decimals(12), st.integers(-(2**55), 2**55).map(integer)), min_size=1, max_size=20))
def test_sum_and_mean_of_exact_numbers_are_exact(numbers: list[Number]) -> None:
    ((total, mean, least, most, count),) = ask(
        "SELECT (SUM(?v) AS ?a) (AVG(?v) AS ?b) (MIN(?v) AS ?c) (MAX(?v) AS ?d) (COUNT(?v) AS ?n) "
        f"{{ VALUES ?v {{ {' '.join(map(str, numbers))} }} }}"
    )
    exact = [Fraction(each.value) for each in numbers]
    assert fraction(total) == sum(exact, Fraction(0))
    assert abs(fraction(mean) - sum(exact, Fraction(0)) / len(exact)) < STEP
    assert [fraction(each) for each in (least, most, count)] == [min(exact), max(exact), Fraction(len(exact))]
    assert read(mean) == Number("decimal", fraction(mean))


def fraction(literal: Literal | None) -> Fraction:
    assert literal is not None
    return Fraction(literal.value)


LISTED = re.findall(
    r"^\| `(.+)` \| (?:`(.+)`|no value) \| (?:`(.+)`|an error) \|.*\|$",
    (ROOT / "docs/reference/sparql.md").read_text(encoding="utf-8"),
    re.MULTILINE,
)


@pytest.mark.parametrize(("expression", "given_by_us", "by_the_clause"), LISTED, ids=[row[0] for row in LISTED])
def test_what_the_store_computes_otherwise_is_listed_and_still_so(
    expression: str, given_by_us: str, by_the_clause: str
) -> None:
    """Where this fails, the store has mended something: take its row out of the reference."""
    ((found,),) = ask(f"PREFIX xsd: <{XSD}> SELECT ({expression} AS ?x) {{}}")
    assert (found.value if found is not None else "") == given_by_us
    assert given_by_us != by_the_clause


def test_the_reference_lists_what_the_store_computes_otherwise() -> None:
    assert len(LISTED) == 4
