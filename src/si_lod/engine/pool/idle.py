"""The evaluating processes that have nothing to do: which serves who comes next, and which is given up first."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from si_lod.engine.pool.evaluator import Evaluator
    from si_lod.seals import Identity


@dataclass(slots=True)
class Idle:
    """Processes in the order in which they came to rest; used by one thread at a time."""

    _members: list[Evaluator] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self._members)

    def pids(self) -> list[int]:
        """Return their process identifiers."""
        return [one.process.popen.pid for one in self._members]

    def add(self, evaluator: Evaluator) -> None:
        """Let the process wait for who comes next."""
        self._members.append(evaluator)

    def take(self, store: Path, *, slow: bool) -> Evaluator | None:
        """Return one of that store, which waits no longer; None if there is none.

        Who is ``slow`` gets one that is behind all else and no other, so that they who ask too much never take what
        is ready for those who do not.
        """
        found = [one for one in self._members if (one.store, one.is_behind) == (store, slow)]
        if found:
            self._members.remove(found[-1])
            return found[-1]
        return None

    def is_ready(self, store: Path, besides: Evaluator | None) -> bool:
        """Return whether there is one of that store for whoever is not slow, ``besides`` one that has just come."""
        return any(one.store == store and not one.is_behind and one is not besides for one in self._members)

    def useless(self) -> list[Evaluator]:
        """Return those that can serve nobody any more, which are no longer here."""
        return self._without(lambda one: not one.process.is_of_use)

    def all(self) -> list[Evaluator]:
        """Return all of them, which are no longer here."""
        return self._without(lambda _one: True)

    def of(self, store: Path, identity: Identity | None = None) -> list[Evaluator]:
        """Return those of that store, which are no longer here; of ``identity``, if another may be in its place now."""
        return self._without(lambda one: one.store == store and identity in {None, one.process.identity})

    def least(self, store: Path) -> Evaluator:
        """Return the one that will be missed least where ``store`` is asked, which is no longer here."""
        found = min(self._members, key=lambda one: (one.store == store, not one.is_behind))
        self._members.remove(found)
        return found

    def _without(self, goes: Callable[[Evaluator], bool]) -> list[Evaluator]:
        gone = [one for one in self._members if goes(one)]
        self._members = [one for one in self._members if one not in gone]
        return gone
