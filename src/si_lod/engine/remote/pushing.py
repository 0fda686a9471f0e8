"""A release put into an engine: sent, read back, compared, and only then on the shelf."""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from si_lod.engine.remote.comparing import Differs, Sent
from si_lod.engine.remote.fingerprint import Fingerprint
from si_lod.engine.remote.naming import graph_of, nothing_of
from si_lod.engine.remote.reading import everything, lines_of, try_queries
from si_lod.engine.remote.sending import Sending
from si_lod.engine.remote.shelf import Held, Shelf
from si_lod.engine.remote.transcript import triples
from si_lod.engine.remote.unpacking import unpacked
from si_lod.errors import EndpointFailed, LodError, Unanswered
from si_lod.foreign import in_one_line
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from si_lod.engine.remote.exchange import Exchange
    from si_lod.engine.remote.graphstore import GraphStore
    from si_lod.release import Release


_UNNAMED: Final = told(
    "what was there under this version was not what was published, "
    "so servers of it have nothing to answer from until it is pushed"
)


@dataclass(frozen=True, slots=True)
class Pushed:
    """What came of a push; ``rewritten`` says how many literals of each kind the engine writes otherwise."""

    was_sent: bool
    rewritten: Counter[str]


@dataclass(frozen=True, slots=True)
class Push:
    """The way of one release into one engine; ``keep`` is how many others stay there.

    Where ``exchange`` is given, what a query finds is compared as well: some engines keep a literal and tell another.
    With ``by_value`` a literal may be written otherwise, if it has the same value and datatype.
    """

    release: Release
    store: GraphStore
    keep: int
    exchange: Exchange | None = None
    by_value: bool = False

    @property
    def graph(self) -> str:
        """The IRI of the release's graph."""
        return graph_of(self.release.manifest)

    def run(self) -> Pushed:
        """Have the release in the engine and on its shelf as the current one.

        Until the shelf names the graph nobody reads from it, so a push that is broken off can be done again. Raises
        EndpointFailed if the engine does not give back what it was sent, NoRelease if the release's file is broken.
        """
        if self.exchange is not None:
            try_queries(self.exchange, nothing_of(self._base))
        before = Shelf.read(self.store, self._base)
        with unpacked(self.release) as (file, size):
            sent = Sent(file, Fingerprint.of(file), self.by_value)
            named = next((each for each in before.held if each.graph == self.graph), None)
            kept = self._kept(sent) if named else None
            if named and kept is not None:
                rewritten = kept | self._told(sent)
                self._switch(before, named)
                return Pushed(was_sent=False, rewritten=rewritten)
            if named:
                before = before.without(frozenset({self.graph}))
                before.write(self.store)
            with _noting(_UNNAMED if named else ""):
                rewritten = self._sent(sent, size)
        self._switch(before, Held.of(self.release.manifest))
        return Pushed(was_sent=True, rewritten=rewritten)

    @property
    def _base(self) -> str:
        return self.release.manifest.site.base

    def _sent(self, sent: Sent, size: int) -> Counter[str]:
        """Return what is written otherwise in what was sent; raises EndpointFailed if that may not be."""
        sent.file.seek(0)
        with Sending(self.store, self.graph, self._base).put(sent.file, size):
            return sent.compared(self.store.address, self._received) | self._told(sent)

    def _switch(self, before: Shelf, held: Held) -> None:
        """Have the shelf name the release as current, and nothing in the engine that it names no more."""
        shelf = before.with_current(held)
        surplus = shelf.surplus(self.keep)
        after = shelf.without(surplus)
        if after != before:
            whole = told("the release is there as a whole, as the graph <{graph}>; push again", graph=self.graph)
            with _noting(whole):
                after.write(self.store)
        for graph in sorted(surplus):
            left = told("the release is pushed; the graph <{graph}> is not needed and still there", graph=graph)
            with _noting(left):
                self.store.drop(graph)

    def _kept(self, sent: Sent) -> Counter[str] | None:
        """Return what is written otherwise in the graph that is there, None if it is not what is to be sent."""
        try:
            return sent.compared(self.store.address, self._received)
        except Differs:
            return None

    def _told(self, sent: Sent) -> Counter[str]:
        """Return what a query for all triples, where one can be asked, finds written otherwise."""
        exchange = self.exchange
        if exchange is None:
            return Counter()
        try:
            return sent.compared(exchange.endpoint, lambda: everything(exchange, self.graph, self.store.seconds))
        except Unanswered as error:
            reason = getattr(error, "reason", "") or str(error)
            raise EndpointFailed(told("{address}: {reason}", address=exchange.endpoint, reason=reason)) from None

    def _received(self) -> Iterator[bytes]:
        """Yield the graph's triples as the engine gives them, in the release's own form of lines."""
        with self.store.get(self.graph) as arrival:
            try:
                yield from lines_of(triples(arrival) if arrival else iter(()))
            except SyntaxError as error:
                found = in_one_line(str(error))
                message = told("{address}: expected N-Triples: {error}", address=self.store.address, error=found)
                raise EndpointFailed(message) from None


@contextmanager
def _noting(note: str) -> Iterator[None]:
    """Add the note, if it says anything, to what is raised meanwhile."""
    try:
        yield
    except LodError as error:
        if note:
            error.add_note(note)
        raise
