"""The time that pySHACL gives to each constraint: a process that gives one too much is ended by the kernel.

pySHACL has no limit of its own and nobody whom it tells what it is doing, and the regular expressions of Python let
nobody else have a word. So its methods are wrapped, in a process that does nothing else: before each constraint a
timer is set to what is left of its time, and a note is left of which it is. Its time is that over all focus nodes.
"""

from __future__ import annotations

import json
import signal
from collections import defaultdict
from dataclasses import dataclass, field
from functools import wraps
from math import inf
from time import monotonic
from typing import TYPE_CHECKING, Any, Final

from pyshacl.constraints import ALL_CONSTRAINT_COMPONENTS
from pyshacl.constraints.sparql.sparql_based_constraint_components import BoundShapeValidatorComponent
from pyshacl.constraints.sparql.sparql_based_constraints import SPARQLBasedConstraint
from pyshacl.shape import Shape

from si_lod.publish.shacl.core.refusals import SPARQL

if TYPE_CHECKING:
    from collections.abc import Callable
    from mmap import mmap

Place = tuple[Any, str, Any]
"""A shape of pySHACL's, the name of its constraint component, and the node of the constraint in SPARQL or None."""
_BETWEEN: Final = (None, "", None)


@dataclass(frozen=True, slots=True, eq=False)
class _Beginning:
    """A shape that is being made."""

    node: Any


@dataclass(slots=True)
class Clock:
    """Who has had how much of the ``seconds`` that each may take; ``note`` is memory where it says who has them.

    It is asked twice for each constraint of each focus node. So it looks at identities, writes what it has written
    before, and sets the timer again only when that is off by more than ``slack`` seconds.
    """

    seconds: float
    note: mmap
    slack: float = 0.25
    _spent: defaultdict[Place, float] = field(default_factory=lambda: defaultdict(float))
    _notes: dict[Place, bytes] = field(default_factory=dict)
    _now: Place = _BETWEEN
    _since: float = field(default_factory=monotonic)
    _ends: float = inf

    def turn(self, place: Place) -> Place:
        """Let the time from now on be that of ``place``; return whose it was."""
        now, before = monotonic(), self._now
        self._spent[before] += now - self._since
        self._now, self._since = place, now
        note = self._notes.get(place) or self._written(place)
        self.note[: len(note)] = note
        left = inf if place is _BETWEEN else max(self.seconds - self._spent[place], 0.0)
        if not now + left <= self._ends <= now + left + 2 * self.slack:
            self._ends = now + left + self.slack
            signal.setitimer(signal.ITIMER_REAL, 0 if left == inf else left + self.slack)
        return before

    def _written(self, place: Place) -> bytes:
        shape, component, constraint = place
        nodes = [shape.node.n3() if shape else "", component, constraint.n3() if constraint else ""]
        note = json.dumps(nodes).encode() + b"\n"
        return self._notes.setdefault(place, note if len(note) < len(self.note) else b"\n")

    def watch(self) -> None:
        """Wrap pySHACL's methods, for as long as this process lives."""
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        for component in ALL_CONSTRAINT_COMPONENTS:
            self._wrap(component, "evaluate", _component)
        self._wrap(BoundShapeValidatorComponent, "evaluate", lambda this, _: (this.shape, SPARQL, this.validator.node))
        self._wrap(
            SPARQLBasedConstraint,
            "_evaluate_sparql_constraint",
            lambda this, given: (this.shape, SPARQL, given[0].node),
        )
        self._wrap(Shape, "validate", lambda this, _: (this, "", None))
        self._wrap(Shape, "__init__", lambda _, given: (_Beginning(given[1]), "", None))

    def _wrap(self, owner: type, name: str, place: Callable[[Any, tuple[Any, ...]], Place]) -> None:
        method = getattr(owner, name)

        @wraps(method)
        def timed(this: object, *arguments: object, **named: object) -> object:
            before = self.turn(place(this, arguments))
            # What raises keeps the time, and so the note.
            found = method(this, *arguments, **named)
            self.turn(before)
            return found

        setattr(owner, name, timed)


def _component(this: Any, _given: tuple[Any, ...]) -> Place:
    return this.shape, type(this).__name__.removesuffix("ConstraintComponent"), None
