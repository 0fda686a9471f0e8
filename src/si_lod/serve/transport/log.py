"""A line of JSON for each request, for whoever runs the service; it holds no content and nobody's name."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    from collections.abc import Mapping

    from si_lod.serve.transport.answer import Answer


@dataclass(frozen=True, slots=True)
class RequestLog:
    """Lines on ``stream``, each written whole."""

    stream: TextIO

    def write(self, scope: Mapping[str, Any], answer: Answer, seconds: float, told: Mapping[str, object]) -> None:
        """Write what was asked, by whom, what was answered and how long that took; ``told`` is added."""
        line = {
            "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "client": (scope.get("client") or ("",))[0],
            "method": scope["method"],
            "path": scope["raw_path"].decode("latin-1"),
            "query": scope["query_string"].decode("latin-1"),
            "status": answer.status,
            "seconds": round(seconds, 6),
            "route": answer.note.route,
            "release": answer.note.release,
            **told,
        }
        self.stream.write(json.dumps(line) + "\n")
        self.stream.flush()
