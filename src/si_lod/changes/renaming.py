"""Renaming: a thing that went and the one that came in its place are one thing, which has another name now."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode

from si_lod.changes.change import Change

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from si_lod.changes.change import Term
    from si_lod.changes.facts import ChangedThing

_REPLACED: Final = "http://purl.org/dc/terms/isReplacedBy"
_DEPRECATED: Final = "http://www.w3.org/2002/07/owl#deprecated"


def renamed(things: Iterable[ChangedThing]) -> dict[str, str]:
    """Return the IRI that each renamed one of the things had, by the IRI that it has now, as far as both are there.

    What was withdrawn was not renamed, whatever came in its place, and two things that became one were neither.
    """
    known = list(things)
    new = {thing.iri for thing in known if thing.exists and not thing.existed}
    pairs = [(now, thing.iri) for thing in known if (now := _name_now(thing)) in new]
    names = [now for now, _ in pairs]
    return {now: before for now, before in pairs if names.count(now) == 1}


def joined(before: ChangedThing, now: ChangedThing) -> ChangedThing:
    """Return what changed about a thing beside its name, of the two that it was to who knows it by its IRI."""
    gone = [change for change in before.changes if change.old is not None]
    come = [change for change in now.changes if change.new is not None]
    kept = {(change.predicate, change.old) for change in gone} & {(change.predicate, change.new) for change in come}
    gone = [change for change in gone if (change.predicate, change.old) not in kept]
    come = [change for change in come if (change.predicate, change.new) not in kept]
    changes = sorted(_paired(gone, come), key=lambda change: (change.follows, change.predicate, str(change.new or "")))
    return replace(now, existed=True, changes=tuple(changes), old_sources=before.old_sources)


def _name_now(thing: ChangedThing) -> str:
    """Return the IRI that a thing which exists no longer has now; empty if it has none."""
    said = {change.predicate: change.new for change in thing.changes if change.new is not None}
    name = said.get(_REPLACED)
    is_renamed = thing.existed and not thing.exists and _DEPRECATED not in said
    return name.value if is_renamed and isinstance(name, NamedNode) else ""


def _paired(gone: Sequence[Change], come: Sequence[Change]) -> Iterator[Change]:
    """Yield what went and came as one change where a property has one value of each, in each language."""
    for key in dict.fromkeys([*map(_old_key, gone), *map(_new_key, come)]):
        old = [change for change in gone if _old_key(change) == key]
        new = [change for change in come if _new_key(change) == key]
        if len(old) == len(new) == 1:
            yield Change(key[0], old[0].old, new[0].new, follows=old[0].follows and new[0].follows)
        else:
            yield from (Change(key[0], change.old, None, follows=change.follows) for change in old)
            yield from (Change(key[0], None, change.new, follows=change.follows) for change in new)


def _old_key(change: Change) -> tuple[str, str | None]:
    return change.predicate, _language(change.old)


def _new_key(change: Change) -> tuple[str, str | None]:
    return change.predicate, _language(change.new)


def _language(term: Term | None) -> str | None:
    return term.language if isinstance(term, Literal) else None
