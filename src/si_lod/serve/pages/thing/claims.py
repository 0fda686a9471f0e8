"""Claims about a thing (schema.org Claim): statements in words, each with what it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode

from si_lod.serve.pages.facts import LABEL_TERMS, READABLE, Facts, asked
from si_lod.serve.pages.thing.properties import Group, groups
from si_lod.serve.pages.vocabulary import PREFIXES, SCHEMA, TEXT, TYPE
from si_lod.serve.pages.words.wording import Link, Text, Wording

if TYPE_CHECKING:
    from si_lod.engine.evaluation import Engine
    from si_lod.serve.pages.thing.shapes import Presentation

_CLAIMS: Final = f"{PREFIXES} SELECT DISTINCT ?this ?s ?p ?o WHERE {{ ?s ?via ?this ; a schema:Claim ; ?p ?o }}"
_MENTIONED: Final = f"""{PREFIXES}
SELECT DISTINCT ?this ?s ?p ?o WHERE {{ ?claim ?via ?this ; a schema:Claim ; ?any ?s . ?s ?p ?o {READABLE} }}"""

_PROPERTIES: Final = f"""{PREFIXES}
SELECT DISTINCT ?this ?s ?p ?o WHERE {{
  ?claim ?via ?this ; a schema:Claim ; ?s ?any . ?s ?p ?o FILTER(?p IN ({LABEL_TERMS})) }}"""


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim: its words, where to read more of it, and its properties but the one that leads to the page."""

    link: Link
    texts: list[Text]
    groups: list[Group]


def claimed(engine: Engine, iri: str) -> Facts:
    """Return the claims that refer to ``iri`` and what they mention."""
    this = NamedNode(iri)
    return Facts.of(*(asked(engine, query, this=this) for query in (_CLAIMS, _MENTIONED, _PROPERTIES)))


def claimants(facts: Facts) -> list[str]:
    """Return the IRIs of the claims among ``facts``."""
    return sorted(iri for iri in facts.index if f"{SCHEMA}Claim" in facts.iris(iri, TYPE))


def claims(wording: Wording, presentation: Presentation, iris: list[str], this: str) -> list[Claim]:
    """Return the claims ``iris`` as the page about ``this`` shows them."""
    found = []
    for iri in iris:
        texts = [wording.text(literal) for literal in wording.best(wording.facts.objects(iri, TEXT))]
        back = [path for path in wording.facts.about(iri) if wording.facts.iris(iri, path) == [this]]
        link = Link(Text(wording.code(iri)), iri, wording.view.href(iri))
        found.append(Claim(link, texts, groups(wording, presentation, iri, back)))
    return found
