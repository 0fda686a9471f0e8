"""Placeholders that are still there: what an operator must fill in before the site is anyone's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal

from si_lod.rehearse.finding import Effect, Finding
from si_lod.rehearse.terms import DCT, FOAF, VCARD, shortened
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from si_lod.rehearse.evidence import Evidence

_HOST: Final = re.compile(r"mailto:[^@]*@([^?]+)|https?://(?:[^/?#@]*@)?([^/?#:]+)", re.IGNORECASE)
_RESERVED: Final = re.compile(r"(.*\.)?(example\.(org|com|net)|example|test|invalid|localhost)")
"""Domains that belong to nobody (RFC 2606, RFC 6761)."""
_WORDS: Final = re.compile(r"\b(sample|placeholder|voorbeeld\w*|todo|tbd|lorem ipsum|changeme)\b", re.IGNORECASE)
_NAMED: Final = (f"{FOAF}name", f"{VCARD}fn", f"{DCT}title", f"{DCT}description")
_LINKED: Final = tuple(
    f"{vocabulary}{name}"
    for vocabulary, names in (
        (FOAF, "homepage mbox page"),
        (VCARD, "hasEmail hasURL"),
        (DCT, "publisher creator license"),
    )
    for name in names.split()
)


def names(evidence: Evidence) -> Iterator[Finding]:
    """Yield which names say of themselves that they are samples."""
    for predicate in _NAMED:
        for node, term in evidence.graph.subjects(predicate):
            if isinstance(term, Literal) and _WORDS.search(term.value):
                said = told('{what} is still a placeholder: "{value}"', what=shortened(predicate), value=term.value)
                yield Finding(Effect.NOTE, evidence.graph.name(node), said)


def domains(evidence: Evidence) -> Iterator[Finding]:
    """Yield which addresses are at a domain that belongs to nobody."""
    for predicate in _LINKED:
        for node, term in evidence.graph.subjects(predicate):
            if not isinstance(term, Literal) and _RESERVED.fullmatch(_host(term.value)):
                said = told("{what} is still a placeholder: {value}", what=shortened(predicate), value=term.value)
                yield Finding(Effect.NOTE, evidence.graph.name(node), said)
    if not evidence.site.url.startswith(evidence.site.base):
        said = told(
            "IRIs begin so, and their readers go there, not where this was visited; see to it that it leads here"
        )
        yield Finding(Effect.NOTE, evidence.site.base, said)
    if _RESERVED.fullmatch(_host(evidence.site.base)):
        said = told("the base of all IRIs is still a placeholder: its domain belongs to nobody")
        yield Finding(Effect.NOTE, evidence.site.base, said)


def _host(iri: str) -> str:
    found = _HOST.match(iri)
    return (found[1] or found[2]).lower() if found else ""
