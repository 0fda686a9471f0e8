"""What is counted, for Prometheus: the figures of all workers together, whichever of them is asked."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

MEDIA_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"
"""The text format that every version of Prometheus reads."""
_SECONDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


@dataclass(frozen=True, slots=True)
class Figures:
    """One worker's counters; in ``folder`` the workers share theirs, or there is one worker and no folder."""

    folder: str = ""
    registry: CollectorRegistry = field(default_factory=CollectorRegistry)
    requests: Counter = field(init=False)
    seconds: Histogram = field(init=False)
    memory: Counter = field(init=False)
    unchanged: Counter = field(init=False)
    made: Counter = field(init=False)
    queries: Counter = field(init=False)

    def __post_init__(self) -> None:
        """Register the counters."""
        for name, metric in self._metrics().items():
            object.__setattr__(self, name, metric)

    def _metrics(self) -> dict[str, Counter | Histogram]:
        registry = self.registry
        return {
            "requests": Counter(
                "si_lod_requests", "Answers, by route and status.", ["route", "status"], registry=registry
            ),
            "seconds": Histogram(
                "si_lod_request_seconds",
                "From the request's head to the end of the answer.",
                ["route"],
                buckets=_SECONDS,
                registry=registry,
            ),
            "memory": Counter(
                "si_lod_memory", "Requests that memory answered (hit), or not.", ["outcome"], registry=registry
            ),
            "unchanged": Counter(
                "si_lod_not_modified", "Answers 304, by who gave them without any work.", ["by"], registry=registry
            ),
            "made": Counter("si_lod_representations_made", "Representations that were computed.", registry=registry),
            "queries": Counter(
                "si_lod_queries", "What became of clients' queries and of processes.", ["outcome"], registry=registry
            ),
        }

    def count_query(self, outcome: str) -> None:
        """Count what became of a query."""
        self.queries.labels(outcome).inc()

    def text(self) -> bytes:
        """Return the figures of all workers in Prometheus' text format."""
        registry = self.registry
        if self.folder:
            registry = CollectorRegistry()
            MultiProcessCollector(registry, path=self.folder)  # type: ignore[no-untyped-call]
        return generate_latest(registry)
