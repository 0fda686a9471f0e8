"""What the service says to whoever runs it: a line on standard error with its time, the process and how grave it is.

Standard output is left to the lines of requests (``log``), so that programs can read those.
"""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from typing import Any, Final

_LINE: Final = "%(asctime)s [%(process)d] %(levelname)s %(message)s"


class Dated(logging.Formatter):
    """A line of the log; its time is written as it is in the lines of requests."""

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:  # noqa: ARG002, N802  by ``logging``
        """Return when that was, in UTC (RFC 3339 §5.6)."""
        return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")


def journal() -> dict[str, Any]:
    """Return how the server is to log, by the schema of ``logging.config``: its own lines, ours and any library's."""
    handler = {"class": "logging.StreamHandler", "formatter": "dated", "stream": "ext://sys.stderr"}
    return {
        "formatters": {"dated": {"()": Dated, "fmt": _LINE}},
        "handlers": {"journal": handler},
        "loggers": {"_granian": {"handlers": ["journal"], "level": "INFO", "propagate": False}},
        "root": {"handlers": ["journal"], "level": "WARNING"},
    }
