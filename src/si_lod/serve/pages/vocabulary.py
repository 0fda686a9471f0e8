"""The terms of the W3C, DCMI and schema.org vocabularies by which pages recognise what role a thing plays."""

from __future__ import annotations

from typing import Final

RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"
OWL: Final = "http://www.w3.org/2002/07/owl#"
SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
DCT: Final = "http://purl.org/dc/terms/"
DC: Final = "http://purl.org/dc/elements/1.1/"
DCAT: Final = "http://www.w3.org/ns/dcat#"
ORG: Final = "http://www.w3.org/ns/org#"
TIME: Final = "http://www.w3.org/2006/time#"
FOAF: Final = "http://xmlns.com/foaf/0.1/"
SCHEMA: Final = "https://schema.org/"
SH: Final = "http://www.w3.org/ns/shacl#"
QB: Final = "http://purl.org/linked-data/cube#"
OA: Final = "http://www.w3.org/ns/oa#"
PROV: Final = "http://www.w3.org/ns/prov#"
VOID: Final = "http://rdfs.org/ns/void#"
SDMX_ATTRIBUTE: Final = "http://purl.org/linked-data/sdmx/2009/attribute#"
SDMX_DIMENSION: Final = "http://purl.org/linked-data/sdmx/2009/dimension#"

TYPE: Final = f"{RDF}type"
LABEL: Final = f"{RDFS}label"
COMMENT: Final = f"{RDFS}comment"
DEFINITION: Final = f"{SKOS}definition"
IDENTIFIER: Final = f"{DCT}identifier"
NOTATION: Final = f"{SKOS}notation"
IN_SCHEME: Final = f"{SKOS}inScheme"
TOP_CONCEPT_OF: Final = f"{SKOS}topConceptOf"
TEXT: Final = f"{SCHEMA}text"
DERIVED_FROM: Final = f"{PROV}wasDerivedFrom"
HAS_TARGET: Final = f"{OA}hasTarget"
PUBLISHERS: Final = (f"{DC}publisher", f"{DCT}publisher")
LICENSE: Final = f"{DCT}license"
CREATOR: Final = f"{DCT}creator"
PUBLISHER: Final = f"{DCT}publisher"
EXACT_MATCH: Final = f"{SKOS}exactMatch"
UNIT_MEASURE: Final = f"{SDMX_ATTRIBUTE}unitMeasure"

PERIODS: Final = (f"{SDMX_DIMENSION}refPeriod", f"{SDMX_DIMENSION}timePeriod")
"""The SDMX concepts of the time that an observation is of."""

DESCRIPTIONS: Final = (f"{DCT}description", DEFINITION, COMMENT, TEXT)
"""The properties that say in a sentence or two what a thing is; they open its page."""

CHANGE_NOTES: Final = (f"{SKOS}changeNote", f"{SKOS}historyNote")
"""The properties that tell what became of a term or a document, and when."""

ALTERNATIVE_NAMES: Final = (f"{SKOS}altLabel", f"{DCT}alternative", f"{SCHEMA}alternateName")

TECHNICAL: Final = (
    *(IDENTIFIER, NOTATION, IN_SCHEME, TOP_CONCEPT_OF, f"{QB}dataSet"),
    *(f"{VOID}{name}" for name in ("classPartition", "propertyPartition", "dataDump", "exampleResource", "uriSpace")),
    *(f"{VOID}{name}" for name in ("sparqlEndpoint", "triples", "entities", "vocabulary")),
)
"""The properties that serve the data's keeping more than its reader; they stand last on a page."""

PREFIXES: Final = "".join(
    f"PREFIX {name}: <{namespace}>\n"
    for name, namespace in {
        "rdf": RDF,
        "rdfs": RDFS,
        "xsd": XSD,
        "owl": OWL,
        "skos": SKOS,
        "dct": DCT,
        "dc": DC,
        "foaf": FOAF,
        "schema": SCHEMA,
        "sh": SH,
        "qb": QB,
        "oa": OA,
        "prov": PROV,
    }.items()
)
"""The prologue of the queries that pages ask."""
