"""A release put into an engine: sent, read back, compared, and only then on the shelf."""

from __future__ import annotations

import gzip
import hashlib
import zlib
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, BinaryIO, Final, cast

from si_lod.engine.remote.fingerprint import Fingerprint, lines_in
from si_lod.engine.remote.naming import graph_of
from si_lod.engine.remote.reading import everything, lines_of
from si_lod.engine.remote.shelf import Held, Shelf
from si_lod.engine.remote.transcript import triples
from si_lod.errors import EndpointFailed, LodError, NoRelease, Unanswered
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from si_lod.engine.remote.exchange import Exchange
    from si_lod.engine.remote.graphstore import GraphStore
    from si_lod.release import Release

_BLOCK: Final = 1024 * 1024
_EXAMPLES: Final = 3
_LOOKED_INTO: Final = 64
"""Of how many buckets the lines are compared one by one, to say which are not the same."""


@dataclass(frozen=True, slots=True)
class Push:
    """The way of one release into one engine; ``keep`` is how many others stay there.

    Where ``exchange`` is given, what a query finds is compared as well: some engines keep a literal and tell another.
    """

    release: Release
    store: GraphStore
    keep: int
    exchange: Exchange | None = None

    @property
    def graph(self) -> str:
        """The IRI of the release's graph."""
        return graph_of(self.release.manifest)

    def run(self) -> bool:
        """Have the release in the engine and on its shelf as the current one; return whether it had to be sent.

        Until the shelf names the graph nobody reads from it, so a push that is broken off can be done again. Raises
        EndpointFailed if the engine does not give back what it was sent, NoRelease if the release's file is broken.
        """
        shelf = Shelf.read(self.store, self.release.manifest.site.base)
        with self._lines() as (file, size):
            mine = Fingerprint.of(file)
            is_named = any(each.graph == self.graph for each in shelf.held)
            is_there = is_named and self._fingerprint() == mine
            if is_named and not is_there:
                shelf = shelf.without(frozenset({self.graph}))
                shelf.write(self.store)
            if not is_there:
                file.seek(0)
                self.store.put(self.graph, file, size)
                self._verify(mine, file)
            else:
                self._verify_queried(mine, file)
        shelf = shelf.with_current(Held.of(self.release.manifest))
        surplus = shelf.surplus(self.keep)
        shelf.without(surplus).write(self.store)
        for graph in sorted(surplus):
            self.store.drop(graph)
        return not is_there

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

    def _verify(self, mine: Fingerprint, file: BinaryIO) -> None:
        """Raise EndpointFailed, and leave no graph behind, unless what is in the engine is what is in the file."""
        try:
            self._compare(self.store.address, self._received, mine, file)
            self._verify_queried(mine, file)
        except LodError:
            with suppress(EndpointFailed):
                self.store.drop(self.graph)
            raise

    def _verify_queried(self, mine: Fingerprint, file: BinaryIO) -> None:
        """Raise EndpointFailed unless a query for all triples, where one can be asked, finds those of the file."""
        exchange = self.exchange
        if exchange is None:
            return
        try:
            self._compare(exchange.endpoint, lambda: everything(exchange, self.graph, self.store.seconds), mine, file)
        except Unanswered as error:
            raise EndpointFailed(told("{address}: {reason}", address=exchange.endpoint, reason=str(error))) from None

    @staticmethod
    def _compare(address: str, read: Callable[[], Iterator[bytes]], mine: Fingerprint, file: BinaryIO) -> None:
        theirs = Fingerprint.of(read())
        if theirs == mine:
            return
        buckets = frozenset(sorted(mine.differing(theirs))[:_LOOKED_INTO])
        file.seek(0)
        sent, found = set(lines_in(file, buckets)), set(lines_in(read(), buckets))
        message = told(
            "{address}: expected the {sent} triples that were sent, found {found} and not all the same, so the release "
            "is not switched to; sent and not found: {missing}; found and not sent: {added}",
            address=address,
            sent=mine.count,
            found=theirs.count,
            missing=_some(sent - found),
            added=_some(found - sent),
        )
        raise EndpointFailed(message)

    def _fingerprint(self) -> Fingerprint:
        return Fingerprint.of(self._received())

    def _received(self) -> Iterator[bytes]:
        """Yield the graph's triples as the engine gives them, in the release's own form of lines."""
        with self.store.get(self.graph) as arrival:
            try:
                yield from lines_of(triples(arrival) if arrival else iter(()))
            except SyntaxError as error:
                message = told("{address}: expected N-Triples: {error}", address=self.store.address, error=error)
                raise EndpointFailed(message) from None


def _some(lines: set[bytes]) -> str:
    shown = (line.decode(errors="replace").strip() for line in sorted(lines)[:_EXAMPLES])
    return " ".join(shown) or told("none")
