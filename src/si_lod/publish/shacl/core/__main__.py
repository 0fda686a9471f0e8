"""A process that validates one graph, and is ended by the kernel where a constraint takes too long.

It is started by ``bounded`` as ``python -m si_lod.publish.shacl.core PARENT SECONDS NOTE``. It reads N-Quads, the data
in the default graph and the shapes in another, and writes the report as N-Triples, or as JSON why there is none.
"""

from __future__ import annotations

import json
import resource
import sys
from mmap import mmap
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import DefaultGraph, NamedNode, RdfFormat, Triple, parse, serialize
from rdflib import Graph

from si_lod.engine.worker.confinement import end_with_parent, leave_network
from si_lod.publish.shacl.core.bounded import MEMORY
from si_lod.publish.shacl.core.clock import Clock
from si_lod.publish.shacl.core.refusals import Complaint
from si_lod.publish.shacl.core.validation import report_on
from si_lod.publish.shacl.terms import to_oxigraph, to_rdflib

if TYPE_CHECKING:
    from collections.abc import Iterator


def main() -> None:
    """Validate what comes in; exits with 1 if there is no report."""
    parent, seconds, note = map(int, sys.argv[1:])
    leave_network()
    end_with_parent(parent)
    data, shapes = _read()
    _bound_memory()
    Clock(seconds, mmap(note, 0)).watch()
    report = report_on(data, shapes)
    if isinstance(report, Complaint):
        sys.stdout.write(json.dumps([report.kind, report.reason]))
        sys.exit(1)
    serialize(_triples(report), sys.stdout.buffer, RdfFormat.N_TRIPLES)


def _read() -> tuple[Graph, Graph]:
    """Return the data and the shapes, their terms as they were written."""
    data, shapes = Graph(), Graph()
    for quad in parse(sys.stdin.buffer, format=RdfFormat.N_QUADS):
        graph = data if isinstance(quad.graph_name, DefaultGraph) else shapes
        graph.add((to_rdflib(quad.subject), to_rdflib(quad.predicate), to_rdflib(quad.object)))
    return data, shapes


def _bound_memory() -> None:
    """Let there be so much memory beyond what the data take (``statm`` in ``man 5 proc``)."""
    taken = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[5]) * resource.getpagesize()
    hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
    most = taken + MEMORY
    resource.setrlimit(resource.RLIMIT_DATA, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _triples(report: Graph) -> Iterator[Triple]:
    for subject, predicate, value in report:
        yield Triple(to_oxigraph(subject), NamedNode(str(predicate)), to_oxigraph(value))  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
