"""A release put into an engine: sent, read back, compared, and only then on the shelf."""

from __future__ import annotations

import gzip
import hashlib
import zlib
from collections import Counter
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, BinaryIO, Final, cast

from si_lod.engine.remote.comparing import Sent
from si_lod.engine.remote.fingerprint import Fingerprint
from si_lod.engine.remote.naming import graph_of
from si_lod.engine.remote.reading import everything, lines_of
from si_lod.engine.remote.shelf import Held, Shelf
from si_lod.engine.remote.transcript import triples
from si_lod.errors import EndpointFailed, LodError, NoRelease, Unanswered
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from si_lod.engine.remote.exchange import Exchange
    from si_lod.engine.remote.graphstore import GraphStore
    from si_lod.release import Release

_BLOCK: Final = 1024 * 1024


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
        before = Shelf.read(self.store, self.release.manifest.site.base)
        with self._lines() as (file, size):
            sent = Sent(file, Fingerprint.of(file), self.by_value)
            named = next((each for each in before.held if each.graph == self.graph), None)
            kept = self._kept(sent) if named else None
            if kept is not None:
                rewritten = kept | self._told(sent)
            else:
                if named:
                    before = before.without(frozenset({self.graph}))
                    before.write(self.store)
                file.seek(0)
                self.store.put(self.graph, file, size)
                rewritten = self._verified(sent)
        self._switch(before, named if named and kept is not None else Held.of(self.release.manifest))
        return Pushed(was_sent=kept is None, rewritten=rewritten)

    def _switch(self, before: Shelf, held: Held) -> None:
        """Have the shelf name the release as current, and nothing in the engine that it names no more."""
        shelf = before.with_current(held)
        surplus = shelf.surplus(self.keep)
        after = shelf.without(surplus)
        if after != before:
            after.write(self.store)
        for graph in sorted(surplus):
            self.store.drop(graph)

    @contextmanager
    def _lines(self) -> Iterator[tuple[BinaryIO, int]]:
        """Give the release as N-Triples in a file without a name, with its size; its digest is the manifest's."""
        path = self.release.path / "dataset.nq.gz"
        digest = hashlib.sha256()
        with TemporaryFile() as file:
            with suppress(EOFError, gzip.BadGzipFile, zlib.error), gzip.open(path) as content:
                while block := content.read(_BLOCK):
                    digest.update(block)
                    file.write(block)
            if digest.hexdigest() != self.release.manifest.dataset:
                message = told(
                    "{path}: this is not what the release's manifest says that it is; publish the release again",
                    path=path,
                )
                raise NoRelease(message)
            size = file.tell()
            file.seek(0)
            yield cast("BinaryIO", file), size

    def _verified(self, sent: Sent) -> Counter[str]:
        """Return what is written otherwise; raises EndpointFailed, and leaves no graph behind, if that may not be."""
        try:
            return sent.compared(self.store.address, self._received) | self._told(sent)
        except LodError:
            with suppress(EndpointFailed):
                self.store.drop(self.graph)
            raise

    def _kept(self, sent: Sent) -> Counter[str] | None:
        """Return what is written otherwise in the graph that is there, None if it is not what is to be sent."""
        try:
            return sent.compared(self.store.address, self._received)
        except EndpointFailed:
            return None

    def _told(self, sent: Sent) -> Counter[str]:
        """Return what a query for all triples, where one can be asked, finds written otherwise."""
        exchange = self.exchange
        if exchange is None:
            return Counter()
        try:
            return sent.compared(exchange.endpoint, lambda: everything(exchange, self.graph, self.store.seconds))
        except Unanswered as error:
            raise EndpointFailed(told("{address}: {reason}", address=exchange.endpoint, reason=str(error))) from None

    def _received(self) -> Iterator[bytes]:
        """Yield the graph's triples as the engine gives them, in the release's own form of lines."""
        with self.store.get(self.graph) as arrival:
            try:
                yield from lines_of(triples(arrival) if arrival else iter(()))
            except SyntaxError as error:
                message = told("{address}: expected N-Triples: {error}", address=self.store.address, error=error)
                raise EndpointFailed(message) from None
