"""The large results that clients have not read to their end yet: how many bytes of them there are, and may be."""

from __future__ import annotations

import weakref
from collections import Counter, deque
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING, Final

from si_lod.engine.spool import Spooled
from si_lod.errors import Busy
from si_lod.sentences import told

if TYPE_CHECKING:
    from si_lod.engine.evaluation import Result

_RETRY_AFTER: Final = 30


@dataclass(slots=True)
class Stock:
    """At most ``most`` bytes in files, and of one client at most ``share``; safe for several threads.

    A result is in stock until nobody has it any more, however slowly its client reads.
    """

    most: int
    share: int
    _held: Counter[str] = field(default_factory=Counter)
    _gone: deque[tuple[str, int]] = field(default_factory=deque)
    _lock: Lock = field(default_factory=Lock)

    def held(self) -> int:
        """Return how many bytes are in files."""
        with self._lock:
            self._forget()
            return self._held.total()

    def take(self, client: str, result: Result) -> Result:
        """Return the answer, which is in stock from now on if it is in a file; raises Busy if there is no room."""
        if isinstance(result.body, Spooled):
            size = len(result.body)
            with self._lock:
                self._forget()
                if self._held.total() + size > self.most or self._held[client] + size > self.share:
                    raise _full()
                self._held[client] += size
            # It may go while garbage is collected, also by a thread that has the lock: so it is only noted.
            weakref.finalize(result.body, self._gone.append, (client, size))
        return result

    def _forget(self) -> None:
        """Take out what has gone since."""
        while self._gone:
            client, size = self._gone.popleft()
            self._held[client] -= size
        self._held += Counter()  # what is zero is forgotten


def _full() -> Busy:
    return Busy(
        told(
            "too many large results are still being read, so there is no room for this one; "
            "try again in {seconds} seconds, or ask for a part at a time",
            seconds=_RETRY_AFTER,
        ),
        retry_after=_RETRY_AFTER,
    )
