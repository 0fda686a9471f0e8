"""A whole graph read back from the engine, as lines in the release's own form."""

from __future__ import annotations

from itertools import islice
from time import monotonic
from typing import TYPE_CHECKING, BinaryIO, Final, cast

from pyoxigraph import NamedNode, QueryBoolean, QueryResultsFormat, RdfFormat, Triple, parse_query_results, serialize

from si_lod.engine.evaluation import Form
from si_lod.engine.pool.deadline import Deadline
from si_lod.engine.remote.looking.transcript import unreadable
from si_lod.engine.remote.looking.wording import pattern_text
from si_lod.errors import EndpointFailed, LodError, Overdue
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from si_lod.engine.remote.speaking.exchange import Exchange

_CHUNK: Final = 1000
_SECONDS: Final = 30.0
"""The longest time for a query that asks for nothing."""


def lines_of(triples: Iterator[Triple]) -> Iterator[bytes]:
    """Yield the triples as lines of N-Triples, as the release has them."""
    while chunk := list(islice(triples, _CHUNK)):
        # Only "\n" ends a line here: N-Triples escapes every other line break, and bytes know no Unicode ones.
        yield from cast("bytes", serialize(chunk, format=RdfFormat.N_TRIPLES)).splitlines(keepends=True)


def try_queries(exchange: Exchange, graph: str, seconds: float) -> None:
    """Raise EndpointFailed unless a query about the graph, which there is not, is answered."""
    deadline = _within(min(seconds, _SECONDS))
    try:
        with exchange.ask("ASK { ?s ?p ?o }", Form.ASK, deadline, default=(graph,)) as arrival:
            if not isinstance(parse_query_results(arrival.whole(), format=QueryResultsFormat.JSON), QueryBoolean):
                raise unreadable()
    except Overdue:
        raise silent(exchange.endpoint, deadline.seconds) from None
    except (SyntaxError, ValueError, LodError) as error:
        message = told(
            "{address}: expected a SPARQL endpoint, found: {reason}; give --engine the address that the engine has "
            "for queries, such as http://localhost:7878/query",
            address=exchange.endpoint,
            reason=getattr(error, "reason", "") or str(error if isinstance(error, LodError) else unreadable()),
        )
        raise EndpointFailed(message) from None


def silent(address: str, seconds: float) -> EndpointFailed:
    """Return what is said of an engine that answers no query of a push in time."""
    return EndpointFailed(
        told(
            "{address}: expected an answer to a query within {seconds:g} s, found none; see how the engine is, "
            "or give it longer with --seconds",
            address=address,
            seconds=seconds,
        )
    )


def everything(exchange: Exchange, graph: str, seconds: float) -> Iterator[bytes]:
    """Yield all that a query finds in the graph, as lines; raises Unanswered where it has no whole answer."""
    deadline = _within(seconds)
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


def _within(seconds: float) -> Deadline:
    return Deadline(seconds, monotonic() + seconds)
