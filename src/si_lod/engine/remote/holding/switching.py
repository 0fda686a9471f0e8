"""A release made the one that servers read and the current one of the engine, however many pushes do so at once."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from si_lod.engine.remote.holding.held import Crossed
from si_lod.engine.remote.holding.label import Label
from si_lod.engine.remote.holding.shelf import Shelf
from si_lod.errors import LodError
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from si_lod.engine.remote.holding.clearing import Clearing
    from si_lod.engine.remote.holding.held import Held

_LEFT: Final = told("the release is pushed; what is not needed any more is still there: the next push takes it away")


@dataclass(frozen=True, slots=True)
class Switching:
    """Switches to the ``release`` of that IRI; ``keep`` is how many others stay.

    Raises Crossed where another push took the release away, EndpointFailed where the engine refuses.
    """

    clearing: Clearing
    release: str
    keep: int

    def to_new(self, new: Held) -> None:
        """Have the release be read from the new graph, which is whole.

        Another push of the release may make its own graph the one that it is read from, at any moment.
        """
        label = Label(self.clearing.store, self.release)
        before = label.graph()
        with noting(told("the release is there as a whole, as the graph <{graph}>; push again", graph=new.graph)):
            label.write(new)
            shelf = self._changed()
        self._clear(shelf, frozenset({before, new.graph, ""}))

    def to_named(self) -> None:
        """Have the graph that the release is read from be the current one."""
        self._clear(self._changed(), frozenset())

    def _changed(self) -> Shelf:
        return Shelf.change(self.clearing.store, self.clearing.base, self._listed)

    def _clear(self, shelf: Shelf, seen: frozenset[str]) -> None:
        """Have the engine hold neither what the label was seen to name and does not, nor more than is to be kept."""
        # Whatever the label has ceased to name, it never names again.
        superseded = (shelf.of(self.release) | seen) - {self._standing().graph, ""}
        with noting(_LEFT):
            self.clearing.take_away(superseded | shelf.surplus(self.keep))
        self._standing()

    def _standing(self) -> Held:
        held = self.clearing.standing(self.release)
        if held is None:
            raise Crossed.at(self.clearing.store.address)
        return held

    def _listed(self, shelf: Shelf, is_again: bool) -> Shelf:  # noqa: FBT001  given by place
        held = self.clearing.standing(self.release)
        # Where another push made its release the current one after this one did, it is that to both of them, so that
        # they agree on which are kept.
        if held is None or (is_again and held.graph in shelf.graphs()):
            return shelf
        return shelf.with_current(held)


@contextmanager
def noting(note: str) -> Iterator[None]:
    """Add the note, if it says anything, to what is raised meanwhile."""
    try:
        yield
    except LodError as error:
        if note:
            error.add_note(note)
        raise
