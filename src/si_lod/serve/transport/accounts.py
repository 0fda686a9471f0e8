"""What is told of each request when it is over: the figures, and the log if there is one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from si_lod.serve.transport.answer import Answer
    from si_lod.serve.transport.figures import Figures
    from si_lod.serve.transport.log import RequestLog


@dataclass(frozen=True, slots=True)
class Accounts:
    """The figures and the log of one worker."""

    figures: Figures
    log: RequestLog | None = None

    def close(self, scope: Mapping[str, Any], answer: Answer, seconds: float, told: Mapping[str, object]) -> None:
        """Count the request and write it down; ``told`` is written as well, and ``kept`` that memory answered it."""
        figures, route, kept = self.figures, answer.note.route or "none", told["kept"]
        figures.requests.labels(route, answer.status).inc()
        figures.seconds.labels(route).observe(seconds)
        figures.memory.labels("hit" if kept else "miss").inc()
        if answer.status == 304:  # noqa: PLR2004
            figures.unchanged.labels("memory" if kept else "application").inc()
        if answer.note.made and not kept:
            figures.made.inc()
        if self.log is not None:
            self.log.write(scope, answer, seconds, told)
