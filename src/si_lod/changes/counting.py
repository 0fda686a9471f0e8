"""How much changed: what people changed by kind, and apart from it what follows."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from si_lod.changes.change import Change
    from si_lod.changes.facts import ChangedThing


def _kinds() -> Counter[str]:
    return Counter(added=0, removed=0, changed=0)


@dataclass(frozen=True, slots=True)
class Counts:
    """The counts of changed things, which are made while they pass.

    ``things`` and ``facts`` are what people changed, by kind. ``following`` has the ``facts`` that follow, and the
    ``things`` that they are about, and how many of these are ``alone``, since nothing else changed about them.
    """

    things: Counter[str] = field(default_factory=_kinds)
    facts: Counter[str] = field(default_factory=_kinds)
    following: Counter[str] = field(default_factory=lambda: Counter(things=0, facts=0, alone=0))

    def passing(self, things: Iterable[ChangedThing]) -> Iterator[ChangedThing]:
        """Yield the things as they come, and count each."""
        for thing in things:
            self.things.update([kind_of(thing)] if thing.own else [])
            self.facts.update(map(_kind, thing.own))
            self.following.update(things=bool(thing.following), facts=len(thing.following), alone=not thing.own)
            yield thing


def kind_of(thing: ChangedThing) -> str:
    """Return ``added``, ``removed`` or ``changed``."""
    return "changed" if thing.existed and thing.exists else "added" if thing.exists else "removed"


def _kind(change: Change) -> str:
    return "added" if change.old is None else "removed" if change.new is None else "changed"
