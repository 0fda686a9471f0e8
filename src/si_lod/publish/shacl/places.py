"""Where shapes stand in their files: a node at the line where it begins, a query to the character."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Self

from pyoxigraph import BlankNode, Literal, NamedNode
from rdflib import BNode, Graph, URIRef

from si_lod.errors import Problem
from si_lod.publish.csvw import Cell
from si_lod.publish.shacl.terms import to_oxigraph
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from rdflib.term import Node as RdflibNode

    from si_lod.publish.csvw import Statement

_ROOM: Final = "shapes/"
_ANYWHERE: Final = Cell(_ROOM, 0, "")
_LEVELS: Final = 100
"""How far a node without an IRI may be below the shape that tells it."""
Said = frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Places:
    """The places of shapes by their IRIs, by what is said of those that have none, and of texts, in ``files``."""

    named: Mapping[str, Cell] = field(default_factory=dict)
    unnamed: Mapping[Said, Cell] = field(default_factory=dict)
    texts: Mapping[str, Cell] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, statements: Iterable[Statement], files: Mapping[str, str]) -> Self:
        """Return the places of the shapes among the statements of documents; ``files`` have the documents' texts."""
        named: dict[str, Cell] = {}
        texts: dict[str, Cell] = {}
        first: dict[tuple[str, str], Cell] = {}
        said: defaultdict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
        for (subject, predicate, value), cell in (
            (each.triple, each.cell) for each in statements if each.cell.file.startswith(_ROOM)
        ):
            if isinstance(value, Literal):
                texts.setdefault(value.value, cell)
            if isinstance(subject, NamedNode):
                named.setdefault(subject.value, cell)
            elif isinstance(subject, BlankNode):
                first.setdefault((cell.file, subject.value), cell)
                if not isinstance(value, BlankNode):
                    said[cell.file, subject.value].add((str(predicate), str(value)))
        unnamed: dict[Said, Cell] = {}
        for node, cell in first.items():
            unnamed.setdefault(frozenset(said[node]), cell)
        return cls(named, unnamed, texts, files)

    def problem(self, shapes: Graph, node: RdflibNode | None, message: str, cell: Cell | None = None) -> Problem:
        """Return the problem of a node of the ``shapes``, at its place unless there is a ``cell`` that tells it better.

        The message names the shape, the nearest that has an IRI.
        """
        nodes = list(_upwards(shapes, node))
        shape = next((each for each in nodes if isinstance(each, URIRef)), None)
        cell = cell or next((cell for each in nodes if (cell := self._cell(shapes, each))), _ANYWHERE)
        if shape is not None:
            message = told("{shape}: {message}", shape=shape, message=message)
        return Problem(cell.file, cell.line, cell.column, message)

    def in_text(self, text: str) -> Cell:
        """Return the place where a text begins that a shape has; of one that is written with escapes only the line."""
        cell = self.texts.get(text, _ANYWHERE)
        written = self.files.get(cell.file, "")
        start = _start(written, text, cell.line)
        if start < 0:
            return cell
        before = written[:start].split("\n")
        return Cell(cell.file, len(before), str(len(before[-1]) + 1))

    def _cell(self, shapes: Graph, node: RdflibNode) -> Cell | None:
        if isinstance(node, URIRef):
            return self.named.get(str(node))
        said = _said(shapes, node)
        return self.unnamed.get(said) if said else None


def _start(written: str, text: str, line: int) -> int:
    """Return where the last text that is quoted so begins that ends before the end of the line, -1 if none does."""
    end = sum(len(each) + 1 for each in written.split("\n", line)[:line])
    return max(written.rfind(f"{quote}{text}{quote}", 0, end) for quote in ("'", '"')) + 1 or -1


def _upwards(shapes: Graph, node: RdflibNode | None) -> Iterator[RdflibNode]:
    """Yield the node, then what has it for an object, and so on until one has an IRI."""
    for _ in range(_LEVELS):
        if node is None:
            return
        yield node
        if not isinstance(node, BNode):
            return
        node = next(shapes.subjects(None, node), None)


def _said(shapes: Graph, node: RdflibNode) -> Said:
    """Return what is said of a node that has no IRI, as the document's parser writes it."""
    found = ((predicate, value) for predicate, value in shapes.predicate_objects(node) if not isinstance(value, BNode))
    return frozenset((str(to_oxigraph(predicate)), str(to_oxigraph(value))) for predicate, value in found)


NOWHERE: Final = Places()
"""The places of shapes that stand in no file."""
