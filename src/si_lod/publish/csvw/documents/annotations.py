"""Common properties and notes: annotations of other vocabularies, checked and then passed over (Metadata §5.8, §6).

They make no triple in minimal mode. What the standard forbids in them is reported all the same, so that another
converter does not refuse what this one took.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from si_lod.publish.csvw.documents.names import LANGUAGE, PREFIXES
from si_lod.publish.csvw.documents.objects import Members
from si_lod.publish.csvw.faults import excerpt
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Iterator

KEYWORDS: Final = frozenset({"@value", "@type", "@language", "@id"})
ABSOLUTE: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s]+")
# The terms of the context that may be a type: its classes, and the datatypes by their names (Metadata §6.1).
TERM: Final = re.compile(r"Table(?:Group)?|Schema|Column|Row|Cell|Dialect|Direction|Transformation|[a-z][A-Za-z0-9]*")


def mistakes(value: object) -> Iterator[str]:
    """Yield what is wrong with the value of a common property, or with a note."""
    if isinstance(value, list):
        for one in value:
            yield from mistakes(one)
    elif isinstance(value, Members):
        yield from _keywords(value)
        yield from _value_object(value) if "@value" in value else _node_object(value)
        for key, inner in value.items():
            if not key.startswith("@"):
                yield from mistakes(inner)


def _keywords(members: Members) -> Iterator[str]:
    for key in members:
        if key.startswith("@") and key not in KEYWORDS:
            yield told(
                "expected no keyword but {names}, found {key}", names=", ".join(sorted(KEYWORDS)), key=excerpt(key)
            )
    for key in ("@id", "@type"):
        found = members.get(key)
        for one in found if isinstance(found, list) else [found]:
            if isinstance(one, str) and one.startswith("_:"):
                yield told("{key}: expected an IRI, found the blank node {one}", key=key, one=excerpt(one))
            elif key == "@type" and key in members and not _is_type(one):
                yield told(
                    "@type: expected a term of CSVW, a prefixed name or an absolute IRI, found {one}", one=excerpt(one)
                )


def _is_type(found: object) -> bool:
    if not isinstance(found, str):
        return False
    prefix, colon, _ = found.partition(":")
    return bool(ABSOLUTE.fullmatch(found) if colon and prefix not in PREFIXES else colon or TERM.fullmatch(found))


def _value_object(members: Members) -> Iterator[str]:
    others = members.keys() - {"@value"}
    if others - {"@type"} and others - {"@language"}:
        yield told("expected @value with @type or @language and nothing else, found {names}", names=", ".join(members))
    if not isinstance(members["@value"], str | int | float):
        yield told("@value: expected a string, a number or a boolean, found {found}", found=excerpt(members["@value"]))
    found = members.get("@language", "en")
    if not isinstance(found, str) or not LANGUAGE.fullmatch(found):
        yield told('@language: expected a language tag such as "nl" or "en-GB", found {found}', found=excerpt(found))


def _node_object(members: Members) -> Iterator[str]:
    if "@language" in members:
        yield told("@language: expected a @value beside it, found none")
