"""What is no more: whether it was ever published, and whether what came in its place can be found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode

from si_lod.changes.comparison import DUMP
from si_lod.changes.merging import read_lines, subject_of
from si_lod.errors import Problem
from si_lod.publish.judgement.continuity import DEPRECATED, REPLACED, TYPE
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import Store, Triple

    from si_lod.publish.csvw import Cell, Damage
    from si_lod.release import Release

_WITHDRAWN: Final = "data/withdrawn.csv"
_RENAMED: Final = "data/renamed.csv"


@dataclass(frozen=True, slots=True)
class LostSuccessor:
    """What says that a thing was replaced by one that leads nowhere; such things are told of in the ``table``."""

    triple: Triple
    table: str

    def problem(self, base: str, cell: Cell | None) -> Problem:
        """Return what there is to do about it, in the cell that says it, if one does."""
        message = told(
            "{thing}: expected a successor that is described, found {successor}; name one that is, or none",
            thing=str(getattr(self.triple.subject, "value", "")).removeprefix(base),
            successor=self.triple.object,
        )
        return Problem(cell.file, cell.line, cell.column, message) if cell else Problem(self.table, 0, "", message)


def strangers(before: Release, store: Store, base: str) -> Iterator[Triple]:
    """Yield what says that a thing below ``{base}id/`` is no more of which the release ``before`` says nothing.

    It was never published, so either its id is not what it was, or its row is of no use.
    """
    said = [q for predicate in (DEPRECATED, REPLACED) for q in store.quads_for_pattern(None, predicate, None)]
    new = {
        str(quad.subject).encode(): quad.triple
        for quad in said
        if isinstance(quad.subject, NamedNode)
        and quad.subject.value.startswith(f"{base}id/")
        and not _has_type(quad.subject, store)
    }
    for line in read_lines(before.path / DUMP) if new else ():
        new.pop(subject_of(line), None)
    yield from new.values()


def lost_successors(store: Store, base: str, damage: Damage) -> Iterator[LostSuccessor]:
    """Yield what is said of each thing below ``{base}id/`` that is no more and whose successor leads nowhere.

    One that what could not be read may describe is not complained about.
    """
    for quad in store.quads_for_pattern(None, REPLACED, None):
        thing, successor = quad.subject, quad.object
        if not isinstance(thing, NamedNode) or not thing.value.startswith(f"{base}id/") or _has_type(thing, store):
            continue
        if damage and any(
            damage.may_describe(node.value) for node in (thing, successor) if isinstance(node, NamedNode)
        ):
            continue
        if not isinstance(successor, NamedNode) or not _lasts(successor, store):
            table = _WITHDRAWN if any(store.quads_for_pattern(thing, DEPRECATED, None)) else _RENAMED
            yield LostSuccessor(quad.triple, table)


def _lasts(node: NamedNode, store: Store) -> bool:
    """Return whether following successors from ``node`` leads to a thing that is described, whatever the detours."""
    seen: set[NamedNode] = set()
    waiting = [node]
    while waiting:
        here = waiting.pop()
        if here in seen:
            continue
        seen.add(here)
        if _has_type(here, store) or any(store.quads_for_pattern(here, DEPRECATED, None)):
            return True
        following = store.quads_for_pattern(here, REPLACED, None)
        waiting += [quad.object for quad in following if isinstance(quad.object, NamedNode)]
    return False


def _has_type(thing: NamedNode, store: Store) -> bool:
    return any(store.quads_for_pattern(thing, TYPE, None))
