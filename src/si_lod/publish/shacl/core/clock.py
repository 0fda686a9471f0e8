"""The time that pySHACL gives to each constraint: a process that gives one too much is ended by the kernel.

pySHACL has no limit of its own and nobody whom it tells what it is doing, and the regular expressions of Python let
nobody else have a word. So its methods are wrapped, in a process that does nothing else: before each constraint a
timer is set to what is left of its time, and a note is left of which it is. Its time is that over all focus nodes.
"""

from __future__ import annotations

import json
import os
import signal
from collections import defaultdict
from dataclasses import dataclass, field
from functools import wraps
from time import monotonic
from typing import TYPE_CHECKING, Any, Final

from pyshacl.constraints import ALL_CONSTRAINT_COMPONENTS
from pyshacl.constraints.sparql.sparql_based_constraint_components import BoundShapeValidatorComponent
from pyshacl.constraints.sparql.sparql_based_constraints import SPARQLBasedConstraint
from pyshacl.shape import Shape

from si_lod.publish.shacl.wording import constraint_name

if TYPE_CHECKING:
    from collections.abc import Callable

Key = tuple[str, str, str]
"""A shape, the name of its constraint component, and the node of the constraint in SPARQL; in N-Triples' terms."""
_BETWEEN: Final = ("", "", "")
_SHORTEST: Final = 0.001
"""What a timer is set to when there is nothing left, since 0 would be no timer."""


@dataclass(slots=True)
class Clock:
    """Who has had how much of the ``seconds`` that each may take; ``note`` is the open file that says who has them."""

    seconds: float
    note: int
    _spent: defaultdict[Key, float] = field(default_factory=lambda: defaultdict(float))
    _notes: dict[Key, bytes] = field(default_factory=dict)
    _now: Key = _BETWEEN
    _since: float = field(default_factory=monotonic)

    def turn(self, key: Key) -> Key:
        """Let the time from now on be that of ``key``; return whose it was."""
        now, before = monotonic(), self._now
        self._spent[before] += now - self._since
        self._now, self._since = key, now
        if key not in self._notes:
            self._notes[key] = json.dumps(key).encode() + b"\n"
        os.pwrite(self.note, self._notes[key], 0)
        left = 0.0 if key == _BETWEEN else max(self.seconds - self._spent[key], _SHORTEST)
        signal.setitimer(signal.ITIMER_REAL, left)
        return before

    def watch(self) -> None:
        """Wrap pySHACL's methods, for as long as this process lives."""
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        for component in ALL_CONSTRAINT_COMPONENTS:
            self._wrap(component, "evaluate", _component)
        self._wrap(BoundShapeValidatorComponent, "evaluate", _validator)
        self._wrap(SPARQLBasedConstraint, "_evaluate_sparql_constraint", _constraint)
        self._wrap(Shape, "validate", lambda shape, _: (shape.node.n3(), "", ""))
        self._wrap(Shape, "__init__", lambda _, arguments: (arguments[1].n3(), "", ""))

    def _wrap(self, owner: type, name: str, key: Callable[[Any, tuple[Any, ...]], Key]) -> None:
        method = getattr(owner, name)

        @wraps(method)
        def timed(this: object, *arguments: object, **named: object) -> object:
            before = self.turn(key(this, arguments))
            # What raises keeps the time, and so the note.
            found = method(this, *arguments, **named)
            self.turn(before)
            return found

        setattr(owner, name, timed)


def _component(this: Any, _arguments: tuple[Any, ...]) -> Key:
    return this.shape.node.n3(), constraint_name(this.shacl_constraint_component), ""


def _validator(this: Any, _arguments: tuple[Any, ...]) -> Key:
    return this.shape.node.n3(), "SPARQL", this.validator.node.n3()


def _constraint(this: Any, arguments: tuple[Any, ...]) -> Key:
    return this.shape.node.n3(), "SPARQL", arguments[0].node.n3()
