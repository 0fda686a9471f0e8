"""What follows from the facts: the site's CONSTRUCT queries, run once each, in the order of their names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pyoxigraph import BlankNode, Quad, QueryTriples

from si_lod.errors import InvalidFiles, InvalidQuery, Problem
from si_lod.misreadings import no_utf_8
from si_lod.publish.queries import evaluate
from si_lod.sentences import told

if TYPE_CHECKING:
    from pyoxigraph import Store

    from si_lod.publish.source import Source

_QUERIES: Final = "data/derived/*.rq"


def derive(source: Source, store: Store) -> int:
    """Add to ``store`` what the queries construct, each seeing what those before it added.

    Returns how many triples were new. Raises InvalidFiles for the first query that is no CONSTRUCT query, since
    those after it may depend on it.
    """
    before = len(store)
    for path in source.files(_QUERIES):
        name = source.name(path)
        try:
            constructed = evaluate(store, path.read_text(encoding="utf-8"))
        except InvalidQuery as fault:
            raise InvalidFiles([Problem(name, fault.line or 0, str(fault.column or ""), str(fault))]) from None
        except UnicodeDecodeError as error:
            raise InvalidFiles(
                [Problem(name, 0, "", told("expected a SPARQL query in UTF-8: {error}", error=no_utf_8(error)))]
            ) from None
        if not isinstance(constructed, QueryTriples):
            raise InvalidFiles([Problem(name, 0, "", told("expected a CONSTRUCT query, found another kind of query"))])
        # Materialised first: a query must not see its own results while it runs.
        quads = [Quad(triple.subject, triple.predicate, triple.object) for triple in constructed]
        if any(isinstance(term, BlankNode) for quad in quads for term in (quad.subject, quad.object)):
            message = told("expected an IRI for every node, found a query that makes blank nodes; make IRIs with IRI()")
            raise InvalidFiles([Problem(name, 0, "", message)])
        store.extend(quads)
    return len(store) - before
