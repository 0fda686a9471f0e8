"""What a reader is told beside the result of a query: that it probably asks for something else than was meant."""

from __future__ import annotations

from contextlib import suppress
from difflib import get_close_matches
from itertools import chain, islice
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode

from si_lod.engine.diagnosis.grammatical.advice import never_bound, terms, unknown_name
from si_lod.sentences import say
from si_lod.serve.pages.queries.lacking import lacking
from si_lod.serve.pages.vocabulary import RDFS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from si_lod.serve.pages.queries.results import ResultTable
    from si_lod.serve.view import View

MOST: Final = 5
"""How much advice a page gives."""

_DEFINED: Final = NamedNode(f"{RDFS}isDefinedBy")


def advice(
    view: View,
    query: str,
    result: ResultTable | bool,  # noqa: FBT001  a boolean is what ASK answers
    graphs: Sequence[str] = (),
) -> list[str]:
    """Return what is odd in a query that was answered, and why its result lacks something, in the reader's language.

    ``graphs`` are those that the protocol asked it of.
    """
    said = chain(
        (one.message for one in never_bound(query)), _unknown(view, query), lacking(view, query, result, graphs)
    )
    return [say(each, view.language) for each in islice(dict.fromkeys(said), MOST)]


def _unknown(view: View, query: str) -> Iterator[str]:
    """Yield the names in the site's own namespaces of which the release says nothing, with the nearest that it has."""
    base = view.manifest.site.base
    own = {iri: token.text for token, iri in terms(query) if iri.startswith(base)}
    looked_at = dict(islice(own.items(), MOST * 4))
    known = _known(view, looked_at)
    for iri, name in looked_at.items():
        if iri not in known:
            meant = _nearest(view, iri)
            local = iri[len(_space(iri)) :]
            near = name.removesuffix(local) + meant[len(_space(meant)) :] if meant and name.endswith(local) else ""
            yield unknown_name(name, near)


def _known(view: View, iris: Iterable[str]) -> set[str]:
    """Return those of ``iris`` that the release has anywhere in a triple."""
    nodes = list(_nodes(iris))
    places = (place for node in nodes for place in ((node, None, None), (None, node, None), (None, None, node)))
    found = view.engine.match_each(places, most=1)
    return {node.value for node in nodes if any(map(any, list(islice(found, 3))))}


def _nodes(iris: Iterable[str]) -> Iterator[NamedNode]:
    for iri in iris:
        with suppress(ValueError):
            yield NamedNode(iri)


def _nearest(view: View, iri: str) -> str:
    """Return the defined term of the same namespace that is spelled most like ``iri``, or nothing."""
    space = _space(iri)
    defined = (triple.subject for triple in view.engine.match(None, _DEFINED, None))
    known = {term.value for term in defined if isinstance(term, NamedNode) and _space(term.value) == space}
    locals_ = {term[len(space) :]: term for term in known}
    near = get_close_matches(iri[len(space) :], sorted(locals_), n=1)
    return locals_[near[0]] if near else ""


def _space(iri: str) -> str:
    return iri[: max(iri.rfind("#"), iri.rfind("/")) + 1]
