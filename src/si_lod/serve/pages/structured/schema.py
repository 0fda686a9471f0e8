"""How what is said in W3C and DCMI vocabularies is said in schema.org, which search engines read.

A site's own terms come along by what they are subclasses and subproperties of: these here, or schema.org's own. The
pairs follow schema.org's own statements of equivalence and DCAT 3 §B.3.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from si_lod.serve.pages.vocabulary import (
    ALTERNATIVE_NAMES,
    CREATOR,
    DC,
    DCAT,
    DCT,
    EXACT_MATCH,
    FOAF,
    IDENTIFIER,
    LICENSE,
    NOTATION,
    OA,
    ORG,
    OWL,
    PUBLISHER,
    QB,
    RDFS,
    SCHEMA,
    SKOS,
)

if TYPE_CHECKING:
    from collections.abc import Collection

    from si_lod.serve.pages.facts import Facts

DATA_SET: Final = "Dataset"
CATALOGUE: Final = "DataCatalog"
OBSERVATION: Final = "Observation"

_CLASSES: Final = {
    f"{DCAT}Catalog": CATALOGUE,
    f"{DCAT}Dataset": DATA_SET,
    f"{QB}DataSet": DATA_SET,
    f"{DCAT}Distribution": "DataDownload",
    f"{DCAT}DataService": "WebAPI",
    f"{QB}Observation": OBSERVATION,
    f"{FOAF}Person": "Person",
    f"{ORG}Organization": "Organization",
    f"{ORG}OrganizationalCollaboration": "Organization",
    f"{FOAF}Organization": "Organization",
    f"{FOAF}Group": "Organization",
    f"{DCT}Location": "Place",
    f"{SKOS}ConceptScheme": "DefinedTermSet",
    f"{OWL}Ontology": "DefinedTermSet",
    f"{SKOS}Concept": "DefinedTerm",
    f"{FOAF}Document": "CreativeWork",
    f"{OA}Annotation": "Comment",
    f"{FOAF}Agent": "Organization",
}
"""The type in schema.org of each class, the more telling class first."""

PROPERTIES: Final = {
    **dict.fromkeys(ALTERNATIVE_NAMES, "alternateName"),
    IDENTIFIER: "identifier",
    NOTATION: "identifier",
    LICENSE: "license",
    CREATOR: "creator",
    PUBLISHER: "publisher",
    f"{DC}publisher": "publisher",
    f"{DCT}created": "dateCreated",
    f"{DCT}issued": "datePublished",
    f"{DCT}modified": "dateModified",
    f"{DCT}language": "inLanguage",
    f"{DCT}spatial": "spatialCoverage",
    f"{DCT}temporal": "temporalCoverage",
    f"{DCAT}keyword": "keywords",
    f"{DCAT}version": "version",
    f"{OWL}versionInfo": "version",
    f"{DCAT}dataset": "dataset",
    f"{DCAT}distribution": "distribution",
    f"{DCAT}downloadURL": "contentUrl",
    f"{DCAT}accessURL": "url",
    f"{DCAT}endpointURL": "url",
    f"{DCAT}mediaType": "encodingFormat",
    f"{FOAF}homepage": "url",
    f"{FOAF}page": "url",
    f"{ORG}hasMember": "member",
    f"{SKOS}inScheme": "inDefinedTermSet",
    EXACT_MATCH: "sameAs",
    f"{OWL}sameAs": "sameAs",
}
"""The property of schema.org for each property."""

ADDRESSES: Final = frozenset({"contentUrl", "license", "sameAs", "url"})
"""The properties whose values are addresses, which search engines want as text."""


def kinds(types: Collection[str], superclasses: Facts) -> list[str]:
    """Return the types in schema.org of a thing of those ``types``: those it is said to have, else the nearest."""
    every = {*types, *(above for name in types for above in superclasses.iris(name, f"{RDFS}subClassOf"))}
    own = sorted(name.removeprefix(SCHEMA) for name in every if name.startswith(SCHEMA))
    return own or next(([kind] for name, kind in _CLASSES.items() if name in every), [])


def spoken(property_: str, superproperties: Facts, kind: str) -> list[str]:
    """Return what a property of a thing of ``kind`` is called in schema.org, which is nothing for most."""
    above = superproperties.iris(property_, f"{RDFS}subPropertyOf")
    found = [PROPERTIES.get(name) or name.removeprefix(SCHEMA) for name in (property_, *above) if _is_known(name)]
    named = ("observationAbout" if kind == OBSERVATION and name == "about" else name for name in found)
    return list(dict.fromkeys(named))


def _is_known(property_: str) -> bool:
    return property_ in PROPERTIES or property_.startswith(SCHEMA)
