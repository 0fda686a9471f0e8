"""The release's example queries, asked of the engine and of the release's own store.

Engines differ in what they make of a query, and one answer does not show it. Of the examples the answers are known.
"""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode, QueryResultsFormat, RdfFormat

from si_lod.engine.evaluation import Asker, QueryRequest
from si_lod.engine.pool.deadline import Deadline
from si_lod.engine.remote.naming import nothing_of
from si_lod.engine.remote.transcript import transcribed
from si_lod.engine.store.local import LocalEngine
from si_lod.errors import LodError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from si_lod.engine.remote.exchange import Exchange
    from si_lod.release import Release

_EXAMPLES: Final = """PREFIX sh: <http://www.w3.org/ns/shacl#>
SELECT ?query ?text WHERE {
  ?query a sh:SPARQLExecutable ; ?kind ?text FILTER(?kind IN (sh:select, sh:ask, sh:construct)) } ORDER BY ?query"""
_MOST: Final = 64 * 1024 * 1024
_SECONDS: Final = 60.0


def misanswered(release: Release, exchange: Exchange, graph: str) -> Iterator[str]:
    """Yield the name of each example query of the release to which the engine has another answer in its graph, or none.

    Rows and triples are compared in no order. A DESCRIBE is each engine's own (SPARQL 1.1 §16.4) and not asked.
    """
    dataset = {"default": (graph,), "named": (nothing_of(release.manifest.site.base),)}
    own = LocalEngine(release.store())
    for found in own.select(_EXAMPLES):
        query, text = found["query"], found["text"]
        if not isinstance(query, NamedNode) or text is None:
            continue
        admitted = own.admit(getattr(text, "value", ""), Asker())
        if admitted.form == "DESCRIBE":
            continue
        request = QueryRequest(admitted, RdfFormat.N_TRIPLES if admitted.form.is_graph else QueryResultsFormat.TSV)
        if _lines(own.answer(request).content) != _asked(exchange, request, **dataset):
            yield query.value.rpartition("/")[2]


def _asked(exchange: Exchange, request: QueryRequest, **dataset: tuple[str, ...]) -> list[bytes] | None:
    """Return the lines of the engine's answer, None if it has none."""
    deadline = Deadline(_SECONDS, monotonic() + _SECONDS)
    try:
        with exchange.ask(request.query.plain, request.query.form, deadline, **dataset) as arrival:
            return _lines(transcribed(request, arrival, _MOST).content)
    except LodError:
        return None


def _lines(content: bytes) -> list[bytes]:
    return sorted(content.splitlines())
