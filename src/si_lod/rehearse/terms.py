"""The vocabularies that catalogues are written in, and the nodes of the lists that their values come from."""

from __future__ import annotations

from typing import Final

ADMS: Final = "http://www.w3.org/ns/adms#"
DCAT: Final = "http://www.w3.org/ns/dcat#"
DCT: Final = "http://purl.org/dc/terms/"
FOAF: Final = "http://xmlns.com/foaf/0.1/"
HYDRA: Final = "http://www.w3.org/ns/hydra/core#"
OWL: Final = "http://www.w3.org/2002/07/owl#"
RDF_TYPE: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
SERVICE_DESCRIPTION: Final = "http://www.w3.org/ns/sparql-service-description#"
SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
VCARD: Final = "http://www.w3.org/2006/vcard/ns#"
VOID: Final = "http://rdfs.org/ns/void#"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"
MEDIA_TYPES: Final = "https://www.iana.org/assignments/media-types/"

_PREFIXES: Final = {
    "adms": ADMS,
    "dcat": DCAT,
    "dct": DCT,
    "foaf": FOAF,
    "hydra": HYDRA,
    "owl": OWL,
    "rdfs": RDFS,
    "skos": SKOS,
    "vcard": VCARD,
    "xsd": XSD,
}


def expanded(name: str) -> str:
    """Return the IRI of a prefixed name.

    >>> expanded("dct:title")
    'http://purl.org/dc/terms/title'
    """
    prefix, _, local = name.partition(":")
    return _PREFIXES[prefix] + local if prefix in _PREFIXES else name


def shortened(iri: str) -> str:
    """Return the prefixed name of an IRI as messages have it, or the IRI.

    >>> shortened("http://www.w3.org/ns/dcat#byteSize")
    'dcat:byteSize'
    """
    return next((f"{p}:{iri.removeprefix(ns)}" for p, ns in _PREFIXES.items() if iri.startswith(ns)), iri)
