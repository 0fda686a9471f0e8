"""What can be wrong with a site's own description, ``data/site.toml``, said so that its editor can mend it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from si_lod.errors import InvalidSetting
from si_lod.iris import IriDesign
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_IRI: Final = re.compile(r"[^\x00-\x20<>\"{}|\\^`]+")
_PREFIX: Final = re.compile(r"[A-Za-z](?:[A-Za-z0-9-]*[A-Za-z0-9])?")
MOST_TILES: Final = 40
"""The most columns and the most rows of the drawing of all places."""
_TAG: Final = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")
_REQUIRED: dict[str, type] = {
    "base": str,
    "ontology": str,
    "languages": list,
    "title": dict,
    "description": dict,
}
_OPTIONAL: dict[str, type] = {"prefixes": dict, "lists": list, "unmarked": list, "headlines": list, "marks": dict}
_NESTED: Final = ("plurals", "remarks", "tiles")
"""The tables whose values are no texts."""

MARKS: Final = ("about", "above", "below", "ahead")
"""How a chart can draw a value: near to what it says, more than that, less than that, not a fact yet."""


def complaints(table: Mapping[str, Any]) -> list[str]:
    """Return what is wrong with the keys and values of a site's description, each a message."""
    known = _REQUIRED | _OPTIONAL | dict.fromkeys(_NESTED, dict)
    found: list[str] = [
        told("{name}: not a key of a site; expected one of {known}", name=name, known=", ".join(known))
        for name in table
        if name not in known
    ]
    found += [told("{name}: expected this key, found none", name=name) for name in _REQUIRED if name not in table]
    words: dict[type, str] = {str: told("a text"), list: told("a list of texts"), dict: told("a table of texts")}
    found += [
        told("{name}: expected {what}, found {value!r}", name=name, what=words[known[name]], value=value)
        for name, value in table.items()
        if name in known and name not in _NESTED and not _fits(value, known[name])
    ]
    found += [one for name in ("plurals", "remarks") for one in _class_complaints(name, table.get(name, {}))]
    found += [*_tile_complaints(table.get("tiles", {}))]
    if not found:
        found += [
            told(
                "{name}: expected a text for each of the languages, found none for {language}",
                name=name,
                language=language,
            )
            for name in ("title", "description")
            for language in table["languages"]
            if language not in table[name]
        ]
        found += _base_complaints(table["base"])
        found += _unwritable(table)
        found += _mark_complaints(table.get("marks", {}))
    return found


def _fits(value: object, kind: type) -> bool:
    if isinstance(value, dict):
        return kind is dict and all(isinstance(text, str) for text in value.values())
    if isinstance(value, list):
        return kind is list and bool(value) and all(isinstance(text, str) for text in value)
    return kind is str and isinstance(value, str)


def _unwritable(table: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is wrong with the IRIs and language tags, which are written into pages and queries as they are."""
    iris = [("ontology", table["ontology"]), *(("prefixes", iri) for iri in table.get("prefixes", {}).values())]
    iris += [(name, iri) for name in ("lists", "unmarked", "marks") for iri in table.get(name, ())]
    iris += [(name, iri) for name in _NESTED for iri in table.get(name, {})]
    for name, iri in iris:
        if not _IRI.fullmatch(iri):
            yield told('{name}: expected an IRI, found "{iri}"', name=name, iri=iri)
    for name in table.get("prefixes", {}):
        if not _PREFIX.fullmatch(name):
            yield told('prefixes: expected a name of letters, digits and hyphens, found "{name}"', name=name)
    for tag in table["languages"]:
        if not _TAG.fullmatch(tag):
            yield told('languages: expected a language tag such as "nl" or "en-GB", found "{tag}"', tag=tag)


def _class_complaints(name: str, said: object) -> Iterator[str]:
    if not (isinstance(said, dict) and all(isinstance(texts, dict) and _fits(texts, dict) for texts in said.values())):
        yield told(
            "{name}: expected for each class a text for each of the languages, found {value!r}", name=name, value=said
        )


def _tile_complaints(tiles: object) -> Iterator[str]:
    """Yield what is wrong with the places in the drawing: each has a column and a row, counted from 1, of its own."""
    places = list(tiles.values()) if isinstance(tiles, dict) else [str(tiles)]
    for place in places:
        if not (isinstance(place, list) and len(place) == len(("column", "row")) and all(map(_is_count, place))):
            yield told(
                "tiles: expected the column and the row of a place, such as [3, 1], found {value!r}", value=place
            )
        elif places.count(place) > 1:
            yield told("tiles: expected a column and row of its own for each place, found {value!r} twice", value=place)
            return


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= MOST_TILES


def _mark_complaints(marks: Mapping[str, str]) -> Iterator[str]:
    for mark in marks.values():
        if mark not in MARKS:
            yield told('marks: expected one of {known}, found "{mark}"', known=", ".join(MARKS), mark=mark)


def _base_complaints(base: str) -> list[str]:
    try:
        IriDesign.of(base)
    except InvalidSetting as error:
        return [str(error)]
    return []
