"""The dataset of a query: the graphs that the protocol or FROM names, which the release must have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypedDict

from pyoxigraph import NamedNode

from si_lod.engine.store.syntax import unevaluable_query
from si_lod.errors import InvalidQuery, InvalidRequest
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import BlankNode, DefaultGraph, Store

    from si_lod.engine.evaluation import QueryRequest

_SHOWN: Final = 60
"""How much of what was named a message shows."""


class Dataset(TypedDict, total=False):
    """What replaces the dataset that the query describes."""

    default_graph: list[NamedNode | BlankNode | DefaultGraph]
    named_graphs: list[NamedNode | BlankNode]


def dataset_of(request: QueryRequest) -> Dataset:
    """Return the dataset that the protocol names, or nothing so that the query's own FROM holds."""
    if not request.default_graphs and not request.named_graphs:
        return {}
    return {
        "default_graph": [*graphs_named(request.default_graphs)],
        "named_graphs": [*graphs_named(request.named_graphs)],
    }


def refuse_unknown(store: Store, graphs: tuple[str, ...]) -> None:
    """Raise InvalidQuery for a graph of FROM that the release has not, rather than answer from nothing.

    Raises StoreFailed if the store cannot say whether it has it.
    """
    for graph in graphs:
        try:
            is_known = any(store.quads_for_pattern(None, None, None, graphs_named((graph,))[0]))
        except (RuntimeError, OSError) as error:
            raise unevaluable_query(error) from None
        if not is_known:
            raise unknown_graph(graph)


def unknown_graph(graph: str) -> InvalidQuery:
    """Return what is wrong with a graph of FROM that the release has not."""
    message = told(
        "FROM <{graph}>: the release has no graph of this name and fetches none; "
        "leave FROM out, since everything is in the default graph",
        graph=graph,
    )
    return InvalidQuery(message)


def graphs_named(iris: Iterable[str]) -> list[NamedNode]:
    """Return the graphs of these names; raises InvalidRequest for what is no absolute IRI (RFC 3987 §2.2)."""
    return [_graph_named(iri) for iri in iris]


def _graph_named(iri: str) -> NamedNode:
    try:
        return NamedNode(iri)
    except ValueError:
        found = iri if len(iri) <= _SHOWN else f"{iri[:_SHOWN]}…"
        message = told(
            'expected the absolute IRI of a graph, such as http://example.org/graph, found "{found}"', found=found
        )
        raise InvalidRequest(message) from None
