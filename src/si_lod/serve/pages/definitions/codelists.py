"""The site's code lists (SKOS concept schemes) with their members."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal

from si_lod.serve.pages.facts import LABEL_TERMS, Facts, asked
from si_lod.serve.pages.vocabulary import COMMENT, DEFINITION, NOTATION, PREFIXES, SKOS, TYPE
from si_lod.serve.pages.words.wording import Link, Text, Wording

if TYPE_CHECKING:
    from si_lod.serve.view import View

MOST_MEMBERS: Final = 30
"""How many members a list may have to be set out in the documentation; longer ones have only their own page."""

_SCHEMES: Final = f"""{PREFIXES}
SELECT DISTINCT ?s ?p ?o WHERE {{
  {{ ?s a skos:ConceptScheme ; ?p ?o FILTER(?p IN (rdf:type, rdfs:comment, skos:definition, {LABEL_TERMS})) }} UNION
  {{ ?scheme a skos:ConceptScheme . ?s skos:inScheme ?scheme ; ?p ?o
     FILTER(?p IN (skos:inScheme, skos:notation, skos:definition, dct:identifier, {LABEL_TERMS})) }} }}"""


@dataclass(frozen=True, slots=True)
class Code:
    """One member of a code list."""

    notation: str
    link: Link
    definitions: list[Text]


@dataclass(frozen=True, slots=True)
class CodeList:
    """A concept scheme; ``codes`` is empty where there are too many to show."""

    anchor: str
    link: Link
    definitions: list[Text]
    count: int
    codes: list[Code]


def codelists(view: View) -> list[CodeList]:
    """Return the code lists by name, the members of each by notation."""
    facts = Facts.of(asked(view.engine, _SCHEMES))
    wording = Wording(view, facts)
    schemes = facts.subjects(TYPE, f"{SKOS}ConceptScheme")
    found = [_codelist(wording, scheme, facts.subjects(f"{SKOS}inScheme", scheme)) for scheme in schemes]
    return sorted(found, key=lambda one: (one.link.text.words.casefold(), one.link.iri))


def _codelist(wording: Wording, scheme: str, members: list[str]) -> CodeList:
    codes = sorted((_code(wording, iri) for iri in members), key=lambda code: (code.notation, code.link.iri))
    shown = codes if len(codes) <= MOST_MEMBERS else []
    anchor = f"scheme-{scheme.rpartition('/')[2]}"
    return CodeList(anchor, wording.link(scheme), _definitions(wording, scheme), len(codes), shown)


def _code(wording: Wording, iri: str) -> Code:
    notations = [term.value for term in wording.facts.objects(iri, NOTATION) if isinstance(term, Literal)]
    return Code(notations[0] if notations else wording.code(iri), wording.link(iri), _definitions(wording, iri))


def _definitions(wording: Wording, iri: str) -> list[Text]:
    said = [literal for path in (DEFINITION, COMMENT) for literal in wording.best(wording.facts.objects(iri, path))]
    return list(dict.fromkeys(map(wording.text, said)))
