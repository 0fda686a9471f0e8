"""Space in memory for the representations at addresses, and for how each is chosen; what was used last is kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from cachetools import LRUCache

if TYPE_CHECKING:
    from si_lod.serve.transport.answer import Answer
    from si_lod.serve.transport.conditions import Validators
    from si_lod.serve.transport.plan import Choice, Plan

_HEADER: Final = 256
"""Bytes that a header takes besides its name and value, in an answer and in the 304 beside it."""
_ENTRY: Final = 2048
"""Bytes that an entry takes besides the content, the headers and the address."""


class Target(NamedTuple):
    """An address: the path and the query as they were sent, and the prefix below which the application runs."""

    path: bytes
    query: bytes
    prefix: str

    @property
    def size(self) -> int:
        """How many bytes it takes."""
        return sum(map(len, self))


class Finished(NamedTuple):
    """A representation at ``target``: the answer that has it, and the one to who has it already."""

    target: Target
    full: Answer
    spare: Answer
    validators: Validators

    @property
    def size(self) -> int:
        """How many bytes it takes, about."""
        headers = sum(len(name) + len(value) + _HEADER for name, value in self.full.headers)
        return self.target.size + len(self.full.content) + headers + _ENTRY


class Way(NamedTuple):
    """The plan of an address."""

    target: Target
    plan: Plan

    @property
    def size(self) -> int:
        """How many bytes it takes, about."""
        return self.target.size + _ENTRY


def _size(kept: Finished | Way) -> int:
    return kept.size


@dataclass(slots=True)
class Space:
    """At most ``most`` bytes, of which an eighth is for the plans."""

    most: int
    _ways: LRUCache[Target, Way] = field(init=False)
    _finished: LRUCache[tuple[Target, Choice], Finished] = field(init=False)

    def __post_init__(self) -> None:
        """Make the space."""
        self._ways = LRUCache(self.most // 8, _size)
        self._finished = LRUCache(self.most - self.most // 8, _size)

    @property
    def size(self) -> int:
        """How many bytes are taken, about."""
        return int(self._ways.currsize + self._finished.currsize)

    def plan(self, target: Target) -> Plan | None:
        """Return the plan of the address, if it is kept."""
        way = self._ways.get(target)
        return way.plan if way else None

    def find(self, target: Target, choice: Choice) -> Finished | None:
        """Return the representation, if it is kept."""
        return self._finished.get((target, choice))

    def keep(self, plan: Plan, choice: Choice, finished: Finished) -> None:
        """Keep the representation and the plan by which it is found, if there is room for both at all."""
        way = Way(finished.target, plan)
        if way.size <= self._ways.maxsize and finished.size <= self._finished.maxsize:
            self._ways[finished.target] = way
            self._finished[finished.target, choice] = finished

    def clear(self) -> None:
        """Drop everything."""
        self._ways.clear()
        self._finished.clear()
