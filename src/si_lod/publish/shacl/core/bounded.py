"""pySHACL in a process of its own, in which each constraint has its time, and which is understood when it is ended."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass, replace
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, BinaryIO, Final

from pyoxigraph import NamedNode, Quad, RdfFormat, parse, serialize
from rdflib import BNode, Graph, URIRef

from si_lod.errors import OperatorError
from si_lod.publish.shacl.core.refusals import Complaint, Kind, refusal
from si_lod.publish.shacl.core.results import results
from si_lod.publish.shacl.terms import to_oxigraph, to_rdflib
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from si_lod.publish.shacl.places import Places
    from si_lod.publish.shacl.report import ValidationResult

MEMORY: Final = 4 * 1024 * 1024 * 1024
"""Bytes that validation may use beyond those of the data."""
_SHAPES: Final = NamedNode("urn:shapes")
_NOTE: Final = 100_000
_LAST_WORDS: Final = 500


@dataclass(frozen=True, slots=True)
class Bounded:
    """pySHACL where each constraint may take so many ``seconds`` over all that it is held against."""

    seconds: int
    places: Places

    def validate(self, quads: Iterable[Quad], shapes: Graph) -> Iterator[ValidationResult]:
        """Yield the results of validating ``quads``, as one graph, against ``shapes`` (SHACL §3.4).

        No entailment, no advanced features. Raises InvalidFiles, at the shape, if pySHACL cannot use it or had to be
        ended, OperatorError if no process can be had.
        """
        with TemporaryFile() as given, TemporaryFile() as made:
            serialize(_both(quads, shapes), given, RdfFormat.N_QUADS)
            given.seek(0)
            complaint = self._run(given, made)
            made.seek(0)
            if complaint:
                raise refusal(complaint, shapes, self.places)
            report = Graph()
            for quad in parse(made, format=RdfFormat.N_TRIPLES):
                report.add((to_rdflib(quad.subject), to_rdflib(quad.predicate), to_rdflib(quad.object)))
        yield from results(report, shapes)

    def _run(self, given: BinaryIO, made: BinaryIO) -> Complaint | None:
        """Return why there is no report in ``made``, None if there is one."""
        note = os.memfd_create("note")
        try:
            os.ftruncate(note, _NOTE)
            with TemporaryFile() as words:
                status = _status([str(os.getpid()), str(self.seconds), str(note)], given, made, words, note)
                if not status:
                    return None
                complaint = self._complaint(status, made, words)
            return _noted(complaint, os.pread(note, _NOTE, 0))
        finally:
            os.close(note)

    def _complaint(self, status: int, made: BinaryIO, words: BinaryIO) -> Complaint:
        if status == -signal.SIGALRM:
            return Complaint(Kind.LATE, str(self.seconds))
        made.seek(0)
        if status == 1 and (said := made.read()):
            kind, reason = json.loads(said)
            return Complaint(Kind(kind), reason)
        words.seek(0)
        last = words.read()[-_LAST_WORDS:].decode(errors="replace").strip().rpartition("\n")[2]
        return Complaint(Kind.ENDED, last or (signal.strsignal(-status) if status < 0 else None) or str(status))


def _status(arguments: list[str], given: BinaryIO, made: BinaryIO, words: BinaryIO, note: int) -> int:
    """Return the exit status of the process: the negative signal, if one ended it."""
    try:
        return subprocess.run(  # noqa: S603  our own interpreter and module
            [sys.executable, "-P", "-S", "-m", "si_lod.publish.shacl.core", *arguments],
            stdin=given,
            stdout=made,
            stderr=words,
            pass_fds=[note],
            process_group=0,
            cwd="/",
            env={"PYTHONPATH": os.pathsep.join(sys.path)},
            check=False,
        ).returncode
    except OSError as error:
        message = told("a process that validates did not start: {reason}", reason=error)
        raise OperatorError(message) from None


def _both(quads: Iterable[Quad], shapes: Graph) -> Iterator[Quad]:
    for quad in quads:
        yield Quad(quad.subject, quad.predicate, quad.object)
    for subject, predicate, value in shapes:
        terms = (to_oxigraph(subject), NamedNode(str(predicate)), to_oxigraph(value))
        yield Quad(*terms, _SHAPES)  # type: ignore[arg-type]


def _noted(complaint: Complaint, note: bytes) -> Complaint:
    """Return the complaint with the shape and the constraint that the process has last noted."""
    line = note.partition(b"\n")[0].strip(b"\0")
    shape, component, constraint = json.loads(line) if line else ("", "", "")
    return replace(complaint, shape=_node(shape), component=component, constraint=_node(constraint))


def _node(written: str) -> URIRef | BNode | None:
    """Return the node that N-Triples write so."""
    if not written:
        return None
    return BNode(written[2:]) if written.startswith("_:") else URIRef(written[1:-1])
