"""Things that are no more: withdrawn ones are told to be gone, renamed ones lead on (RFC 9110 §15.5.11, §15.4.9).

Such a thing has no type any more. It is ``owl:deprecated``, with the reason as a comment, or it is only
``dct:isReplacedBy`` what it is called now.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import request
from pyoxigraph import Literal, NamedNode

from si_lod.errors import Withdrawn
from si_lod.index.roles import NAMES
from si_lod.iris import Space
from si_lod.sentences import told
from si_lod.serve.nodes import TYPE
from si_lod.serve.pages.words.formatting import written

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import Triple

    from si_lod.serve.visit import Visit

_DEPRECATED: Final = NamedNode("http://www.w3.org/2002/07/owl#deprecated")
_REPLACED: Final = NamedNode("http://purl.org/dc/terms/isReplacedBy")
_COMMENT: Final = NamedNode("http://www.w3.org/2000/01/rdf-schema#comment")
_DATE: Final = NamedNode("http://purl.org/dc/terms/date")


def new_reference(visit: Visit, iri: str, asked: str = "") -> str | None:
    """Return the reference by which a renamed thing is known now, None for a thing that is as it was.

    Raises Withdrawn for a thing that was withdrawn. ``asked`` is the address by which the client asked for it, where
    that is not the request's own.
    """
    thing = NamedNode(iri)
    if any(visit.engine.match(thing, TYPE, None)):
        return None
    successor = min((t.object.value for t in visit.engine.match(thing, _REPLACED, None)), default="")  # type: ignore[union-attr]
    found = visit.design.parse(successor)
    reference = found[1] if found and found[0] is Space.THING else None
    if any(visit.engine.match(thing, _DEPRECATED, None, most=1)):
        address = visit.href(f"{Space.THING}/{reference}") if reference else successor
        names = _names(visit, successor) if successor else {}
        message = _message(visit, thing, asked or f"/{request.path.lstrip('/')}")
        raise Withdrawn(message, reasons=_texts(visit, thing), successor=address, names=names)
    return reference


def _message(visit: Visit, thing: NamedNode, path: str) -> str:
    dates = (triple.object for triple in visit.engine.match(thing, _DATE, None))
    on = min((date for date in dates if isinstance(date, Literal)), key=lambda date: date.value, default=None)
    if on is None:
        return told("{path}: withdrawn", path=path)
    return told("{path}: withdrawn on {day}", path=path, day=written(on, visit.view.locale))


def _texts(visit: Visit, thing: NamedNode) -> dict[str, str]:
    return _by_language(visit.engine.match(thing, _COMMENT, None))


def _names(visit: Visit, iri: str) -> dict[str, str]:
    """Return what a thing is called by the first property of names that it has."""
    found = map(_by_language, visit.engine.match_each((NamedNode(iri), NamedNode(name), None) for name in NAMES))
    return next(filter(None, found), {})


def _by_language(triples: Iterable[Triple]) -> dict[str, str]:
    terms = (triple.object for triple in triples)
    return {term.language or "": term.value for term in terms if isinstance(term, Literal)}
