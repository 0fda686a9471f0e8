"""Facets: the lengths and bounds that a datatype sets its values (Metadata §5.11.2)."""

from __future__ import annotations

import operator
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Final

from si_lod.publish.csvw.datatypes.datatype import Datatype, Facet
from si_lod.publish.csvw.faults import excerpt
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from si_lod.publish.csvw.datatypes.builtins import Builtin
    from si_lod.publish.csvw.documents.descriptors import Descriptor

Compare = Callable[[Decimal, Decimal], bool]
Measure = Callable[[str], Decimal] | Callable[[str], int]

LENGTHS: Final[dict[str, tuple[str, Compare]]] = {
    "length": (told("exactly"), operator.eq),
    "minLength": (told("at least"), operator.ge),
    "maxLength": (told("at most"), operator.le),
}
BOUNDS: Final[dict[str, tuple[str, Compare]]] = {
    "minimum": (told("at least"), operator.ge),
    "minInclusive": (told("at least"), operator.ge),
    "maximum": (told("at most"), operator.le),
    "maxInclusive": (told("at most"), operator.le),
    "minExclusive": (told("more than"), operator.gt),
    "maxExclusive": (told("less than"), operator.lt),
}
# Of each pair, the first may not be more than the second; with an exclusive bound not as much either.
ORDERED: Final = (
    ("minLength", "length"),
    ("length", "maxLength"),
    ("minLength", "maxLength"),
    ("minInclusive", "maxInclusive"),
    ("minInclusive", "maxExclusive"),
    ("minExclusive", "maxInclusive"),
    ("minExclusive", "maxExclusive"),
)
EITHER: Final = (("minInclusive", "minExclusive"), ("maxInclusive", "maxExclusive"))
SYNONYMS: Final = {"minimum": "minInclusive", "maximum": "maxInclusive"}


def lengths(described: Descriptor, base: Builtin) -> Iterator[Facet]:
    """Yield the facets on the length of values, in characters or, for binary data, in bytes."""
    stated: dict[str, Decimal] = {}
    for key, (words, compare) in LENGTHS.items():
        if not described.has(key):
            continue
        wanted = stated[key] = Decimal(described.count(key))
        if base.size is None:
            described.fault(key, told("a {name} has no length; remove it", name=base.name))
        else:
            yield Facet(
                told("{words} {wanted} characters", words=words, wanted=wanted),
                partial(_holds, base.size, compare, wanted),
            )
    _report_contradictions(described, stated)


def bounds(described: Descriptor, bare: Datatype) -> Iterator[Facet]:
    """Yield the facets on the order of values; ``bare`` is the datatype without them."""
    stated: dict[str, Decimal] = {}
    for key, (words, compare) in BOUNDS.items():
        if not described.has(key):
            continue
        found = described.value(key)
        if bare.base.rank is None:
            described.fault(key, told("a bound of a {name} is not implemented; remove it", name=bare.base.name))
            continue
        try:
            bound = stated[SYNONYMS.get(key, key)] = bare.base.rank(_bound(bare, found))
        except ValueError:
            described.warn(
                key, told("expected {expected}, found {found}", expected=bare.expected, found=excerpt(found))
            )
            continue
        yield Facet(
            told("{noun} of {words} {found}", noun=bare.base.noun, words=words, found=found),
            partial(_holds, bare.base.rank, compare, bound),
        )
    _report_contradictions(described, stated)


def _report_contradictions(described: Descriptor, stated: Mapping[str, Decimal]) -> None:
    for first, second in EITHER:
        if first in stated and second in stated:
            described.fault(first, told("expected this or {second}, found both", second=second))
    for least, most in ORDERED:
        if least in stated and most in stated:
            apart = stated[most] - stated[least]
            if apart < 0 or (apart == 0 and "Exclusive" in least + most):
                described.fault(least, told("leaves no value beside {most}", most=most))


def _bound(bare: Datatype, found: object) -> str:
    """Return the lexical form of a bound, which may stand as a JSON number and in the column's own format."""
    try:
        return bare.base.canonical(str(found))
    except ValueError:
        return bare.canonical(str(found))


def _holds(measure: Measure, compare: Compare, wanted: Decimal, value: str) -> bool:
    measured = Decimal(measure(value))
    return not measured.is_nan() and compare(measured, wanted)
