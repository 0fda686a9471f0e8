"""The way back: changed things from the RDF that ``provenance`` made of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from si_lod.changes.change import Change
from si_lod.changes.facts import ChangedThing
from si_lod.changes.provenance import (
    DERIVATION,
    DERIVED_FROM,
    GENERATED_BY,
    INVALIDATED_BY,
    OBJECT,
    PREDICATE,
    REVISION_OF,
    SPECIALIZATION_OF,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import Triple

    from si_lod.changes.change import Term

_Said = dict[NamedNode, dict[NamedNode, list["Term"]]]


def recall(triples: Iterable[Triple]) -> Iterator[ChangedThing]:
    """Yield the things that ``Revision.triples`` was given, from its triples in their order.

    Reading stops where the caller stops: a thing is given as soon as its triples have ended.
    """
    iri = ""
    block: list[Triple] = []
    for triple in triples:
        if triple.predicate == SPECIALIZATION_OF and triple.object.value != iri:  # type: ignore[union-attr]
            if block:
                yield _thing(iri, block)
            iri, block = triple.object.value, []  # type: ignore[union-attr]
        if iri:
            block.append(triple)
    if block:
        yield _thing(iri, block)


def _thing(iri: str, block: list[Triple]) -> ChangedThing:
    said: _Said = {}
    for triple in block:
        if isinstance(triple.subject, NamedNode):
            said.setdefault(triple.subject, {}).setdefault(triple.predicate, []).append(triple.object)
    states = {node: about for node, about in said.items() if SPECIALIZATION_OF in about}
    is_kept = any(REVISION_OF in about for about in states.values())
    return ChangedThing(
        iri=iri,
        existed=is_kept or any(INVALIDATED_BY in about for about in states.values()),
        exists=is_kept or any(GENERATED_BY in about for about in states.values()),
        changes=tuple(_changes(said)),
        old_sources=_sources(said, INVALIDATED_BY),
        new_sources=_sources(said, GENERATED_BY),
    )


def _changes(said: _Said) -> Iterator[Change]:
    statements = {node: about for node, about in said.items() if PREDICATE in about}
    revised = {str(about[REVISION_OF][0]): about for about in statements.values() if REVISION_OF in about}
    for node, about in statements.items():
        predicate, value = about[PREDICATE][0].value, about[OBJECT][0]  # type: ignore[union-attr]
        (activity,) = about.get(INVALIDATED_BY) or about[GENERATED_BY]
        follows = activity.value.endswith(DERIVATION)  # type: ignore[union-attr]
        if INVALIDATED_BY in about:
            after = revised.get(str(node))
            yield Change(predicate, value, after[OBJECT][0] if after else None, follows=follows)
        elif REVISION_OF not in about:
            yield Change(predicate, None, value, follows=follows)


def _sources(said: _Said, end: NamedNode) -> tuple[str, ...]:
    """Return the sources of the statements that came or went, which are those of the thing."""
    found = {
        source.value  # type: ignore[union-attr]
        for about in said.values()
        if PREDICATE in about and end in about
        for source in about.get(DERIVED_FROM, ())
    }
    return tuple(sorted(found))
