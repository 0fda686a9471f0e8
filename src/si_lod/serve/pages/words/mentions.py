"""The names of what a page mentions that is not itself in the release's graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from si_lod.serve.pages.facts import NAMING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from si_lod.engine.evaluation import Engine
    from si_lod.serve.pages.facts import Fact


def names_of(engine: Engine, iris: Iterable[str]) -> Iterator[Fact]:
    """Yield what the release calls each of ``iris``, by the naming properties, and in which language."""
    for iri in dict.fromkeys(iris):
        for property_ in NAMING:
            for triple in engine.match(NamedNode(iri), property_, None):
                yield iri, property_.value, triple.object
