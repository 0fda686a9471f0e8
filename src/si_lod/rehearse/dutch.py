"""data.overheid.nl: DCAT-AP-NL 3.0, a publisher out of a register, one data set for each identifier."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from si_lod.rehearse.conformance import breaches
from si_lod.rehearse.finding import Effect, Finding
from si_lod.rehearse.official import DUTCH, EUROPEAN, violations
from si_lod.rehearse.terms import DCT, OWL, VCARD
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from si_lod.rehearse.evidence import Evidence

REGISTERED: Final = re.compile(r"https://(identifier\.overheid\.nl/tooi/id/[a-z]+/[a-z0-9]+|ror\.org/0[a-z0-9]{8})")
"""Organisations of the Dutch government (TOOI), or of research (ROR)."""
_LONGEST: Final = 2000


def profile(evidence: Evidence) -> Iterator[Finding]:
    """Yield what breaks DCAT-AP-NL: the data set concerned is not taken; a fault of the whole costs the whole."""
    for breach in breaches(evidence.graph, dutch=True):
        for dataset in breach.datasets or ("",):
            effect = Effect.DROPS if dataset else Effect.LOSES
            yield Finding(effect, breach.about, told("not DCAT-AP-NL: {fault}", fault=breach.message), dataset)


def shapes(evidence: Evidence) -> Iterator[Finding]:
    """Yield what the official shapes say: those of the EU hold here as well."""
    yield from violations(evidence, EUROPEAN, Effect.DROPS)
    yield from violations(evidence, DUTCH, Effect.DROPS)


def identifiers(evidence: Evidence) -> Iterator[Finding]:
    """Yield which data sets have an identifier that another one has."""
    known: dict[str, list[str]] = defaultdict(list)
    for name, dataset in evidence.described():
        for identifier in evidence.graph.texts(dataset, f"{DCT}identifier"):
            known[identifier].append(name)
    for identifier, names in known.items():
        for name in names[1:]:
            said = told('has the identifier "{identifier}" of {other}', identifier=identifier, other=names[0])
            yield Finding(Effect.DROPS, name, said, name)


def lengths(evidence: Evidence) -> Iterator[Finding]:
    """Yield which descriptions are longer than the portal's interface takes."""
    for name, dataset in evidence.described():
        for text in evidence.graph.texts(dataset, f"{DCT}description"):
            if len(text) > _LONGEST:
                said = told(
                    "dct:description: expected {most:,} characters at most, found {found:,}",
                    most=_LONGEST,
                    found=len(text),
                )
                yield Finding(Effect.LOSES, name, said, name)


def publishers(evidence: Evidence) -> Iterator[Finding]:
    """Yield which publishers are in no register, and contacts without a telephone, which the portal asks for."""
    graph = evidence.graph
    for publisher in dict.fromkeys(term for _, term in graph.subjects(f"{DCT}publisher")):
        same = graph.texts(publisher, f"{OWL}sameAs")
        if not any(map(REGISTERED.fullmatch, [publisher.value, *same])):
            said = told("the publisher has no IRI of TOOI or ROR; the portal lists organisations by their register")
            yield Finding(Effect.NOTE, graph.name(publisher), said)
    for contact in dict.fromkeys(node for node, _ in graph.subjects(f"{VCARD}fn")):
        if not graph.values(contact, f"{VCARD}hasTelephone"):
            said = told("the contact has no telephone number, which the portal asks for")
            yield Finding(Effect.NOTE, graph.name(contact), said)
