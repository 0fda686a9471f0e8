"""Who holds a catalogue against official shapes, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from si_lod.rehearse.graph import Graph


@dataclass(frozen=True, slots=True)
class Result:
    """One result of a validation (SHACL §3.6): ``grave`` if it is a violation."""

    focus: str
    path: str
    grave: bool
    message: str
    file: str


class Judge(Protocol):
    """Whoever can hold a graph against the official shapes."""

    def has(self, pattern: str) -> bool:
        """Return whether there are shapes in a folder with such a name."""
        ...

    def results(self, pattern: str, graph: Graph) -> tuple[Result, ...]:
        """Return what those shapes say of the graph."""
        ...
