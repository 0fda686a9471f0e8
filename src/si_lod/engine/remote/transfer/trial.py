"""The release's example queries, asked of the engine and of the release's own store.

Engines differ in what they make of a query, and one answer does not show it. Of the examples the answers are known.
"""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode, QueryResultsFormat, RdfFormat

from si_lod.engine.evaluation import Asker, QueryRequest
from si_lod.engine.pool.deadline import Deadline
from si_lod.engine.remote.looking.lookup import Lookup
from si_lod.engine.remote.looking.naming import nothing_of
from si_lod.engine.remote.looking.transcript import transcribed
from si_lod.engine.store.local import LocalEngine
from si_lod.errors import LodError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from si_lod.engine.remote.speaking.exchange import Exchange
    from si_lod.release import Release

_EXAMPLES: Final = """PREFIX sh: <http://www.w3.org/ns/shacl#>
SELECT ?query ?text WHERE {
  ?query a sh:SPARQLExecutable ; ?kind ?text FILTER(?kind IN (sh:select, sh:ask, sh:construct)) } ORDER BY ?query"""
_MOST: Final = 64 * 1024 * 1024
_SECONDS: Final = 60.0


def misanswered(release: Release, exchange: Exchange) -> Iterator[str]:
    """Yield the name of each example query of the release to which the engine has another answer, or none.

    Rows and triples are compared in no order. A DESCRIBE is each engine's own (SPARQL 1.1 §16.4) and not asked.
    """
    own, there = LocalEngine(release.store()), Lookup(exchange, release.manifest)
    for found in own.select(_EXAMPLES):
        query, text = found["query"], found["text"]
        if not isinstance(query, NamedNode) or text is None:
            continue
        admitted = own.admit(getattr(text, "value", ""), Asker())
        if admitted.form == "DESCRIBE":
            continue
        request = QueryRequest(admitted, RdfFormat.N_TRIPLES if admitted.form.is_graph else QueryResultsFormat.TSV)
        if _lines(own.answer(request).content) != _asked(there, request):
            yield query.value.rpartition("/")[2]


def _asked(there: Lookup, request: QueryRequest) -> list[bytes] | None:
    """Return the lines of the engine's answer, None if it has none."""
    nothing, query = nothing_of(there.manifest.site.base), request.query
    deadline = Deadline(_SECONDS, monotonic() + _SECONDS)

    def ask(graph: str) -> bytes:
        dataset = {"default": (graph,), "named": (nothing,)}
        with there.exchange.ask(query.plain, query.form, deadline, **dataset) as arrival:
            return transcribed(request, arrival, _MOST).content

    try:
        return _lines(there.until(deadline).settled(ask))
    except LodError:
        return None


def _lines(content: bytes) -> list[bytes]:
    return sorted(content.splitlines())
