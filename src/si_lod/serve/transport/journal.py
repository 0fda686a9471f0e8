"""What the service says of itself to whoever runs it: lines on standard error, of all its processes alike."""

from __future__ import annotations

import logging
import sys
from typing import Any, Final

from si_lod.serve.transport.outlet import Outlet

_OF_CLIENTS: Final = "ASGI transport error"
"""How the server begins to say that a client hung up, once for each piece that it did not take."""


class Concerning(logging.Filter):
    """Passes what concerns whoever runs the service; that clients come and go does not."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Return whether the line is to be written."""
        return not record.getMessage().startswith(_OF_CLIENTS)


def outlet() -> Outlet:
    """Return where the lines of this process go out."""
    return Outlet(sys.stderr.fileno())


def journal() -> dict[str, Any]:
    """Return how that is configured (``logging.config``); each process that is, has an outlet of its own."""
    return {
        "formatters": {"line": {"format": "[%(levelname)s] %(message)s"}},
        "filters": {"concerning": {"()": Concerning}},
        "handlers": {"journal": {"()": outlet, "formatter": "line", "filters": ["concerning"]}},
        "root": {"handlers": ["journal"], "level": "WARNING"},
        "loggers": {"_granian": {}},
    }
