"""Certainty: which validation results hold although not everything could be read, and which may only follow from that.

A row with a wrong cell is not in the data as it should be, so whatever the shapes find about it, or find missing
because of it, may be gone once the cell is mended. Such a result is not told: its cause is. What is sure is told.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode

from si_lod.publish.shacl.monotony import OF_A_VALUE, lasting
from si_lod.publish.shacl.report import SH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import Store

    from si_lod.publish.csvw import Damage
    from si_lod.publish.judgement.trace import Trace
    from si_lod.publish.shacl.report import Node, ValidationResult
    from si_lod.publish.shacl.shapes import Shapes

_HOPS: Final = 2
"""How far around a focus node damage makes it uncertain what the shapes find missing."""
_MIN_COUNT: Final = f"{SH}MinCountConstraintComponent"
Place = tuple[str, int, str]


@dataclass(frozen=True, slots=True)
class Certainty:
    """What is sure of the results on ``store``, given the damage and the places that are complained about already."""

    damage: Damage
    store: Store
    shapes: Shapes
    trace: Trace
    told: frozenset[Place]

    def is_told(self, result: ValidationResult) -> bool:
        """Return whether another fault is told of the very cell that the result is about."""
        cell = self.trace.cell(result)
        return cell is not None and (cell.file, cell.line, cell.column) in self.told

    def holds(self, result: ValidationResult) -> bool:
        """Return whether the result will be there still when the damage is mended."""
        if _iri(result.focus_node) in self.damage.subjects:
            # Its row is wrong somewhere else; a right cell of it can be judged by itself.
            cell = self.trace.cell(result)
            by_itself = result.component in OF_A_VALUE or self._is_nowhere(result.value)
            return by_itself and cell is not None and bool(cell.column)
        if lasting(result, self.shapes):
            return _iri(result.value) not in self.damage.subjects
        return self._is_missed_for_sure(result)

    def _is_missed_for_sure(self, result: ValidationResult) -> bool:
        """Return whether what the result misses is not in what could not be read."""
        if self._is_nowhere(result.focus_node):
            return True
        focus = _iri(result.focus_node)
        if focus in self.damage.mentions or any(iri in self.damage.subjects for iri in self._around(result)):
            return False
        if not self.damage.starts or self._is_nowhere(result.value):
            return True
        path = _iri(result.path)
        return result.component == _MIN_COUNT and bool(path) and not self.damage.may_say(path)

    def _is_nowhere(self, value: Node | None) -> bool:
        """Return whether nothing is said of the value, nor can be in what could not be read."""
        if not isinstance(value, NamedNode) or self.damage.may_describe(value.value):
            return False
        return not any(self.store.quads_for_pattern(value, None, None))

    def _around(self, result: ValidationResult) -> Iterator[str]:
        nodes = {node for node in (result.focus_node, result.value) if isinstance(node, NamedNode)}
        for _ in range(_HOPS):
            yield from (node.value for node in nodes)
            nodes = {
                quad.object
                for node in nodes
                for quad in self.store.quads_for_pattern(node, None, None)
                if isinstance(quad.object, NamedNode)
            }
        yield from (node.value for node in nodes)


def _iri(node: Node | None) -> str:
    return node.value if isinstance(node, NamedNode) else ""
