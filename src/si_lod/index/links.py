"""How much leads to a thing, counted at publishing where it is much, so that no reader has to wait for the count."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

from pyoxigraph import Literal, NamedNode, Variable

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Mapping

    from pyoxigraph import BlankNode, QuerySolutions, Store, Triple

    from si_lod.index.file import Index

FEW: Final = 200
"""So many triples that lead to one thing are soon counted; of more, the index holds the count."""

_CROWDED: Final = f"""
SELECT ?object WHERE {{ ?subject ?predicate ?object FILTER(isIRI(?object)) }}
GROUP BY ?object HAVING(COUNT(?subject) > {FEW})"""
_COUNTS: Final = """
SELECT ?object ?predicate (COUNT(?subject) AS ?count)
WHERE { ?subject ?predicate ?object } GROUP BY ?object ?predicate"""


@dataclass(frozen=True, slots=True)
class Links:
    """The numbers of triples that lead to the things of a release that more than ``FEW`` lead to."""

    index: Index

    def counts(self, iri: str) -> Mapping[str, int]:
        """Return how many triples of each property lead to ``iri``; nothing if they are few."""
        query = "SELECT predicate, count FROM links WHERE object = ? ORDER BY predicate"
        return {str(predicate): int(count) for predicate, count in self.index.rows(query, (iri,))}


def write_links(store: Store, database: sqlite3.Connection) -> None:
    """Write the counts of whatever in the store's default graph has more than ``FEW`` triples that lead to it."""
    crowded = sorted(cast("NamedNode", solution["object"]).value for solution in _solutions(store, _CROWDED))
    for iri in crowded:
        found = [
            (iri, predicate.value, int(count.value))
            for solution in _solutions(store, _COUNTS, NamedNode(iri))
            if isinstance(predicate := solution["predicate"], NamedNode)
            and isinstance(count := solution["count"], Literal)
        ]
        database.executemany("INSERT INTO links VALUES (?, ?, ?)", sorted(found))


def _solutions(store: Store, query: str, thing: NamedNode | None = None) -> Iterator[dict[str, object]]:
    bound: dict[Variable, NamedNode | BlankNode | Literal | Triple] = {Variable("object"): thing} if thing else {}
    solutions = cast("QuerySolutions", store.query(query, substitutions=bound))
    names = [variable.value for variable in solutions.variables]
    for solution in solutions:
        yield dict(zip(names, solution, strict=True))
