"""The names that the context of CSVW brings: prefixes of IRIs, and tags of languages (Metadata §5.1, §5.2)."""

from __future__ import annotations

import re
from typing import Final

W3: Final = "http://www.w3.org"
UNDETERMINED: Final = "und"
LANGUAGE: Final = re.compile(r"(?:[A-Za-z]{2,8}|[ixIX](?=-))(?:-[A-Za-z0-9]{1,8})*")

# Those of RDFa's initial context and CSVW's own.
PREFIXES: Final = {
    "as": f"{W3}/ns/activitystreams#",
    "cc": "http://creativecommons.org/ns#",
    "csvw": f"{W3}/ns/csvw#",
    "ctag": "http://commontag.org/ns#",
    "dc": "http://purl.org/dc/terms/",
    "dc11": "http://purl.org/dc/elements/1.1/",
    "dcat": f"{W3}/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "dctypes": "http://purl.org/dc/dcmitype/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "gr": "http://purl.org/goodrelations/v1#",
    "grddl": f"{W3}/2003/g/data-view#",
    "ical": f"{W3}/2002/12/cal/icaltzd#",
    "ma": f"{W3}/ns/ma-ont#",
    "oa": f"{W3}/ns/oa#",
    "og": "http://ogp.me/ns#",
    "org": f"{W3}/ns/org#",
    "owl": f"{W3}/2002/07/owl#",
    "prov": f"{W3}/ns/prov#",
    "qb": "http://purl.org/linked-data/cube#",
    "rdf": f"{W3}/1999/02/22-rdf-syntax-ns#",
    "rdfa": f"{W3}/ns/rdfa#",
    "rdfs": f"{W3}/2000/01/rdf-schema#",
    "rev": "http://purl.org/stuff/rev#",
    "rif": f"{W3}/2007/rif#",
    "rr": f"{W3}/ns/r2rml#",
    "schema": "http://schema.org/",
    "sd": f"{W3}/ns/sparql-service-description#",
    "sioc": "http://rdfs.org/sioc/ns#",
    "skos": f"{W3}/2004/02/skos/core#",
    "skosxl": f"{W3}/2008/05/skos-xl#",
    "v": "http://rdf.data-vocabulary.org/#",
    "vcard": f"{W3}/2006/vcard/ns#",
    "void": "http://rdfs.org/ns/void#",
    "wdr": f"{W3}/2007/05/powder#",
    "wdrs": f"{W3}/2007/05/powder-s#",
    "xhv": f"{W3}/1999/xhtml/vocab#",
    "xml": f"{W3}/XML/1998/namespace",
    "xsd": f"{W3}/2001/XMLSchema#",
}


def expand(name: str) -> str:
    """Return the IRI of a prefixed name of the context; anything else stays as it is (Metadata §5.1.3)."""
    prefix, colon, rest = name.partition(":")
    if colon and prefix in PREFIXES and not rest.startswith("//"):
        return PREFIXES[prefix] + rest
    return name
