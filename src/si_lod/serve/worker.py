"""How a web worker begins: with what it accompanies, bounds and shares, and then with its application."""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import threading
from multiprocessing.util import Finalize
from pathlib import Path
from typing import TYPE_CHECKING, Final

from si_lod.comparison import Comparison
from si_lod.errors import InvalidSetting
from si_lod.memory import Memory, share_heaps
from si_lod.sentences import told
from si_lod.serve.transport.ending import Ending, hold
from si_lod.serve.transport.lanes import Lanes
from si_lod.serve.transport.ledger import reserve
from si_lod.serve.transport.parent import Parent
from si_lod.verdicts import Verdicts

if TYPE_CHECKING:
    from si_lod.serve.transport.gateway import Gateway
    from si_lod.settings import Settings

_SECONDS_TO_ANSWER: Final = 7.0
"""How long a query may still be evaluated when the server is stopped; then it is answered with 503."""
_TRUSTED: Final = 60.0
"""Seconds after which a store that was found whole is read again when it is opened. A worker that takes another's place
reads it at once: what it is about to open may be what the other one ended of."""

_STACK: Final = 2 * 1024 * 1024
"""The bytes of each thread's stack, all of which count as memory: what ``ulimit -s`` says would be another matter
everywhere, and four times as much is usual. Clients' queries, which may be deep, are evaluated elsewhere."""

_HEAPS: Final = (2, 4)
"""The fewest and the most heaps, one for each processor within that; Python's threads take turns, so few are enough."""

_LEAST: Final = 256
"""Mebibytes in which a release can be opened, whatever is in it, while another one is served."""


def verify_memory(settings: Settings) -> None:
    """Raise InvalidSetting if no worker could begin with so little memory."""
    if 0 < settings.worker_memory < _LEAST:
        message = told(
            "SI_LOD_WORKER_MEMORY: expected 0, or {least} or more, found {found}",
            least=_LEAST,
            found=settings.worker_memory,
        )
        raise InvalidSetting(message)


def load(settings: Settings, folder: str, parent: int) -> Gateway:
    """Return a worker's application; called by the server in each worker process, whose parent is ``parent``."""
    from si_lod.serve.app import create_gateway  # noqa: PLC0415
    from si_lod.serve.sparql.queries import Queries, places_of  # noqa: PLC0415
    from si_lod.serve.transport.figures import Figures  # noqa: PLC0415

    hold()
    Parent(parent).accompany()
    # What is registered to be done at the end of a process is forgotten in one that was forked from it.
    Finalize(None, logging.shutdown, exitpriority=0)
    born = reserve(folder)
    fewest, most = _HEAPS
    share_heaps(min(max(fewest, len(os.sched_getaffinity(0))), most))
    threading.stack_size(_STACK)
    memory = Memory(settings.worker_memory)
    lanes = Lanes.of(places_of(settings), is_remote=bool(settings.engine), memory=memory)
    memory.bound(settings.memory + settings.result_cache)
    figures = Figures(folder)
    comparison = Comparison(Verdicts(Path(folder)), _TRUSTED if born <= settings.workers else 0.0)
    queries = Queries.of(settings, figures.count_query, folder, comparison)
    Ending(_SECONDS_TO_ANSWER, queries.evaluation.pool.crew.close).listen(asyncio.get_event_loop())
    gateway = create_gateway(settings, figures, queries, lanes)
    gc.collect()
    gc.freeze()  # all that is there now stays, and to look through it for garbage would take longer than a quick query
    return gateway
