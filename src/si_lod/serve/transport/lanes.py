"""Threads in which the application answers, in lanes: what one kind of request takes, the others do not wait for.

Queries may take long, so they have threads of their own, and so has what a monitor asks. The files that pages bring
along need nothing of a release, and wait for nobody who waits for one. A lane in which too many wait takes no more: who
comes then is told to come again (RFC 9110 §15.6.4).
"""

from __future__ import annotations

import asyncio
import logging
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from enum import StrEnum
from threading import Barrier
from typing import TYPE_CHECKING, Final, TypeVar

from si_lod.memory import Memory

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

_LOG: Final = logging.getLogger(__name__)
_THREADS: Final = min(8, 2 * (os.cpu_count() or 1) + 1)
"""Pages that one worker makes at once; the store computes without Python's lock."""
_WAITING: Final = 16
"""The same where an engine on another machine is asked: most of the time they wait for it."""
_QUERIES: Final = 16
_QUEUE: Final = 64


class Name(StrEnum):
    """The lanes."""

    PAGES = "pages"
    QUERIES = "queries"
    SIGNALS = "signals"
    FILES = "files"


class Full(Exception):
    """So many wait in the lane that another would wait for too long."""


@dataclass(slots=True)
class Lane:
    """Some threads, and how many requests may be in the lane at once; to be used from one event loop.

    A process that has no room in its ``memory`` for another thread may end then.
    """

    threads: ThreadPoolExecutor
    most: int
    memory: Memory = field(default_factory=Memory)
    present: int = 0

    def check(self) -> None:
        """Raise Full if there is no room for another."""
        if self.present >= self.most:
            raise Full

    async def run(self, function: Callable[[], T]) -> T:
        """Return what ``function`` returns in one of the threads; raises Full, or what it raises."""
        self.check()
        self.present += 1
        try:
            return await self._taken(function)
        finally:
            self.present -= 1

    def _taken(self, function: Callable[[], T]) -> asyncio.Future[T]:
        try:
            return asyncio.get_running_loop().run_in_executor(self.threads, function)
        except RuntimeError as error:
            self.memory.end_if_full()
            _LOG.error("no thread can be had: %s", error)
            raise Full from error


@dataclass(frozen=True, slots=True)
class Lanes:
    """The lanes of one worker."""

    by_name: dict[Name, Lane]

    @classmethod
    def of(cls, places: int, *, is_remote: bool = False, memory: Memory | None = None) -> Lanes:
        """Return the lanes where so many queries are evaluated at once, and twice as many wait for their turn.

        Pages wait for the engine if that ``is_remote``.
        Whose turn it is, is judged in a thread. So there are threads for all of these and a few more: else one client
        could take them all, and another would not be heard, whoever goes first.
        Every thread has begun, since there may be no ``memory`` for it later; raises RuntimeError if one cannot.
        """
        threads, memory = max(_QUERIES, 4 * places), memory or Memory()
        return cls(
            {
                Name.PAGES: Lane(_begun(_WAITING if is_remote else _THREADS, "page"), 256, memory),
                Name.QUERIES: Lane(_begun(threads, "query"), max(_QUEUE, 2 * threads), memory),
                Name.SIGNALS: Lane(_begun(2, "signal"), 32, memory),
                Name.FILES: Lane(_begun(2, "file"), 256, memory),
            }
        )

    def __getitem__(self, name: Name) -> Lane:
        """Return the lane of that name."""
        return self.by_name[name]


def _begun(number: int, name: str) -> ThreadPoolExecutor:
    """Return so many threads, all of which are there and wait."""
    threads, all_there = ThreadPoolExecutor(number, name), Barrier(number + 1)
    try:
        for _ in range(number):
            threads.submit(all_there.wait)
        all_there.wait()
    except RuntimeError:
        all_there.abort()
        raise
    return threads


def lane_of(path: str) -> Name:
    """Return the lane of a request by its path, which may be below a prefix or a release."""
    if path.endswith("/sparql"):
        return Name.QUERIES
    if path.endswith(("/metrics", "/health/live", "/health/ready")):
        return Name.SIGNALS
    return Name.FILES if "/static/" in path or path.endswith("/favicon.ico") else Name.PAGES
