"""What the engine says of a release's graph that is whole, in triples, wherever it says so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Self, cast

from pyoxigraph import Literal, NamedNode, Triple

from si_lod.engine.remote.looking.naming import HAS_PART, graph_of
from si_lod.errors import EndpointFailed
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from si_lod.release import Manifest

_HAS_PART: Final = NamedNode(HAS_PART)
_VERSION: Final = NamedNode("http://www.w3.org/2002/07/owl#versionInfo")
_ISSUED: Final = NamedNode("http://purl.org/dc/terms/issued")
_DATE: Final = NamedNode("http://www.w3.org/2001/XMLSchema#date")


class Crossed(EndpointFailed):
    """Another push did something in the engine at the same time that is not to be undone."""

    @classmethod
    def at(cls, address: str) -> Self:
        """Return what is said of a push to that address which was crossed by another."""
        return cls(told("{address}: another push was made at the same time; push again", address=address))


@dataclass(frozen=True, slots=True)
class Held:
    """A release's graph that is whole in the engine."""

    graph: str
    version: str
    issued: str

    @classmethod
    def of(cls, manifest: Manifest) -> Self:
        """Return what is to be said of that release when it is put into a new graph."""
        return cls(graph_of(manifest), manifest.version, manifest.issued)

    def triples(self, whole: NamedNode) -> Iterator[Triple]:
        """Yield what says that the graph is a part of that whole, and of which release it is."""
        graph = NamedNode(self.graph)
        yield Triple(whole, _HAS_PART, graph)
        yield Triple(graph, _VERSION, Literal(self.version))
        yield Triple(graph, _ISSUED, Literal(self.issued, datatype=_DATE))


def held_in(triples: Sequence[Triple]) -> tuple[Held, ...]:
    """Return all graphs that the triples say are a part of something, by name."""
    said = {(t.subject, t.predicate): cast("Literal", t.object).value for t in triples}
    graphs = sorted(cast("NamedNode", t.object) for t in triples if t.predicate == _HAS_PART)
    return tuple(Held(graph.value, said.get((graph, _VERSION), ""), said.get((graph, _ISSUED), "")) for graph in graphs)
