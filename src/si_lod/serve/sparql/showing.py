"""A query's result for people: as a page and as a chart."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from time import monotonic
from typing import TYPE_CHECKING, Final

from si_lod.engine.sharing.turns import Turns
from si_lod.engine.spool import too_large
from si_lod.errors import NotAcceptable, TooLarge
from si_lod.sentences import told
from si_lod.serve.pages import ResultTable, plan_of, query_page, result_chart, svg
from si_lod.serve.sparql.representing import graphs_of
from si_lod.serve.sparql.results import read_table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from si_lod.engine.evaluation import QueryRequest
    from si_lod.serve.visit import Visit

_PLACES: Final = 2
"""So many results are shown at once: to make a page of one takes long, and computes in the server's own process."""
_PATIENCE: Final = 2.0


def _turns() -> Turns:
    return Turns(_PLACES, 2 * _PLACES, _PATIENCE)


@dataclass(frozen=True, slots=True)
class Showing:
    """Makes pages and charts in fair turns; ``charge`` is told of each client for how many seconds.

    What it makes raises what evaluation raises, which has turns of its own, and Busy when too many wait.
    """

    charge: Callable[[str, float], None]
    turns: Turns = field(default_factory=_turns)

    def page(self, visit: Visit, asked: QueryRequest) -> str:
        """Return the query page with the result."""
        content = _content(visit, asked)
        with self._turn(asked):
            return query_page(visit.view, asked.query.text, read_table(asked.query, content), graphs_of(asked))

    def drawing(self, visit: Visit, asked: QueryRequest, size: str) -> str:
        """Return the result as a chart in SVG; raises NotAcceptable if there is nothing to hold side by side."""
        content = _content(visit, asked)
        with self._turn(asked):
            result = read_table(asked.query, content)
            chart = result_chart(visit.view, result) if isinstance(result, ResultTable) else None
            if chart is None:
                raise NotAcceptable(
                    told("format: this result has no column of figures beside one of words or times; ask for another")
                )
            return svg(visit.view, chart, plan_of(size))

    @contextmanager
    def _turn(self, asked: QueryRequest) -> Iterator[None]:
        client = asked.asker.client
        with self.turns.turn(client):
            begun = monotonic()
            try:
                yield
            finally:
                self.charge(client, monotonic() - begun)


def _content(visit: Visit, asked: QueryRequest) -> bytes:
    """Return the result that is to be shown; one that is too large for that may still be had otherwise."""
    try:
        return visit.engine.answer(asked).content
    except TooLarge as problem:
        if asked.most is None or str(problem) != str(too_large(asked.most)):
            raise
        raise TooLarge(
            told(
                "the result is larger than the {most:,} bytes that are shown here; "
                "ask for it as CSV or in another format, in which it may be larger, or for a part of it with LIMIT",
                most=asked.most,
            )
        ) from None
