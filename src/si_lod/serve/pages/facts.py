"""A small part of the graph, indexed for reading: what one page needs to know."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Final, Self

from pyoxigraph import NamedNode

from si_lod.languages import LANGUAGE
from si_lod.serve.nodes import LABELS
from si_lod.serve.pages.vocabulary import DC, DCT, EXACT_MATCH, FOAF, IDENTIFIER, NOTATION, PREFIXES, TYPE, XSD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pyoxigraph import Triple

    from si_lod.engine.evaluation import Engine, Term

Fact = tuple[str, str, "Term"]
"""A triple whose subject and predicate are IRIs, as texts."""

NAMING: Final = (*LABELS, NamedNode(LANGUAGE))
"""The properties that name a thing, and the one that says in which language a name is that does not say so itself."""

CALLED: Final = (*NAMING, NamedNode(IDENTIFIER), NamedNode(NOTATION))
"""These, and the properties whose values a thing without a name is called by."""

LABEL_TERMS: Final = ", ".join(f"<{property_.value}>" for property_ in NAMING)
"""The same, as the members of a SPARQL list."""

READABLE: Final = (
    "FILTER(isIRI(?s)) "
    f"FILTER(?p IN ({LABEL_TERMS}, <{TYPE}>, <{EXACT_MATCH}>, <{DC}publisher>, <{DCT}issued>, <{DCT}identifier>, "
    f"<{FOAF}page>) || DATATYPE(?o) = <{XSD}date>)"
)
"""Keeps of ``?s ?p ?o`` what is needed to mention a thing: its names, type, dates, and how to cite it.

No subject is anything but an IRI; where that is not said, some engines look for every literal among the subjects.
"""

NEIGHBOURS: Final = f"{PREFIXES} SELECT DISTINCT ?this ?s ?p ?o WHERE {{ ?this ?any ?s . ?s ?p ?o {READABLE} }}"


@dataclass(frozen=True, slots=True)
class Facts:
    """Objects by subject and predicate, each in the order in which the facts were given."""

    index: Mapping[str, Mapping[str, tuple[Term, ...]]]

    @classmethod
    def of(cls, *sources: Iterable[Fact]) -> Self:
        """Return the facts of all ``sources``, each once."""
        index: dict[str, dict[str, dict[Term, None]]] = {}
        for source in sources:
            for subject, predicate, obj in source:
                index.setdefault(subject, {}).setdefault(predicate, {})[obj] = None
        return cls({s: {p: tuple(objects) for p, objects in said.items()} for s, said in index.items()})

    def about(self, subject: str) -> Mapping[str, tuple[Term, ...]]:
        """Return what is said of ``subject``, by predicate."""
        return self.index.get(subject, {})

    def objects(self, subject: str, predicate: str) -> tuple[Term, ...]:
        """Return the objects of ``predicate``."""
        return self.about(subject).get(predicate, ())

    def iris(self, subject: str, predicate: str) -> list[str]:
        """Return those objects of ``predicate`` that are IRIs."""
        return [term.value for term in self.objects(subject, predicate) if isinstance(term, NamedNode)]

    def triples(self) -> Iterator[Fact]:
        """Return every fact."""
        for subject, said in self.index.items():
            for predicate, objects in said.items():
                for obj in objects:
                    yield subject, predicate, obj

    def subjects(self, predicate: str, iri: str) -> list[str]:
        """Return the subjects that have ``iri`` as object of ``predicate``."""
        return [subject for subject in self.index if iri in self.iris(subject, predicate)]


def of_triples(triples: Iterable[Triple]) -> Iterator[Fact]:
    """Return those of ``triples`` whose subject is an IRI."""
    return ((t.subject.value, t.predicate.value, t.object) for t in triples if isinstance(t.subject, NamedNode))


def asked(engine: Engine, query: str, **bindings: Term) -> Iterator[Fact]:
    """Return the facts that ``query`` selects as ``?s ?p ?o``."""
    for solution in engine.select(query, **bindings):
        subject, predicate, obj = solution["s"], solution["p"], solution["o"]
        if isinstance(subject, NamedNode) and isinstance(predicate, NamedNode) and obj is not None:
            yield subject.value, predicate.value, obj


def named(engine: Engine, iris: Iterable[NamedNode]) -> Iterator[Fact]:
    """Return the names and identifiers of the few ``iris``, by pattern lookups."""
    patterns = ((iri, property_, None) for iri in dict.fromkeys(iris) for property_ in CALLED)
    return of_triples(chain.from_iterable(engine.match_each(patterns)))
