"""A whole graph read back from the engine, as lines in the release's own form."""

from __future__ import annotations

from itertools import islice
from time import monotonic
from typing import TYPE_CHECKING, BinaryIO, Final, cast

from pyoxigraph import NamedNode, QueryBoolean, QueryResultsFormat, RdfFormat, Triple, parse_query_results, serialize

from si_lod.engine.evaluation import Form
from si_lod.engine.pool.deadline import Deadline
from si_lod.engine.remote.transcript import unreadable
from si_lod.engine.remote.wording import pattern_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from si_lod.engine.remote.exchange import Exchange

_CHUNK: Final = 1000


def lines_of(triples: Iterator[Triple]) -> Iterator[bytes]:
    """Yield the triples as lines of N-Triples, as the release has them."""
    while chunk := list(islice(triples, _CHUNK)):
        # Only "\n" ends a line here: N-Triples escapes every other line break, and bytes know no Unicode ones.
        yield from cast("bytes", serialize(chunk, format=RdfFormat.N_TRIPLES)).splitlines(keepends=True)


def everything(exchange: Exchange, graph: str, seconds: float) -> Iterator[bytes]:
    """Yield all that a query finds in the graph, as lines; raises Unanswered where it has no whole answer."""
    deadline = Deadline(seconds, monotonic() + seconds)
    with exchange.ask(pattern_text(None, None, None), Form.SELECT, deadline, default=(graph,)) as arrival:
        try:
            solutions = parse_query_results(cast("BinaryIO", arrival), format=QueryResultsFormat.JSON)
            if isinstance(solutions, QueryBoolean):
                raise unreadable()
            yield from lines_of(
                Triple(cast("NamedNode", found["s"]), cast("NamedNode", found["p"]), cast("NamedNode", found["o"]))
                for found in solutions
            )
        except (SyntaxError, ValueError, KeyError):
            raise unreadable() from None
