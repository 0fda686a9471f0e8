"""The ``datatype`` key of a column: a name, or an object with a base, a format and facets (Metadata §5.11)."""

from __future__ import annotations

import operator
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Final

from si_lod.publish.csvw.builtins import Builtin, find
from si_lod.publish.csvw.datatypes import Datatype, Facet
from si_lod.publish.csvw.descriptors import nearest
from si_lod.publish.csvw.faults import excerpt
from si_lod.publish.csvw.formats import Reader, boolean_reader, moment_reader, pattern_reader
from si_lod.publish.csvw.numerals import NumberFormat, number_reader

if TYPE_CHECKING:
    from collections.abc import Iterator

    from si_lod.publish.csvw.descriptors import Descriptor

Compare = Callable[[Decimal, Decimal], bool]
Measure = Callable[[str], Decimal] | Callable[[str], int]

LENGTHS: Final[dict[str, tuple[str, Compare]]] = {
    "length": ("exactly", operator.eq),
    "minLength": ("at least", operator.ge),
    "maxLength": ("at most", operator.le),
}
BOUNDS: Final[dict[str, tuple[str, Compare]]] = {
    "minimum": ("at least", operator.ge),
    "minInclusive": ("at least", operator.ge),
    "maximum": ("at most", operator.le),
    "maxInclusive": ("at most", operator.le),
    "minExclusive": ("more than", operator.gt),
    "maxExclusive": ("less than", operator.lt),
}
NAMES: Final = ("string", "decimal", "integer", "boolean", "date", "dateTime", "time", "gYear", "double", "anyURI")


def read_datatype(column: Descriptor, key: str) -> Datatype | None:
    """Return the datatype that a column's key describes; None, with the faults reported, if it is none."""
    found = column.value(key)
    if isinstance(found, str):
        base = _base(column, key, found)
        return Datatype(base, base.iri) if base else None
    described = column.object(key, key)
    if not described:
        return None
    base = _base(described, "base", described.text("base", "string"))
    described.text("name")
    datatype = _of(described, base) if base else None
    described.close("Datatype")
    return datatype


def _base(descriptor: Descriptor, key: str, name: str) -> Builtin | None:
    base = find(name)
    if not base:
        near = nearest(name, NAMES)
        hint = f"; is {near} meant?" if near else ""
        descriptor.fault(key, f"expected a datatype of CSVW, found {excerpt(name)}{hint}")
    return base


def _of(described: Descriptor, base: Builtin) -> Datatype:
    reader, form = _format(described, base)
    bare = Datatype(base, base.iri, form, reader)
    facets = (*_lengths(described, base), *_bounds(described, bare))
    return Datatype(base, described.text("@id") or base.iri, form, reader, facets)


def _format(described: Descriptor, base: Builtin) -> tuple[Reader | None, str]:
    found = described.value("format")
    if not described.has("format"):
        return None, ""
    try:
        if base.family == "number":
            numbers = _number_format(described, found)
            shown = numbers.pattern or f"1{numbers.group}234{numbers.decimal}5"
            return number_reader(numbers, exact=base.name not in {"double", "float"}), shown
        form = described.text("format")
        return _text_reader(base, form), form
    except ValueError as error:
        described.fault("format", f"{error}, in {excerpt(found)}")
        return None, ""


def _text_reader(base: Builtin, form: str) -> Reader:
    if base.family == "boolean":
        return boolean_reader(form)
    if base.family == "moment":
        return moment_reader(form, base.name)
    return pattern_reader(form)


def _number_format(described: Descriptor, found: object) -> NumberFormat:
    if isinstance(found, str):
        return NumberFormat(pattern=found)
    inner = described.object("format", "format")
    if not inner:
        return NumberFormat()
    form = NumberFormat(inner.text("pattern"), inner.text("decimalChar", "."), inner.text("groupChar"))
    inner.close("NumericFormat")
    return form


def _lengths(described: Descriptor, base: Builtin) -> Iterator[Facet]:
    for key, (words, compare) in LENGTHS.items():
        if not described.has(key):
            continue
        wanted = Decimal(described.count(key))
        if base.size is None:
            described.fault(key, f"a {base.name} has no length; remove it")
        else:
            yield Facet(f"{words} {wanted} characters", partial(_holds, base.size, compare, wanted))


def _bounds(described: Descriptor, bare: Datatype) -> Iterator[Facet]:
    for key, (words, compare) in BOUNDS.items():
        if not described.has(key):
            continue
        found = described.value(key)
        if bare.base.rank is None:
            described.fault(key, f"a bound of a {bare.base.name} is not implemented; remove it")
            continue
        try:
            bound = bare.base.rank(_bound(bare, found))
        except ValueError:
            described.fault(key, f"expected {bare.expected}, found {excerpt(found)}")
            continue
        kind = bare.base.expected.partition(" such as ")[0]
        yield Facet(f"{kind} of {words} {found}", partial(_holds, bare.base.rank, compare, bound))


def _bound(bare: Datatype, found: object) -> str:
    """Return the lexical form of a bound, which may stand as a JSON number and in the column's own format."""
    try:
        return bare.base.canonical(str(found))
    except ValueError:
        return bare.canonical(str(found))


def _holds(measure: Measure, compare: Compare, wanted: Decimal, value: str) -> bool:
    measured = Decimal(measure(value))
    return not measured.is_nan() and compare(measured, wanted)
