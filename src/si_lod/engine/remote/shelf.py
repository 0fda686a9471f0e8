"""The engine's shelf: a small graph that names the releases' graphs that are whole, and the current one of them.

It is written in one request, so whoever reads it sees it as it was before or as it is after.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from io import BytesIO
from typing import TYPE_CHECKING, Final, Self, cast
from uuid import uuid4

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse, serialize

from si_lod.engine.remote.naming import HAS_PART, MARK, graph_of, shelf_of
from si_lod.errors import EndpointFailed
from si_lod.sentences import told
from si_lod.versions import in_order

if TYPE_CHECKING:
    from collections.abc import Iterator

    from si_lod.engine.remote.graphstore import GraphStore
    from si_lod.release import Manifest

_HAS_PART: Final = NamedNode(HAS_PART)
_MARK: Final = NamedNode(MARK)
_CURRENT: Final = NamedNode("http://www.w3.org/ns/dcat#hasCurrentVersion")
_VERSION: Final = NamedNode("http://www.w3.org/2002/07/owl#versionInfo")
_ISSUED: Final = NamedNode("http://purl.org/dc/terms/issued")
_DATE: Final = NamedNode("http://www.w3.org/2001/XMLSchema#date")


@dataclass(frozen=True, slots=True)
class Held:
    """A release's graph that is whole in the engine; ``mark`` is another whenever it was put there anew."""

    graph: str
    version: str
    issued: str
    mark: str = ""

    @classmethod
    def of(cls, manifest: Manifest) -> Self:
        """Return what the shelf says of that release when it was put there just now."""
        return cls(graph_of(manifest), manifest.version, manifest.issued, uuid4().hex)


@dataclass(frozen=True, slots=True)
class Shelf:
    """What the engine holds of the site with that ``base``; ``current`` is the graph of the release pushed last."""

    base: str
    held: tuple[Held, ...] = ()
    current: str = ""

    @classmethod
    def read(cls, store: GraphStore, base: str) -> Self:
        """Return the shelf as it is in the engine; raises EndpointFailed if it cannot be read."""
        with store.get(shelf_of(base)) as arrival:
            content = arrival.whole() if arrival else b""
        try:
            triples = [quad.triple for quad in parse(content, format=RdfFormat.N_TRIPLES)]
        except SyntaxError as error:
            message = told("{address}: expected N-Triples: {error}", address=store.address, error=error)
            raise EndpointFailed(message) from None
        said = {(str(t.subject), t.predicate): cast("Literal", t.object).value for t in triples}
        graphs = sorted(cast("NamedNode", t.object) for t in triples if t.predicate == _HAS_PART)
        held = (
            Held(graph.value, *(said.get((str(graph), what), "") for what in (_VERSION, _ISSUED, _MARK)))
            for graph in graphs
        )
        return cls(base, tuple(held), said.get((str(NamedNode(shelf_of(base))), _CURRENT), ""))

    def write(self, store: GraphStore) -> None:
        """Make it what the engine says; raises EndpointFailed if another push did the same meanwhile."""
        content = cast("bytes", serialize(self._triples(), format=RdfFormat.N_TRIPLES))
        store.put(shelf_of(self.base), BytesIO(content), len(content))
        if Shelf.read(store, self.base).marks() != self.marks():
            message = told("{address}: another push was made at the same time; push again", address=store.address)
            raise EndpointFailed(message)

    def marks(self) -> frozenset[tuple[str, str]]:
        """Return each graph with its mark, and the current one, whatever an engine makes of dates."""
        return frozenset([*((each.graph, each.mark) for each in self.held), (self.current, "current")])

    def without(self, graphs: frozenset[str]) -> Self:
        """Return the shelf without those graphs."""
        held = tuple(each for each in self.held if each.graph not in graphs)
        return replace(self, held=held, current="" if self.current in graphs else self.current)

    def with_current(self, release: Held) -> Self:
        """Return the shelf with that release as the current one."""
        others = self.without(frozenset({release.graph})).held
        return replace(self, held=(*others, release), current=release.graph)

    def surplus(self, keep: int) -> frozenset[str]:
        """Return the graphs of all releases but the current and the ``keep`` others that were issued last."""
        others = (each for each in self.held if each.graph != self.current)
        ordered = sorted(others, key=lambda each: (each.issued, in_order(each.version)), reverse=True)
        return frozenset(each.graph for each in ordered[keep:])

    def _triples(self) -> Iterator[Triple]:
        shelf = NamedNode(shelf_of(self.base))
        if self.current:
            yield Triple(shelf, _CURRENT, NamedNode(self.current))
        for each in self.held:
            graph = NamedNode(each.graph)
            yield Triple(shelf, _HAS_PART, graph)
            yield Triple(graph, _VERSION, Literal(each.version))
            yield Triple(graph, _ISSUED, Literal(each.issued, datatype=_DATE))
            if each.mark:
                yield Triple(graph, _MARK, Literal(each.mark))
