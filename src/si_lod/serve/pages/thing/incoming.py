"""What refers to a thing, grouped by how and by what, and counted."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import groupby, islice
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode

from si_lod.serve.pages.facts import LABEL_TERMS, Fact, Facts, asked, named
from si_lod.serve.pages.thing.properties import specific
from si_lod.serve.pages.vocabulary import DERIVED_FROM, PREFIXES, TYPE
from si_lod.serve.pages.words.usual import usual_inverse
from si_lod.serve.pages.words.wording import Link, Text, Wording, by_words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from si_lod.engine.evaluation import Engine

MOST: Final = 2000
"""How many triples that lead to a thing are looked at one by one; of more, each property is still counted."""

SHOWN: Final = 60
"""How many members of a group are listed."""

_TRIPLES: Final = f"{PREFIXES} SELECT ?this ?s ?p WHERE {{ ?s ?p ?this }} ORDER BY ?p ?s LIMIT {MOST}"
_SUBJECTS: Final = f"""{PREFIXES}
SELECT DISTINCT ?this ?s ?p ?o WHERE {{
  ?s ?via ?this ; ?p ?o FILTER(?p IN (rdf:type, dct:identifier, {LABEL_TERMS})) }}
ORDER BY ?s ?p ?o LIMIT {MOST * 10}"""
_WAYS: Final = f"""{PREFIXES}
SELECT DISTINCT ?this ?s ?p ?o WHERE {{ ?subject ?s ?this . ?s ?p ?o FILTER(?p IN ({LABEL_TERMS})) }}"""


@dataclass(frozen=True, slots=True)
class Referrers:
    """Things of one kind that refer by one property; ``more`` leads to a query for all where not all are shown.

    ``inverse`` is what the property is called from here, where it has such a name.
    """

    property: Text
    inverse: str | None
    kind: Text | None
    count: int
    links: list[Link]
    more: str | None


def referring(engine: Engine, iri: str) -> Facts:
    """Return the triples that lead to ``iri``, with the names and types of their subjects and the names of terms."""
    this = NamedNode(iri)
    subjects = Facts.of(asked(engine, _SUBJECTS, this=this))
    # Looked up, since a query for the names of classes would have the store begin with the members of them all.
    classes = {class_ for subject in subjects.index for class_ in subjects.iris(subject, TYPE)}
    names = named(engine, map(NamedNode, sorted(classes)))
    return Facts.of(_triples(engine, this), subjects.triples(), asked(engine, _WAYS, this=this), names)


def referrers(
    wording: Wording, iri: str, superclasses: Facts, apart: Collection[str], numbers: Mapping[str, int]
) -> list[Referrers]:
    """Return what refers to ``iri`` other than the subjects ``apart``, which the page shows already.

    ``numbers`` are those of the triples of each property that lead there. Provenance comes last; the rest in the
    order of the properties' names. Properties of more subjects than can be looked at come first, counted.
    """
    counts = Counter(numbers)
    looked_at = Counter(path for _, path in _ways(wording.facts, iri))
    beyond = {path for path, count in counts.items() if count > looked_at[path]} if counts.total() > MOST else set()
    pairs = sorted(
        (
            path == DERIVED_FROM,
            wording.term(path).words.casefold(),
            path,
            _kind(wording, subject, superclasses),
            subject,
        )
        for subject, path in _ways(wording.facts, iri)
        if subject not in apart and path not in beyond
    )
    found = [_uncounted(wording, path, iri, counts[path]) for path in sorted(beyond)]
    for (_, _, path, kind), members in groupby(pairs, key=lambda pair: pair[:4]):
        links = sorted((wording.link(member[4]) for member in members), key=by_words)
        more = _query(wording, path, iri) if len(links) > SHOWN else None
        name = wording.term(kind) if kind else None
        found.append(Referrers(*_called(wording, path), name, len(links), links[:SHOWN], more))
    return found


def _uncounted(wording: Wording, path: str, iri: str, count: int) -> Referrers:
    """Return the subjects of a property that are too many to look at each: some of them, and how many there are."""
    known = (subject for subject, way in _ways(wording.facts, iri) if way == path)
    links = sorted((wording.link(subject) for subject in islice(known, SHOWN)), key=by_words)
    return Referrers(*_called(wording, path), None, count, links, _query(wording, path, iri))


def _called(wording: Wording, path: str) -> tuple[Text, str | None]:
    return wording.term(path), usual_inverse(path, wording.view.locale)


def _triples(engine: Engine, this: NamedNode) -> Iterator[Fact]:
    for solution in engine.select(_TRIPLES, this=this):
        subject, path = solution["s"], solution["p"]
        if isinstance(subject, NamedNode) and isinstance(path, NamedNode):
            yield subject.value, path.value, this


def _ways(facts: Facts, iri: str) -> Iterator[tuple[str, str]]:
    this = NamedNode(iri)
    for subject, said in facts.index.items():
        for path, objects in said.items():
            if this in objects and subject != iri:
                yield subject, path


def _kind(wording: Wording, subject: str, superclasses: Facts) -> str:
    kinds = specific(wording.facts.iris(subject, TYPE), superclasses)
    return kinds[0] if kinds else ""


def _query(wording: Wording, path: str, iri: str) -> str:
    """Return the address of the query form, filled in with a query for every subject."""
    pattern = f"?thing {NamedNode(path)} {NamedNode(iri)}"
    return wording.view.link("/sparql", query=f"SELECT ?thing WHERE {{\n  {pattern} .\n}}\nORDER BY ?thing")
