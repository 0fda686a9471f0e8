"""Columns as the metadata describes them, and the properties that they inherit (Metadata §5.6, §5.7)."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from si_lod.publish.csvw.documents.context import language
from si_lod.publish.csvw.documents.names import LANGUAGE
from si_lod.publish.csvw.faults import excerpt
from si_lod.publish.csvw.metadata.datatype_descriptors import read_datatype
from si_lod.publish.csvw.metadata.tables import Column, Inherited
from si_lod.publish.csvw.templates.template import NAME, Template, read_template
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from si_lod.publish.csvw.documents.descriptors import Descriptor

DIRECTIONS: Final = frozenset({"ltr", "rtl", "auto", "inherit"})


def inherit(described: Descriptor, parent: Inherited) -> Inherited:
    """Return what holds for this description: what it states, else what its parent has."""
    stated: dict[str, Any] = dict(_stated(described))
    if stated.get("ordered") and not described.lenient:
        described.fault("ordered", told("true is not implemented here, since a list needs blank nodes; remove it"))
    if described.text("textDirection", "auto") not in DIRECTIONS:
        described.warn("textDirection", told("expected one of {names}", names=", ".join(sorted(DIRECTIONS))))
    return replace(parent, **stated)


def _stated(described: Descriptor) -> Iterator[tuple[str, object]]:
    """Yield what is stated here; a datatype or template that was reported is left to the parent."""
    for key, (name, read) in PROPERTIES.items():
        if described.has(key):
            stated = read(described, key)
            if stated is not None:
                yield name, stated


def _template(described: Descriptor, key: str) -> Template | None:
    # What is no string counts as an empty one here, and not as if the key were absent (Metadata §5.1.3).
    text = described.text(key)
    try:
        return read_template(text)
    except ValueError as error:
        described.warn(key, told("{error}, in {text}", error=str(error), text=excerpt(text)))
        return None


def _text(described: Descriptor, key: str) -> str | None:
    text = described.text(key)
    return text if isinstance(described.value(key), str) else None


def _separator(described: Descriptor, key: str) -> str | None:
    separator = described.value(key)
    if separator is None:
        return ""
    if separator == "":
        described.warn(key, told("expected one or more characters, found none"))
    return described.text(key) or None


def _nulls(described: Descriptor, key: str) -> tuple[str, ...] | None:
    return described.texts(key) or None


def _language(described: Descriptor, key: str) -> str | None:
    tag = language(described, key)
    return tag if tag == described.value(key) else None


def _flag(described: Descriptor, key: str) -> bool | None:
    flag = described.flag(key)
    return flag if flag is described.value(key) else None


PROPERTIES: Final[dict[str, tuple[str, Callable[[Descriptor, str], object]]]] = {
    "aboutUrl": ("about", _template),
    "propertyUrl": ("predicate", _template),
    "valueUrl": ("value", _template),
    "datatype": ("datatype", read_datatype),
    "default": ("default", _text),
    "lang": ("lang", _language),
    "null": ("null", _nulls),
    "ordered": ("ordered", _flag),
    "required": ("required", _flag),
    "separator": ("separator", _separator),
}


def read_column(described: Descriptor, number: int, parent: Inherited, tongue: str) -> Column:
    """Return one column; ``tongue`` is the language of the titles that state none."""
    inherited = inherit(described, parent)
    titles = _titles(described, tongue)
    virtual = described.flag("virtual")
    name = _name(described)
    column = Column(
        name=name or default_name(number, titles.get(tongue, ())),
        named=bool(name),
        number=number,
        titled=tuple((tag, title) for tag, some in titles.items() for title in some),
        virtual=virtual,
        suppressed=described.flag("suppressOutput"),
        inherited=inherited,
    )
    described.close("Column")
    return column


def default_name(number: int, titles: tuple[str, ...]) -> str:
    """Return the name of a column that states none: the first title, percent-encoded, or its place (§5.6)."""
    return quote(titles[0], safe="").replace("-", "%2D").replace("~", "%7E") if titles else f"_col.{number}"


def _name(described: Descriptor) -> str:
    """Return the name, or nothing when there is none, or one that was reported."""
    name = described.text("name")
    if not isinstance(described.value("name"), str):
        return ""
    if re.fullmatch(NAME, name) and not name.startswith("_"):
        return name
    described.warn("name", told("expected letters, digits, _ and . (no _ first), found {name}", name=excerpt(name)))
    return ""


def _titles(described: Descriptor, tongue: str) -> dict[str, tuple[str, ...]]:
    """Return the titles by language (a natural language property, Metadata §5.1.6)."""
    if not isinstance(described.value("titles"), dict):
        return {tongue: described.texts("titles")}
    inner = described.object("titles", "titles")
    titles = {tag: inner.texts(tag) for tag in inner.keys} if inner else {}
    for tag in [tag for tag in titles if not LANGUAGE.fullmatch(tag)]:
        described.warn("titles", told('{tag}: expected a language tag such as "nl" or "en-GB"', tag=tag))
        del titles[tag]
    return titles
