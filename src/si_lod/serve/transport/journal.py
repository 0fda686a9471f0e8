"""What the service says to whoever runs it: a line on standard error with its time, the process and how grave it is.

Standard output is left to the lines of requests (``log``), so that programs can read those.
"""

from __future__ import annotations

import logging
import sys
from datetime import UTC, datetime
from typing import Any, Final

from si_lod.foreign import in_one_line
from si_lod.serve.transport.outlet import Outlet

_LINE: Final = "%(asctime)s [%(process)d] %(levelname)s %(message)s"
_LONGEST: Final = 4000
"""Characters of a line at most."""
_INDENT: Final = "    "
_OF_CLIENTS: Final = "ASGI transport error"
"""How the server begins to say that a client hung up, once for each piece that it did not take."""


class Dated(logging.Formatter):
    """A line of the log; its time is written as it is in the lines of requests.

    Whatever is told is one line, though others' words are in it: of an engine, a release, a request. Only an error of
    the program itself has more, which are indented, so whatever stands at the beginning of a line was written here.
    """

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:  # noqa: ARG002, N802  by ``logging``
        """Return when that was, in UTC (RFC 3339 §5.6)."""
        return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  by ``logging``
        """Return the line."""
        return in_one_line(super().formatMessage(record), _LONGEST)

    def formatException(self, ei: Any) -> str:  # noqa: N802  by ``logging``
        """Return what led to an error, each line of it indented."""
        lines = super().formatException(ei).split("\n")
        return "\n".join(f"{_INDENT}{in_one_line(line, _LONGEST)}" for line in lines)


class Concerning(logging.Filter):
    """Passes what concerns whoever runs the service; that clients come and go does not."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Return whether the line is to be written."""
        return not record.getMessage().startswith(_OF_CLIENTS)


def outlet() -> Outlet:
    """Return where the lines of this process go out."""
    return Outlet(sys.stderr.fileno())


def journal() -> dict[str, Any]:
    """Return how the server is to log, by the schema of ``logging.config``: its own lines, ours and any library's.

    Each process that is configured by it has an outlet of its own.
    """
    handler = {"()": outlet, "formatter": "dated", "filters": ["concerning"]}
    return {
        "formatters": {"dated": {"()": Dated, "fmt": _LINE}},
        "filters": {"concerning": {"()": Concerning}},
        "handlers": {"journal": handler},
        "loggers": {"_granian": {"level": "INFO"}},
        "root": {"handlers": ["journal"], "level": "WARNING"},
    }
