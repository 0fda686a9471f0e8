"""The names of what a page mentions that is not itself in the release's graph."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from si_lod.serve.pages.facts import NAMING, of_triples

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from si_lod.engine.evaluation import Engine
    from si_lod.serve.pages.facts import Fact


def names_of(engine: Engine, iris: Iterable[str]) -> Iterator[Fact]:
    """Return what the release calls each of ``iris``, by the naming properties, and in which language."""
    patterns = ((NamedNode(iri), property_, None) for iri in dict.fromkeys(iris) for property_ in NAMING)
    return of_triples(chain.from_iterable(engine.match_each(patterns)))
