"""Web workers that end by themselves, and what is told of the end of one."""

from __future__ import annotations

import logging
import signal
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

_SERVER: Final = "_granian"
_LOST: Final = "Unexpected exit from worker-"
"""How the server begins to say that one has ended which it did not end."""


@dataclass(frozen=True)
class Losses(logging.Filter):
    """Adds to what the server says of the end of a worker by what it ended, which ``status`` gives by its number."""

    status: Callable[[int], int | None]

    def listen(self) -> None:
        """Hear what the server says from now on."""
        logging.getLogger(_SERVER).addFilter(self)

    def filter(self, record: logging.LogRecord) -> bool:
        """Return that the line is to be written, with why."""
        said = record.getMessage()
        if said.startswith(_LOST):
            status = self.status(int(said.removeprefix(_LOST)))
            record.msg, record.args = f"{said}: {_reason(status)}", ()
        return True


def _reason(status: int | None) -> str:
    """Return what ended a process by its exit status: the negative signal, if one did."""
    if status == -signal.SIGABRT:
        return "SIGABRT, as of one that needs more memory than SI_LOD_WORKER_MEMORY"
    if status == -signal.SIGKILL:
        return "SIGKILL, as of one that the system has no memory left for"
    if status is not None and status < 0:
        return signal.Signals(-status).name
    return f"exit status {status}"
