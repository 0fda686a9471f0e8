"""The terms that a catalogue is written in, each vocabulary under its usual prefix."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode, Triple

if TYPE_CHECKING:
    from collections.abc import Mapping

ADMS: Final = "http://www.w3.org/ns/adms#"
DCAT: Final = "http://www.w3.org/ns/dcat#"
DCATAP: Final = "http://data.europa.eu/r5r/"
DCT: Final = "http://purl.org/dc/terms/"
FOAF: Final = "http://xmlns.com/foaf/0.1/"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
SD: Final = "http://www.w3.org/ns/sparql-service-description#"
SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
VOID: Final = "http://rdfs.org/ns/void#"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"
TYPE: Final = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")

Term = NamedNode | Literal


def said(subject: NamedNode, predicate: str, *objects: Term) -> list[Triple]:
    """Return one triple for each object."""
    return [Triple(subject, NamedNode(predicate), term) for term in objects]


def typed(subject: NamedNode, *classes: str) -> list[Triple]:
    """Return that ``subject`` is of these classes."""
    return [Triple(subject, TYPE, NamedNode(name)) for name in classes]


def entitled(titles: Mapping[str, str], known: Mapping[str, str], what: str) -> dict[str, str]:
    """Return a title in each language that ``titles`` has one of the whole in: the ``known`` one, else made of that.

    ``what`` is a word of no language, such as the name of a format.
    """
    return {tag: known.get(tag, f"{title} ({what})") for tag, title in titles.items()}


def worded(texts: dict[str, str]) -> tuple[Literal, ...]:
    """Return one literal for each language tag."""
    return tuple(Literal(text, language=tag) for tag, text in texts.items())
