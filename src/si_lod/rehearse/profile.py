"""DCAT-AP 3.0 and DCAT-AP-NL 3.0 re-stated as a table: how often a property may be there, and what its values are.

The official shapes ask more; these are the rules that every catalogue meets first, and they need no file of others.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from si_lod.rehearse import lists
from si_lod.rehearse.terms import expanded

if TYPE_CHECKING:
    from si_lod.rehearse.lists import ValueList

_MANY: Final = 1 << 30


@dataclass(frozen=True, slots=True)
class Rule:
    """How often a property is there: least and most in the EU's profile, then in the Dutch one; and its values.

    ``kind`` is "text", "iri", "date", "size" or "any"; ``values`` the list that an IRI is from.
    """

    property: str
    eu: tuple[int, int]
    nl: tuple[int, int]
    kind: str = "any"
    values: ValueList | None = None


def _rule(line: str, kind: str = "any", values: ValueList | None = None) -> Rule:
    name, eu, nl = line.split()
    return Rule(expanded(name), _times(eu), _times(nl), kind, values)


def _times(said: str) -> tuple[int, int]:
    least, _, most = said.partition("..")
    return int(least), _MANY if most == "n" else int(most)


RULES: Final = {
    "dcat:Dataset": (
        _rule("dct:title 1..n 1..n", "text"),
        _rule("dct:description 1..n 1..n", "text"),
        _rule("dct:identifier 0..n 1..1"),
        _rule("dct:publisher 0..1 1..1", "iri"),
        _rule("dct:creator 0..n 1..n", "iri"),
        _rule("dcat:contactPoint 0..n 1..1", "iri"),
        _rule("dct:accessRights 0..1 1..1", "iri", lists.DUTCH_ACCESS_RIGHTS),
        _rule("dcat:theme 0..n 1..n", "iri", lists.THEMES),
        _rule("dcat:keyword 0..n 0..n", "text"),
        _rule("dct:accrualPeriodicity 0..1 0..1", "iri", lists.FREQUENCIES),
        _rule("dct:language 0..n 0..n", "iri", lists.LANGUAGES),
        _rule("dct:issued 0..1 0..1", "date"),
        _rule("dct:modified 0..1 0..1", "date"),
        _rule("dct:spatial 0..n 0..n", "iri"),
        _rule("dcat:version 0..1 0..1"),
    ),
    "dcat:Distribution": (
        _rule("dcat:accessURL 1..n 1..1", "iri"),
        _rule("dcat:downloadURL 0..n 0..1", "iri"),
        _rule("dct:license 0..1 1..1", "iri"),
        _rule("dct:format 0..1 0..1", "iri", lists.FILE_TYPES),
        _rule("dcat:mediaType 0..1 0..1", "iri", lists.MEDIA),
        _rule("dcat:byteSize 0..1 0..1", "size"),
        _rule("dct:rights 0..1 0..1"),
        _rule("dct:issued 0..1 0..1", "date"),
        _rule("dct:modified 0..1 0..1", "date"),
        _rule("dcat:accessService 0..n 0..1", "iri"),
        _rule("http://data.europa.eu/r5r/availability 0..1 0..1", "iri", lists.AVAILABILITY),
    ),
    "dcat:DataService": (
        _rule("dct:title 1..n 1..n", "text"),
        _rule("dct:description 0..n 1..n", "text"),
        _rule("dct:identifier 0..n 1..1"),
        _rule("dct:publisher 0..1 1..1", "iri"),
        _rule("dct:accessRights 0..1 1..1", "iri", lists.DUTCH_ACCESS_RIGHTS),
        _rule("dcat:contactPoint 0..n 1..1", "iri"),
        _rule("dcat:theme 0..n 1..n", "iri", lists.THEMES),
        _rule("dct:license 0..1 1..1", "iri"),
        _rule("dcat:endpointURL 1..n 1..1", "iri"),
        _rule("dcat:endpointDescription 0..n 1..1", "iri"),
    ),
    "dcat:Catalog": (
        _rule("dct:title 1..n 1..n", "text"),
        _rule("dct:description 1..n 1..n", "text"),
        _rule("dct:publisher 1..1 1..1", "iri"),
        _rule("dcat:contactPoint 0..n 1..1", "iri"),
        _rule("dcat:dataset 0..n 1..n", "iri"),
        _rule("dct:license 0..1 0..1", "iri"),
        _rule("dct:issued 0..1 0..1", "date"),
        _rule("dct:modified 0..1 0..1", "date"),
    ),
    "vcard:Kind": (
        _rule("vcard:hasEmail 0..n 0..n", "iri"),
        _rule("vcard:hasURL 0..n 0..n", "iri"),
        _rule("vcard:hasTelephone 0..n 0..n", "iri"),
    ),
    "dcat:CatalogRecord": (
        _rule("foaf:primaryTopic 1..1 1..1", "iri"),
        _rule("dct:modified 1..1 1..1", "date"),
        _rule("dct:issued 0..1 0..1", "date"),
    ),
}
"""The rules by class."""
