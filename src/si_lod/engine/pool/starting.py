"""How evaluating processes are started, until they are ready, and what the operator is told of it."""

from __future__ import annotations

import logging
import select
from dataclasses import dataclass, field
from time import monotonic
from typing import TYPE_CHECKING, Any, Final

from si_lod.engine.pool.evaluator import Evaluator
from si_lod.engine.pool.place import aside
from si_lod.engine.pool.process import Process, cause
from si_lod.engine.worker.wire import receive
from si_lod.errors import OperatorError
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from si_lod.engine.figures import Figures

_LOG: Final = logging.getLogger(__name__)
_SECONDS: Final = 20.0
_STEP: Final = 100
"""Milliseconds after which it is asked whether a process is still wanted."""
_GRACE: Final = 0.2
"""Seconds for what has begun to come."""


@dataclass(slots=True)
class Starting:
    """Starts processes that may use so many bytes of ``memory``, as long as any ``is_wanted``."""

    memory: int
    figures: Figures
    is_wanted: Callable[[], bool]
    _told: set[str] = field(default_factory=set)

    def start(self, store: Path, *, behind: bool) -> Evaluator:
        """Return a process that is ready; raises OperatorError if none can be had, or none is wanted.

        It has been logged then: whoever waited for the process may have gone meanwhile, and nobody else would say it.
        """
        if not self.is_wanted():
            raise OperatorError(told("this service is being stopped; try again"))
        try:
            found = started(store, self.memory, behind=behind, is_wanted=self.is_wanted)
        except OperatorError as error:
            if self.is_wanted():
                _LOG.error("%s", error)
            raise
        self.figures.count("started")
        for name in set(found.missing) - self._told:
            self._told.add(name)
            _LOG.warning("evaluating processes keep %s: the system does not let them give it up", name)
        return found


def started(
    store: Path, memory: int, *, behind: bool = False, is_wanted: Callable[[], bool] = lambda: True
) -> Evaluator:
    """Return a process that is ready, and ``behind`` all else if so; raises OperatorError if none can be had.

    The process ends with the thread that calls this, so call it in one that lives as long as it is needed. When it
    is not wanted any more, it is not waited for.
    """
    with aside():
        process = Process.start(store, memory)
    process.place.starting(modest=behind)
    head = _first_words(process, is_wanted)
    process.place.evaluating = head["thread"]
    if behind:
        process.place.behind()
    else:
        process.place.forward()
    return Evaluator(store, process, tuple(head["missing"]), is_behind=behind)


def _first_words(process: Process, is_wanted: Callable[[], bool]) -> dict[str, Any]:
    """Return what the process says when it has the store open; raises OperatorError if it ends or takes too long."""
    ready = select.poll()
    ready.register(process.link, select.POLLIN)
    begun, is_ready = monotonic(), False
    while not is_ready and is_wanted() and monotonic() < begun + _SECONDS:
        is_ready = bool(ready.poll(_STEP))
    try:
        process.link.settimeout(_GRACE if is_ready else 0)
        return receive(process.link)[0].head
    except (EOFError, OSError) as error:
        ended = cause(process.end())
        late = told("it was not ready after {seconds:.1f} seconds", seconds=monotonic() - begun)
        words = process.last_words or (late if isinstance(error, TimeoutError | BlockingIOError) else ended)
        raise OperatorError(told("a process that evaluates queries did not start: {words}", words=words)) from None
