"""Columns as the metadata describes them, and the properties that they inherit (Metadata §5.6, §5.7)."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from si_lod.publish.csvw.documents.context import LANGUAGE, language
from si_lod.publish.csvw.documents.descriptors import Descriptor
from si_lod.publish.csvw.faults import excerpt
from si_lod.publish.csvw.metadata.datatype_descriptors import read_datatype
from si_lod.publish.csvw.metadata.tables import Column, Inherited
from si_lod.publish.csvw.templates.template import NAME, Template, read_template

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


DIRECTIONS: Final = frozenset({"ltr", "rtl", "auto", "inherit"})


def inherit(described: Descriptor, parent: Inherited) -> Inherited:
    """Return what holds for this description: what it states, else what its parent has."""
    stated: dict[str, Any] = dict(_stated(described))
    if described.flag("ordered"):
        described.fault("ordered", "true is not implemented, since a list needs blank nodes; remove it")
    if described.text("textDirection", "auto") not in DIRECTIONS:
        described.fault("textDirection", f"expected one of {', '.join(sorted(DIRECTIONS))}")
    return replace(parent, **stated)


def _stated(described: Descriptor) -> Iterator[tuple[str, object]]:
    """Yield what is stated here; a datatype or template that was reported is left to the parent."""
    for key, (name, read) in PROPERTIES.items():
        if described.has(key):
            stated = read(described, key)
            if stated is not None:
                yield name, stated


def _template(described: Descriptor, key: str) -> Template | None:
    text = described.text(key)
    try:
        return read_template(text)
    except ValueError as error:
        described.fault(key, f"{error}, in {excerpt(text)}")
        return None


def _separator(described: Descriptor, key: str) -> str:
    separator = described.value(key)
    if separator is None:
        return ""
    if separator == "":
        described.fault(key, "expected one or more characters, found none")
    return described.text(key)


PROPERTIES: Final[dict[str, tuple[str, Callable[[Descriptor, str], object]]]] = {
    "aboutUrl": ("about", _template),
    "propertyUrl": ("predicate", _template),
    "valueUrl": ("value", _template),
    "datatype": ("datatype", read_datatype),
    "default": ("default", Descriptor.text),
    "lang": ("lang", language),
    "null": ("null", Descriptor.texts),
    "required": ("required", Descriptor.flag),
    "separator": ("separator", _separator),
}


def read_column(described: Descriptor, number: int, parent: Inherited, tongue: str) -> Column:
    """Return one column; ``tongue`` is the language of the titles that state none."""
    inherited = inherit(described, parent)
    titles = _titles(described, tongue)
    virtual = described.flag("virtual")
    column = Column(
        name=_name(described, number, titles.get(tongue, ())),
        number=number,
        titles=tuple(dict.fromkeys(title for some in titles.values() for title in some)),
        virtual=virtual,
        suppressed=described.flag("suppressOutput"),
        inherited=inherited,
    )
    described.close("Column")
    return column


def _name(described: Descriptor, number: int, titles: tuple[str, ...]) -> str:
    """Return the name, else the first title percent-encoded, else the one by position (Metadata §5.6.1)."""
    if not described.has("name"):
        return quote(titles[0], safe="").replace("-", "%2D").replace("~", "%7E") if titles else f"_col.{number}"
    name = described.text("name", f"_col.{number}")
    if not re.fullmatch(NAME, name) or name.startswith("_"):
        described.fault("name", f"expected letters, digits, _ and . (no _ first), found {excerpt(name)}")
    return name


def _titles(described: Descriptor, tongue: str) -> dict[str, tuple[str, ...]]:
    """Return the titles by language (a natural language property, Metadata §5.1.6)."""
    if not isinstance(described.value("titles"), dict):
        return {tongue: described.texts("titles")}
    inner = described.object("titles", "titles")
    if not inner:
        return {}
    titles = {tag: inner.texts(tag) for tag in inner.keys}
    for tag in titles:
        if not LANGUAGE.fullmatch(tag):
            inner.fault(tag, 'expected a language tag such as "nl" or "en-GB"')
    return titles
