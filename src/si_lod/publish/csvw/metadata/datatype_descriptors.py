"""The ``datatype`` key of a column: a name, or an object with a base, a format and facets (Metadata §5.11)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from si_lod.publish.csvw.datatypes.builtins import CSVW, RDF, STRING, Builtin, find
from si_lod.publish.csvw.datatypes.datatype import Datatype
from si_lod.publish.csvw.datatypes.formats import boolean_reader, moment_reader, pattern_reader
from si_lod.publish.csvw.datatypes.lexical import XSD
from si_lod.publish.csvw.datatypes.numerals import NumberFormat, number_reader
from si_lod.publish.csvw.datatypes.writing import boolean_writer, moment_writer, number_writer
from si_lod.publish.csvw.documents.objects import Members
from si_lod.publish.csvw.faults import excerpt, nearest
from si_lod.publish.csvw.metadata.facets import bounds, lengths
from si_lod.sentences import Translated, told

if TYPE_CHECKING:
    from si_lod.publish.csvw.documents.descriptors import Descriptor

DESCRIPTION: Final = "dc:description"
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
    base = _base(described, "base", described.text("base", "string")) or STRING
    described.text("name")
    datatype = replace(_of(described, base), says=_said(described.value(DESCRIPTION)))
    described.close("Datatype")
    return datatype


def _said(found: object) -> str:
    """Return what a description in one or more languages (Metadata §5.8) says to people, or nothing."""
    texts: dict[str, str] = {}
    for value in found if isinstance(found, list) else [found]:
        text, language = (value.get("@value"), value.get("@language")) if isinstance(value, Members) else (value, "en")
        if isinstance(text, str):
            texts[str(language)] = text
    return Translated.by_language(texts) if texts else ""


def _base(descriptor: Descriptor, key: str, name: str) -> Builtin | None:
    base = find(name)
    if not base:
        near = nearest(name, NAMES)
        hint = told("; is {near} meant?", near=near) if near else ""
        descriptor.warn(key, told("expected a datatype of CSVW, found {name}{hint}", name=excerpt(name), hint=hint))
    return base


def _of(described: Descriptor, base: Builtin) -> Datatype:
    bare = _formatted(described, base) if described.has("format") else Datatype(base, base.iri)
    facets = (*lengths(described, base), *bounds(described, bare))
    iri = described.text("@id") or base.iri
    if described.has("@id") and iri.startswith((XSD, CSVW, RDF)):
        described.fault("@id", told("expected an IRI of your own, found that of a built-in datatype"))
    return replace(bare, iri=iri, facets=facets)


def _formatted(described: Descriptor, base: Builtin) -> Datatype:
    """Return the datatype with its format; without one, when it was reported."""
    found, plain = described.value("format"), Datatype(base, base.iri)
    try:
        if base.family == "number":
            numbers = _number_format(described, found).grouped
            shown = numbers.pattern or f"1{numbers.group}234{numbers.decimal}5"
            reader = number_reader(numbers, exact=base.name not in {"double", "float"})
            return replace(plain, form=shown, reader=reader, writer=number_writer(numbers))
        form = described.text("format")
        if base.family == "boolean":
            return replace(plain, form=form, reader=boolean_reader(form), writer=boolean_writer(form))
        if base.family == "moment":
            reader = moment_reader(form, base.name)
            return replace(plain, form=form, reader=reader, writer=moment_writer(form, base.name))
        return replace(plain, form=form, reader=pattern_reader(form))
    except ValueError as error:
        described.warn("format", told("{error}, in {text}", error=str(error), text=excerpt(found)))
        return plain


def _number_format(described: Descriptor, found: object) -> NumberFormat:
    if isinstance(found, str):
        return NumberFormat(pattern=found)
    inner = described.object("format", "format")
    if not inner:
        return NumberFormat()
    form = NumberFormat(inner.text("pattern"), inner.text("decimalChar", "."), inner.text("groupChar"))
    inner.close("NumericFormat")
    return form
