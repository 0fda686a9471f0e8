"""Who states what is annotated: the sources of statements, by the names of their publishers."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode

from si_lod.serve.pages.facts import Fact, named, of_triples
from si_lod.serve.pages.vocabulary import DERIVED_FROM, PUBLISHERS, QB, TYPE
from si_lod.serve.pages.words.wording import Link, Wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import Triple

    from si_lod.engine.evaluation import Engine

_TYPE: Final = NamedNode(TYPE)
_OBSERVATION: Final = NamedNode(f"{QB}Observation")
_SOURCE: Final = NamedNode(DERIVED_FROM)


def reporters(wording: Wording, statement: str) -> list[Link]:
    """Return the sources of a statement by the names of their publishers, or by their own."""
    found = []
    for link in map(wording.link, sorted(wording.facts.iris(statement, DERIVED_FROM))):
        names = [item for path in PUBLISHERS for item in wording.items(wording.facts.objects(link.iri, path))]
        words = [item.text if isinstance(item, Link) else item for item in names]
        found.append(replace(link, text=words[0]) if words else link)
    return found


def reporting(engine: Engine, things: Iterable[NamedNode]) -> Iterator[Fact]:
    """Yield what ``reporters`` needs to know of those of the few ``things`` that are statements, by pattern lookups."""
    each = list(dict.fromkeys(things))
    typed = engine.match_each((one, _TYPE, _OBSERVATION) for one in each)
    statements = [one for one, found in zip(each, typed, strict=True) if any(found)]
    derived = list(chain.from_iterable(engine.match_each((one, _SOURCE, None) for one in statements)))
    sources = _objects(derived)
    patterns = ((one, NamedNode(path), None) for one in sources for path in PUBLISHERS)
    publishers = list(chain.from_iterable(engine.match_each(patterns)))
    yield from of_triples((*derived, *publishers))
    yield from named(engine, (*sources, *_objects(publishers)))


def _objects(triples: Iterable[Triple]) -> list[NamedNode]:
    return list(dict.fromkeys(triple.object for triple in triples if isinstance(triple.object, NamedNode)))
