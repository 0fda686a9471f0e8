"""A line of JSON for each request, for whoever runs the service; it holds nobody's name.

What was asked is in it, in the address or at the beginning of the content, and nothing of what was answered.
"""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from si_lod.serve.transport.answer import Answer
    from si_lod.serve.transport.note import Note

_SHOWN: Final = 1000
"""Characters of content that a line has at most: a query may be a thousand times as long."""


@dataclass(frozen=True, slots=True)
class RequestLog:
    """Lines that ``outlet`` writes, each whole; behind ``hops`` proxies they tell who the client was."""

    outlet: logging.Handler
    hops: int = 0

    def write(self, scope: Mapping[str, Any], answer: Answer, seconds: float, told: Mapping[str, object]) -> None:
        """Write what was asked, by whom, what was answered and how long that took; ``told`` is added."""
        line = {
            "time": _now(),
            "client": self._client(scope),
            "method": scope["method"],
            "path": scope["raw_path"].decode("latin-1"),
            "query": scope["query_string"].decode("latin-1"),
            "status": answer.status,
            "seconds": round(seconds, 6),
            "route": answer.note.route,
            "release": answer.note.release,
            **_content(answer.note),
            **told,
        }
        self.outlet.handle(logging.makeLogRecord({"msg": json.dumps(line)}))

    def _client(self, scope: Mapping[str, Any]) -> str:
        """Return the address of the client, by the last proxy that is trusted, if it says so."""
        forwarded = b",".join(value for name, value in scope["headers"] if name == b"x-forwarded-for")
        values = forwarded.decode("latin-1").split(",")
        told = values[-self.hops].strip() if 0 < self.hops <= len(values) else ""
        return told or (scope.get("client") or ("",))[0]


def _content(note: Note) -> dict[str, object]:
    """Return how many bytes a client sent, and the beginning of them as text; nothing where it sent none."""
    if not note.sent:
        return {}
    return {"sent": note.sent, "content": note.content.decode(errors="replace")[:_SHOWN]}


def lost(count: int) -> str:
    """Return the line that stands for lines that were lost."""
    return json.dumps({"time": _now(), "lost": count})


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
