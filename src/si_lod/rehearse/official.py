"""What official shapes say of a catalogue, told to the portal that uses them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from si_lod.rehearse.conformance import parts
from si_lod.rehearse.finding import Effect, Finding
from si_lod.rehearse.terms import shortened
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from si_lod.rehearse.evidence import Evidence
    from si_lod.rehearse.graph import Graph
    from si_lod.rehearse.judging import Result

EUROPEAN: Final = "dcat-ap-[0-9]*"
"""The folders that have the EU's shapes of DCAT-AP, such as ``dcat-ap-3.0.1``."""
DUTCH: Final = "dcat-ap-nl-*"
"""The folders that have the shapes of DCAT-AP-NL, such as ``dcat-ap-nl-3.0.0``."""
HERITAGE: Final = "nde*"
"""The folders that have the requirements of the Dutch heritage register."""


def violations(evidence: Evidence, pattern: str, effect: Effect, graph: Graph | None = None) -> Iterator[Finding]:
    """Yield the results of those shapes; a violation has that effect, anything less is a note.

    What several versions of the shapes say alike is told once.
    """
    graph = evidence.graph if graph is None else graph
    if evidence.shapes is None or not evidence.shapes.has(pattern):
        return
    owners = {graph.name(node): names for node, names in parts(graph).items()}
    found: dict[Result, list[str]] = {}
    for result in evidence.shapes.results(pattern, graph):
        found.setdefault(replace(result, file=result.file.rpartition("/")[2]), []).append(result.file)
    for result, files in found.items():
        what = shortened(result.path)
        said = told("{what}: {message} ({file})", what=what, message=result.message, file=", ".join(files))
        datasets, grave = owners.get(result.focus, ()), effect if result.grave else Effect.NOTE
        yield Finding(grave, result.focus, said, "".join(datasets[:1]), f"{result.file} {what}".strip())


def unjudged(evidence: Evidence, pattern: str, what: str) -> Iterator[str]:
    """Yield a sentence if these shapes are not there."""
    if evidence.shapes is None or not evidence.shapes.has(pattern):
        yield told("the official shapes of {what} were not asked: give their folder with --shapes", what=what)
