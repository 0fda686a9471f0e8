"""Whether the store of an open release is whole, as far as is known, and as soon as something speaks against that."""

from __future__ import annotations

import os
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from threading import get_native_id
from typing import TYPE_CHECKING, Final

from si_lod.errors import Busy, Ended, OperatorError, Overdue, StoreFailed, TooLarge
from si_lod.lookout import Lookout
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from si_lod.comparison import Comparison
    from si_lod.memory import Memory
    from si_lod.seals import Identity

_DOUBTFUL: Final = (StoreFailed, Ended)
"""What comes of a damaged store and hardly of anything else."""
_GREEDY: Final = (TooLarge, Overdue)
"""What comes of a query that asks too much, and can come of a damaged store: it may read one block for ever."""
_BELIEVED: Final = 30.0
"""Seconds in which a store hardly goes bad, and a client who asks too much again and again has it read once."""
_MODEST: Final = 19
"""The priority of what is not urgent."""
_PATIENCE: Final = 1.0
"""Seconds for which whoever met one of these waits for the comparison: some hundreds of megabytes."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """What is known of the store in that folder; it is compared once at a time, for all who doubt it.

    That a store which was found whole is whole is ``believed`` for so many seconds against queries that ask too much.
    """

    comparison: Comparison
    folder: Path
    identity: Identity | None
    memory: Memory
    believed: float = _BELIEVED
    _comparing: Lookout[str] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        """Look from here."""
        object.__setattr__(self, "_comparing", Lookout(partial(_modestly, self.comparison, self.folder)))

    @property
    def damage(self) -> str:
        """What is known to be wrong with the store, empty if nothing is."""
        return self.comparison.verdicts.damage(self.identity)

    def settled(self) -> str:
        """Return what is wrong with the store, as far as that is found in a moment: something has pointed to damage.

        The comparison that is begun for it goes on.
        """
        with suppress(TimeoutError, RuntimeError, OSError):  # it takes long, or the machine is short of something
            self._comparing.within(_PATIENCE)
        return self.damage

    def met(self) -> None:
        """Do what there is to do when a look-up of our own has failed, which may have cost this process its memory."""
        self.memory.end_if_full()
        self.settled()

    @contextmanager
    def evaluating(self) -> Iterator[None]:
        """Raise StoreFailed in place of an answer, or of what is said of a query, that comes of a damaged store."""
        try:
            yield
        except (*_DOUBTFUL, *_GREEDY, Busy) as error:
            if self._is_doubtful(error) and (damage := self.settled()):
                raise _damaged(damage) from error
            raise
        if damage := self.damage:
            raise _damaged(damage)

    def _is_doubtful(self, error: BaseException) -> bool:
        if isinstance(error, _GREEDY):
            known = self.comparison.verdicts.of(self.identity)
            return known is None or not known.is_whole(self.believed)
        # A busy one is where no process started, which a damaged store can keep it from.
        return isinstance(error, _DOUBTFUL) or isinstance(error.__cause__, OperatorError)


def _modestly(comparison: Comparison, folder: Path) -> str:
    """Return what is wrong with the store, found behind what others wait for: most who doubt asked for too much."""
    with suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, get_native_id(), _MODEST)  # of this thread alone (``man 2 setpriority``)
    return comparison.doubted(folder)


def _damaged(damage: str) -> StoreFailed:
    return StoreFailed(told("the store of the release is damaged: {damage}", damage=damage))
