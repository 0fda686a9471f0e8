"""The queries in shapes, read before anything is held against them: what is wrong is told where it stands.

Whoever evaluates them finds some of this itself, but only for a shape that has focus nodes, and one fault at a time.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rdflib import SH, Literal

from si_lod.engine.diagnosis import explaining
from si_lod.engine.diagnosis.stopping.grammar import stopped
from si_lod.engine.evaluation import Form
from si_lod.engine.policy.admission import admit
from si_lod.engine.text.tokens import Kind, tokens
from si_lod.errors import InvalidQuery, InvalidSyntax
from si_lod.publish.csvw import Cell
from si_lod.publish.shacl.shapes import prefixes_of
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib import Graph
    from rdflib.term import Node as RdflibNode

    from si_lod.errors import Problem
    from si_lod.publish.shacl.places import Places
    from si_lod.sentences import Sentence

_PATH: Final = re.compile(r"[$?]PATH\b")
_SHAPES_GRAPH: Final = re.compile(r"[$?]shapesGraph\b")
_SOME_PATH: Final = "<a:p>"
"""What stands for a path while a query is read; it is as long as what it stands for, so that places stay."""
_FORMS: Final = {"select": Form.SELECT, "ask": Form.ASK}


def unanswerable(shapes: Graph, places: Places) -> Iterator[Problem]:
    """Yield a problem for each prefix that cannot be declared, and each query that is none, or asks what is not there.

    A query is not read whose prefixes are among those.
    """
    faulty = list(_misdeclared(shapes, places))
    yield from faulty
    yield from _unasked(shapes, places)
    for name, form in _FORMS.items():
        for node, text in sorted(shapes.subject_objects(SH[name]), key=str):
            if faulty and (node, SH.prefixes, None) in shapes:
                continue
            question = Question(prefixes_of(shapes, node), str(text), places.in_text(str(text)))
            try:
                _refuse_unbound(shapes, node, question.text)
                question.read(form)
            except InvalidQuery as error:
                cell, message = question.placed(error)
                yield places.problem(shapes, node, told("sh:{name}: {error}", name=name, error=message), cell)


@dataclass(frozen=True, slots=True)
class Question:
    """A query that stands at ``cell`` in a file, under its prefixes."""

    prefixes: str
    query: str
    cell: Cell

    @property
    def text(self) -> str:
        """The whole query: where it can be, each of its characters is at the line and column that it has in the file.

        So what is said of it names places of the file.
        """
        head = " ".join(self.prefixes.split("\n"))
        if not self._is_placed:
            return f"{head} {self.query}" if head else self.query
        return head + "\n" * (self.cell.line - 1) + " " * (int(self.cell.column) - 1) + self.query

    @property
    def _is_placed(self) -> bool:
        return bool(self.cell.column) and self.cell.line > 1

    def read(self, form: Form) -> None:
        """Raise InvalidQuery unless this is a query of that form that may be evaluated."""
        text = _PATH.sub(_SOME_PATH, self.text)
        with explaining(text):
            query = admit(text)
            if stopped(list(tokens(text))) is not None:
                raise InvalidSyntax(told("not a SPARQL 1.1 query"))
        if query.form is not form:
            message = told("expected a query that begins with {form}, found {found}", form=form, found=query.form)
            raise InvalidQuery(message)
        if query.graphs:
            message = told("a shape asks the data as a whole; leave out {graph}", graph=f"<{query.graphs[0]}>")
            raise InvalidQuery(message)

    def placed(self, error: InvalidQuery) -> tuple[Cell, str]:
        """Return the place of the error in the file, and its message, which has the place in the query otherwise."""
        if not self._is_placed:
            return self.cell, error.placed
        if error.line is None:
            return self.cell, error.args[0]
        return Cell(self.cell.file, error.line, str(error.column or "")), error.args[0]


def _unasked(shapes: Graph, places: Places) -> Iterator[Problem]:
    """Yield a problem for each constraint in SPARQL that has not one query (SHACL §5.2.1)."""
    for constraint in sorted(set(shapes.objects(None, SH.sparql)), key=str):
        found = len(list(shapes.objects(constraint, SH.select)))
        if found != 1 and not isinstance(constraint, Literal):
            message = told("sh:sparql: expected a constraint with one sh:select, found {number}", number=found)
            yield places.problem(shapes, constraint, message)


def _misdeclared(shapes: Graph, places: Places) -> Iterator[Problem]:
    """Yield a problem for each declaration that has not one prefix and one namespace (SHACL §5.2.1)."""
    for declaration in sorted(set(shapes.objects(None, SH.declare)), key=str):
        for name, expected in (("prefix", "PREFIX {}: <a:a>"), ("namespace", "PREFIX a: <{}>")):
            found = list(shapes.objects(declaration, SH[name]))
            if len(found) != 1 or not _is_declaration(expected.format(found[0])):
                message = told(
                    "sh:{name}: expected one that SPARQL can declare, found {found}",
                    name=name,
                    found=", ".join(sorted(f'"{each}"' for each in found)) or 0,
                )
                yield places.problem(shapes, declaration, message)


def _is_declaration(text: str) -> bool:
    try:
        kinds = [token.kind for token in tokens(text)]
        admit(f"{text} ASK {{}}")
    except InvalidQuery:
        return False
    return kinds == [Kind.WORD, Kind.NAME, Kind.IRI]


def _refuse_unbound(shapes: Graph, node: RdflibNode, text: str) -> None:
    """Raise InvalidQuery for a variable in the query of ``node`` that nothing binds before it (SHACL §5.3.1)."""
    if found := _SHAPES_GRAPH.search(text):
        raise _at(found, told("{found}: no query can ask for the shapes here; leave it out", found=found[0]))
    owners = list(shapes.subjects(SH.sparql, node))
    if (found := _PATH.search(text)) and not all((owner, SH.path, None) in shapes for owner in owners):
        raise _at(found, told("{found}: only a property shape has a path; write the property here", found=found[0]))


def _at(found: re.Match[str], message: Sentence) -> InvalidQuery:
    before = found.string[: found.start()].split("\n")
    return InvalidQuery(message, line=len(before), column=len(before[-1]) + 1)
