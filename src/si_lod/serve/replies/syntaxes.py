"""The syntaxes of RDF, and a description written in one of them.

What pyoxigraph knows of a syntax (media type, suffix) is asked of it; here stands only which we offer, the one to
prefer first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode, RdfFormat, serialize

from si_lod.engine.store.xml import checked_xml
from si_lod.errors import NotAcceptable
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pyoxigraph import Triple

SYNTAXES: Final = (RdfFormat.TURTLE, RdfFormat.JSON_LD, RdfFormat.N_TRIPLES, RdfFormat.RDF_XML)


def written(triples: Iterable[Triple], syntax: RdfFormat, prefixes: Mapping[str, str]) -> bytes:
    """Return the graph in ``syntax``, in the order given, with the prefixes that it uses; the same bytes each time.

    Raises NotAcceptable if the syntax cannot express the graph, which happens to RDF/XML only.
    """
    graph = list(dict.fromkeys(triples))
    try:
        content = serialize(graph, format=syntax, prefixes=_used(graph, prefixes)) or b""
    except OSError as error:
        raise NotAcceptable(
            told("this cannot be written as {syntax}: {error}; ask for another format", syntax=syntax.name, error=error)
        ) from None
    return checked_xml(content) if syntax == RdfFormat.RDF_XML else content


def _used(graph: Iterable[Triple], prefixes: Mapping[str, str]) -> dict[str, str]:
    terms = [term for triple in graph for term in triple]
    iris = {term.value for term in terms if isinstance(term, NamedNode)}
    iris |= {term.datatype.value for term in terms if isinstance(term, Literal) and term.language is None}
    return {
        prefix: namespace
        for prefix, namespace in sorted(prefixes.items())
        if any(iri.startswith(namespace) for iri in iris)
    }
