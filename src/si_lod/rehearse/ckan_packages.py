"""What CKAN makes of each data set: its identity, its texts, keywords, licence and resources (ckanext-dcat)."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from pyoxigraph import BlankNode, Literal

from si_lod.rehearse.finding import Effect, Finding
from si_lod.rehearse.terms import ADMS, DCAT, DCT, FOAF, RDFS, shortened
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from si_lod.rehearse.evidence import Evidence

_KEYWORD: Final = re.compile(r"[\w .-]{2,100}")
_RELABELLED: Final = (f"{DCT}license", f"{DCT}accrualPeriodicity", f"{ADMS}status", f"{DCT}format")
"""Properties whose value should stay an IRI, and would not if it had an rdfs:label."""
LICENCE_TITLES: Final = frozenset(
    {
        "Creative Commons CCZero",
        "Creative Commons Attribution",
        "Creative Commons Attribution Share-Alike",
        "Creative Commons Non-Commercial (Any)",
        "GNU Free Documentation License",
        "Open Data Commons Attribution License",
        "Open Data Commons Open Database License (ODbL)",
        "Open Data Commons Public Domain Dedication and License (PDDL)",
        "UK Open Government Licence (OGL)",
        "Other (Attribution)",
        "Other (Non-Commercial)",
        "Other (Not Open)",
        "Other (Open)",
        "Other (Public Domain)",
    }
)
"""The titles of the licences that a CKAN has from the start."""
_LICENCE_ADDRESS: Final = re.compile(r"http://(www\.)?opendefinition\.org/licenses/[\w-]+/?")


def identity(evidence: Evidence) -> Iterator[Finding]:
    """Yield which data sets CKAN would not know again, or could not name at all."""
    graph = evidence.graph
    topics = dict(graph.subjects(f"{FOAF}primaryTopic"))
    for name, dataset in evidence.described():
        if not graph.values(dataset, f"{DCT}title"):
            said = told("has no title; CKAN ends the whole harvest at a dcat:Dataset without dct:title")
            yield Finding(Effect.STOPS, name, said, name)
        if isinstance(dataset, BlankNode):
            said = told("has no IRI; CKAN knows it again by its identifier or title only")
            yield Finding(Effect.LOSES, name, said, name)
        if dataset in topics:
            said = told("is a catalogue record as well; its fields are overwritten by those of the record")
            yield Finding(Effect.LOSES, name, said, name)


def texts(evidence: Evidence) -> Iterator[Finding]:
    """Yield where a portal in one of the catalogue's languages would show another language, or any of several texts."""
    graph = evidence.graph
    languages = {
        term.language
        for _, dataset in evidence.described()
        for term in graph.values(dataset, f"{DCT}title")
        if isinstance(term, Literal) and term.language
    }
    for name, dataset in evidence.described():
        for predicate in (f"{DCT}title", f"{DCT}description"):
            counted = Counter(t.language for t in graph.values(dataset, predicate) if isinstance(t, Literal))
            for language in sorted(languages - set(counted)):
                said = told('has no {what} in "{language}"', what=shortened(predicate), language=language)
                yield Finding(Effect.LOSES, name, said, name)
            if any(number > 1 for number in counted.values()):
                said = told("has several {what} in one language; CKAN takes any of them", what=shortened(predicate))
                yield Finding(Effect.LOSES, name, said, name)


def keywords(evidence: Evidence) -> Iterator[Finding]:
    """Yield which keywords CKAN splits, and for which it refuses the data set."""
    for name, dataset in evidence.described():
        for keyword in evidence.graph.texts(dataset, f"{DCAT}keyword"):
            if "," in keyword:
                said = told('CKAN splits the keyword "{keyword}" at its comma', keyword=keyword)
                yield Finding(Effect.LOSES, name, said, name)
            if not all(_KEYWORD.fullmatch(part.strip()) for part in keyword.split(",")):
                said = told(
                    'is refused for the keyword "{keyword}": expected 2 to 100 letters, digits, spaces, "-", "_", "."',
                    keyword=keyword,
                )
                yield Finding(Effect.DROPS, name, said, name)


def licences(evidence: Evidence) -> Iterator[Finding]:
    """Yield which data sets get no licence, or any of several: CKAN takes it from the distributions."""
    graph = evidence.graph
    for name, dataset in evidence.described():
        found = {term for node in graph.distributions(dataset) for term in graph.values(node, f"{DCT}license")}
        if not found:
            said = told('no distribution has dct:license; CKAN shows "License not specified"')
            yield Finding(Effect.LOSES, name, said, name)
        elif len(found) > 1:
            said = told("its distributions have {number} licences; CKAN takes any of them", number=len(found))
            yield Finding(Effect.LOSES, name, said, name)
        for licence in sorted(found, key=str):
            known = LICENCE_TITLES.intersection(graph.texts(licence, f"{DCT}title"))
            if not known and not _LICENCE_ADDRESS.fullmatch(licence.value):
                said = told(
                    "CKAN does not know the licence {licence}: give it a dct:title of CKAN's", licence=licence.value
                )
                yield Finding(Effect.LOSES, name, said, name)


def resources(evidence: Evidence) -> Iterator[Finding]:
    """Yield which data sets get no resources, or new ones at each harvest."""
    for name, dataset in evidence.described():
        distributions = evidence.graph.distributions(dataset)
        if not distributions:
            yield Finding(Effect.LOSES, name, told("has no distribution; CKAN shows it without resources"), name)
        blank = sum(isinstance(node, BlankNode) for node in distributions)
        if blank:
            said = told(
                "{number} of its distributions have no IRI; CKAN makes new resources at each harvest", number=blank
            )
            yield Finding(Effect.LOSES, name, said, name)


def labels(evidence: Evidence) -> Iterator[Finding]:
    """Yield which values CKAN replaces by a label."""
    graph = evidence.graph
    for predicate in _RELABELLED:
        for value in dict.fromkeys(term for _, term in graph.subjects(predicate)):
            if graph.values(value, f"{RDFS}label"):
                what = shortened(predicate)
                said = told("CKAN replaces this value of {what} by its rdfs:label; use skos:prefLabel", what=what)
                yield Finding(Effect.LOSES, value.value, said)
