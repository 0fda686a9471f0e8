"""Names whose prefix is not declared, with what the prefix probably stands for."""

from __future__ import annotations

from dataclasses import replace
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from si_lod.engine.diagnosis.stopping.stop import Finding
from si_lod.engine.text.tokens import Kind
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from si_lod.engine.text.tokens import Token

_W3: Final = "http://www.w3.org/"
WELL_KNOWN: Final = {
    "rdf": f"{_W3}1999/02/22-rdf-syntax-ns#",
    "rdfs": f"{_W3}2000/01/rdf-schema#",
    "owl": f"{_W3}2002/07/owl#",
    "xsd": f"{_W3}2001/XMLSchema#",
    "skos": f"{_W3}2004/02/skos/core#",
    "sh": f"{_W3}ns/shacl#",
    "org": f"{_W3}ns/org#",
    "prov": f"{_W3}ns/prov#",
    "dcat": f"{_W3}ns/dcat#",
    "time": f"{_W3}2006/time#",
    "fn": f"{_W3}2005/xpath-functions#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dct": "http://purl.org/dc/terms/",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "qb": "http://purl.org/linked-data/cube#",
    "schema": "https://schema.org/",
    "void": "http://rdfs.org/ns/void#",
    "sd": f"{_W3}ns/sparql-service-description#",
    "dqv": f"{_W3}ns/dqv#",
    "oa": f"{_W3}ns/oa#",
    "adms": f"{_W3}ns/adms#",
    "vcard": f"{_W3}2006/vcard/ns#",
    "csvw": f"{_W3}ns/csvw#",
    "ldp": f"{_W3}ns/ldp#",
    "odrl": f"{_W3}ns/odrl/2/",
    "spdx": "http://spdx.org/rdf/terms#",
    "vann": "http://purl.org/vocab/vann/",
    "sdmx-attribute": "http://purl.org/linked-data/sdmx/2009/attribute#",
    "sdmx-code": "http://purl.org/linked-data/sdmx/2009/code#",
    "sdmx-concept": "http://purl.org/linked-data/sdmx/2009/concept#",
    "sdmx-dimension": "http://purl.org/linked-data/sdmx/2009/dimension#",
    "sdmx-measure": "http://purl.org/linked-data/sdmx/2009/measure#",
    "geo": "http://www.opengis.net/ont/geosparql#",
}
"""What nearly everyone means by these prefixes."""

_OF_WIKIDATA: Final = {
    "wd": "entity/", "wdt": "prop/direct/", "p": "prop/", "ps": "prop/statement/", "pq": "prop/qualifier/"
}  # fmt: skip
_NEAR: Final = 0.75
_SCHEMES: Final = frozenset({"http", "https", "urn", "mailto", "ftp", "file"})


def undeclared(read: Sequence[Token], text: str, known: Mapping[str, str]) -> tuple[int, Finding] | None:
    """Return the first name with a prefix that is not declared, by its index among the tokens."""
    declared = {read[place + 1].text[:-1] for place in range(len(read) - 1) if read[place].text.upper() == "PREFIX"}
    for place, token in enumerate(read):
        prefix = token.text.partition(":")[0]
        declares = place > 0 and read[place - 1].text.upper() == "PREFIX"
        if token.kind is Kind.NAME and not declares and prefix not in declared:
            return place, _judged(read, place, text, declared, {**WELL_KNOWN, **known})
    return None


def _judged(read: Sequence[Token], place: int, text: str, declared: set[str], known: Mapping[str, str]) -> Finding:
    token = read[place]
    prefix = token.text.partition(":")[0]
    if prefix.lower() in _SCHEMES:
        bare = text.split("\n")[token.line - 1][token.column - 1 :].split(maxsplit=1)[0]
        bare = bare.rstrip(".;,)}")
        return Finding(replace(token, text=bare), told("an IRI stands in angle brackets"), f"<{bare}>")
    if prefix in known:
        message = told('the prefix "{prefix}:" is not declared; write PREFIX {prefix}: <{iri}> before the query',
                       prefix=prefix, iri=known[prefix])  # fmt: skip
        return Finding(token, message, f"PREFIX {prefix}: <{known[prefix]}>")
    if prefix in _OF_WIKIDATA:
        iri = f"http://www.wikidata.org/{_OF_WIKIDATA[prefix]}"
        message = told('"{prefix}:" is of Wikidata, whose names are asked for at its own endpoint; if these data have '
                       "them too, write PREFIX {prefix}: <{iri}> before the query", prefix=prefix, iri=iri)  # fmt: skip
        return Finding(token, message, f"PREFIX {prefix}: <{iri}>")
    near = [name for some in (declared, known) for name in get_close_matches(prefix, sorted(some), n=1, cutoff=_NEAR)]
    if near:
        meant = f"{near[0]}:{token.text.partition(':')[2]}"
        message = told('the prefix "{prefix}:" is not declared; is {meant} meant?', prefix=prefix, meant=meant)
        return Finding(token, message, meant)
    message = told(
        'the prefix "{prefix}:" is not declared; write "PREFIX {prefix}: <...>" before the query', prefix=prefix
    )
    return Finding(token, message)
