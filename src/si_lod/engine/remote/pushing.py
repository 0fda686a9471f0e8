"""A release put into an engine: sent, read back, compared, and only then on the shelf."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from si_lod.engine.remote.clearing import Clearing
from si_lod.engine.remote.comparing import Sent
from si_lod.engine.remote.fingerprint import Fingerprint
from si_lod.engine.remote.held import Crossed, Held
from si_lod.engine.remote.inspection import Inspection
from si_lod.engine.remote.label import Label
from si_lod.engine.remote.naming import nothing_of, release_of
from si_lod.engine.remote.reading import try_queries
from si_lod.engine.remote.sending import Sending
from si_lod.engine.remote.shelf import Shelf
from si_lod.engine.remote.unpacking import unpacked
from si_lod.errors import LodError
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator

    from si_lod.engine.remote.exchange import Exchange
    from si_lod.engine.remote.graphstore import GraphStore
    from si_lod.release import Release


_UNNAMED: Final = told(
    "what was there under this version was not what was published, "
    "so servers of it have nothing to answer from until it is pushed"
)
_LEFT: Final = told("the release is pushed; what is not needed any more is still there: the next push takes it away")


@dataclass(frozen=True, slots=True)
class Pushed:
    """What came of a push: the release is whole as ``graph``.

    ``rewritten`` says how many literals of each kind the engine writes otherwise, ``cleared`` how many graphs were
    taken away that stopped pushes had left.
    """

    graph: str
    was_sent: bool
    rewritten: Counter[str]
    cleared: int


@dataclass(frozen=True, slots=True)
class Push:
    """The way of one release into one engine; ``keep`` is how many others stay there.

    Where ``exchange`` is given, what a query finds is compared as well: some engines keep a literal and tell another.
    With ``by_value`` a literal may be written otherwise, if it has the same value and datatype. Whoever knows that no
    other push is under way says that this one ``is_alone``.
    """

    release: Release
    store: GraphStore
    keep: int
    exchange: Exchange | None = None
    by_value: bool = False
    is_alone: bool = False

    def run(self) -> Pushed:
        """Have the release in the engine and on its shelf as the current one.

        Until the shelf names the graph nobody reads from it, so a push that is broken off can be done again. Raises
        EndpointFailed if the engine does not give back what it was sent, NoRelease if the release's file is broken.
        """
        if self.exchange is not None:
            try_queries(self.exchange, nothing_of(self._base))
        cleared = self._clearing.sweep(is_alone=self.is_alone)
        held = self._clearing.standing(self._release)
        with unpacked(self.release) as (file, size):
            sent = Sent(file, Fingerprint.of(file), self.by_value)
            kept = self._inspection(held).kept(sent) if held else None
            if held and kept is not None:
                return Pushed(self._switched(), was_sent=False, rewritten=kept, cleared=cleared)
            with _noting(_UNNAMED if held else ""):
                self._clearing.take_away(frozenset({held.graph} if held else ()))
                graph, rewritten = self._sent(sent, size)
        return Pushed(graph, was_sent=True, rewritten=rewritten, cleared=cleared)

    @property
    def _release(self) -> str:
        return release_of(self.release.manifest)

    @property
    def _base(self) -> str:
        return self.release.manifest.site.base

    @property
    def _clearing(self) -> Clearing:
        return Clearing(self.store, self._base)

    def _inspection(self, held: Held) -> Inspection:
        return Inspection(self.store, self.exchange, held.graph)

    def _sent(self, sent: Sent, size: int) -> tuple[str, Counter[str]]:
        """Return the graph of the release that was sent and is whole, and what is written otherwise in it."""
        held = Held.of(self.release.manifest)
        inspection = self._inspection(held)
        with Sending(self.store, held.graph, self._base).put(sent.file, size):
            rewritten = inspection.stored(sent) | inspection.found(sent)
        return self._switched(held), rewritten

    def _switched(self, new: Held | None = None) -> str:
        """Return the graph that the release is read from, the new one if there is one.

        It is the current one on the shelf then, and nothing is in the engine that is not needed any more.
        """
        label = Label(self.store, self._release)
        seen = {label.graph()}
        with _noting(
            told("the release is there as a whole, as the graph <{graph}>; push again", graph=new.graph) if new else ""
        ):
            if new:
                seen.add(new.graph)
                label.write(new)
            shelf = Shelf.change(self.store, self._base, self._listed)
        # Whatever the label has ceased to name, it never names again.
        others = (shelf.of(self._release) | seen) - {self._standing().graph, ""}
        with _noting(_LEFT):
            self._clearing.take_away(others | shelf.surplus(self.keep))
        return self._standing().graph

    def _standing(self) -> Held:
        held = self._clearing.standing(self._release)
        if held is None:
            raise Crossed.at(self.store.address)
        return held

    def _listed(self, shelf: Shelf, is_again: bool) -> Shelf:  # noqa: FBT001  given by place
        held = self._standing()
        # Where another push made its release the current one after this one did, it is that to both of them, so that
        # they agree on which are kept.
        return shelf if is_again and held.graph in shelf.graphs() else shelf.with_current(held)


@contextmanager
def _noting(note: str) -> Iterator[None]:
    """Add the note, if it says anything, to what is raised meanwhile."""
    try:
        yield
    except LodError as error:
        if note:
            error.add_note(note)
        raise
