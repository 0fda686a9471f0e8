"""A graph in the engine, held against what was sent: as its graph store gives it, and as a query finds it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from si_lod.engine.remote.looking.reading import everything, lines_of, silent
from si_lod.engine.remote.looking.transcript import triples
from si_lod.engine.remote.transfer.comparing import Differs
from si_lod.errors import EndpointFailed, Overdue, Unanswered
from si_lod.foreign import in_one_line
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from si_lod.engine.remote.holding.graphstore import GraphStore
    from si_lod.engine.remote.speaking.exchange import Exchange
    from si_lod.engine.remote.transfer.comparing import Sent


@dataclass(frozen=True, slots=True)
class Inspection:
    """Says how many literals of each kind are written otherwise in the ``graph``; raises Differs where it is another.

    Without an ``exchange`` no query can be asked.
    """

    store: GraphStore
    exchange: Exchange | None
    graph: str

    def kept(self, sent: Sent) -> Counter[str] | None:
        """Return what is written otherwise in the graph, None if it is not what is to be sent."""
        try:
            stored = self.stored(sent)
        except Differs:
            return None
        return stored | self.found(sent)

    def stored(self, sent: Sent) -> Counter[str]:
        """Return what is written otherwise in what the graph store gives back."""
        return sent.compared(self.store.address, self._received)

    def found(self, sent: Sent) -> Counter[str]:
        """Return what a query for all triples, where one can be asked, finds written otherwise."""
        exchange = self.exchange
        if exchange is None:
            return Counter()
        try:
            return sent.compared(exchange.endpoint, lambda: everything(exchange, self.graph, self.store.seconds))
        except Overdue:
            raise silent(exchange.endpoint, self.store.seconds) from None
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
