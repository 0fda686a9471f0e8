"""What the shapes demand (SHACL §2), in the words that they have for people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from si_lod.serve.pages.facts import LABEL_TERMS, Facts, asked
from si_lod.serve.pages.vocabulary import PREFIXES, SH, TYPE
from si_lod.serve.pages.wording import Link, Text, Wording, by_words

if TYPE_CHECKING:
    from si_lod.serve.view import View

_RULES: Final = f"""{PREFIXES}
SELECT DISTINCT ?s ?p ?o WHERE {{
  {{ ?s a sh:NodeShape ; ?p ?o
     FILTER(?p IN (rdf:type, sh:targetClass, sh:property, sh:sparql, sh:name, sh:message)) }} UNION
  {{ ?node sh:property|sh:sparql ?s . ?s ?p ?o FILTER(?p IN (sh:name, sh:message)) }} UNION
  {{ ?node sh:targetClass ?s . ?s ?p ?o FILTER(?p IN ({LABEL_TERMS})) }} }}"""


@dataclass(frozen=True, slots=True)
class Rule:
    """One demand: what it is about, and the message for data that does not meet it."""

    name: Text | None
    messages: list[Text]


@dataclass(frozen=True, slots=True)
class RuleSet:
    """The demands on the things of some classes, which one node shape makes."""

    anchor: str
    iri: str
    name: Text
    targets: list[Link]
    rules: list[Rule]


def rule_sets(view: View, document: str) -> list[RuleSet]:
    """Return what the node shapes in the namespace of ``document`` demand, by name; those with messages only."""
    facts = Facts.of(asked(view.engine, _RULES))
    wording = Wording(view, facts)
    shapes = [iri for iri in facts.subjects(TYPE, f"{SH}NodeShape") if iri.startswith(f"{document}#")]
    found = [_rule_set(wording, iri) for iri in shapes]
    return sorted((one for one in found if one.rules), key=lambda one: (one.name.words.casefold(), one.iri))


def _rule_set(wording: Wording, iri: str) -> RuleSet:
    facts = wording.facts
    parts = [iri, *facts.iris(iri, f"{SH}property"), *facts.iris(iri, f"{SH}sparql")]
    rules = [Rule(_name(wording, part), messages) for part in parts if (messages := _messages(wording, part))]
    targets = sorted(map(wording.link, facts.iris(iri, f"{SH}targetClass")), key=by_words)
    name = _name(wording, iri) or wording.term(iri)
    return RuleSet(iri.rpartition("#")[2], iri, name, targets, rules)


def _name(wording: Wording, iri: str) -> Text | None:
    found = wording.best(wording.facts.objects(iri, f"{SH}name"))
    return wording.text(found[0]) if found else None


def _messages(wording: Wording, iri: str) -> list[Text]:
    return [wording.text(literal) for literal in wording.best(wording.facts.objects(iri, f"{SH}message"))]
