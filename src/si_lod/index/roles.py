"""The properties by which things are named and described, in the vocabularies of the W3C, DCMI, FOAF and schema.org."""

from __future__ import annotations

from typing import Final

_RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
_SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
_DCT: Final = "http://purl.org/dc/terms/"
_SCHEMA: Final = "https://schema.org/"

TYPE: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
SUBCLASS: Final = f"{_RDFS}subClassOf"

NAMES: Final = (
    f"{_SKOS}prefLabel",
    f"{_RDFS}label",
    f"{_DCT}title",
    "http://xmlns.com/foaf/0.1/name",
    f"{_SCHEMA}name",
)
"""The properties that name a thing, the one to prefer first."""

ALTERNATIVES: Final = (f"{_SKOS}altLabel", f"{_SKOS}hiddenLabel", f"{_DCT}alternative", f"{_SCHEMA}alternateName")
CODES: Final = (f"{_DCT}identifier", f"{_SKOS}notation")
TEXTS: Final = (
    f"{_DCT}description",
    f"{_SKOS}definition",
    f"{_RDFS}comment",
    f"{_SCHEMA}text",
    f"{_SCHEMA}description",
    f"{_SKOS}scopeNote",
    f"{_SKOS}example",
    f"{_DCT}subject",
)

ROLES: Final = (NAMES, ALTERNATIVES, CODES, TEXTS)
"""What a thing is found by, by how much it weighs: what it is called comes before what is said of it."""
