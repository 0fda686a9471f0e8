"""Things that are no more: withdrawn ones are told to be gone, renamed ones lead on (RFC 9110 §15.5.11, §15.4.9).

Such a thing has no type any more. It is ``owl:deprecated``, with the reason as a comment, or it is only
``dct:isReplacedBy`` what it is called now.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode

from si_lod.errors import Withdrawn
from si_lod.iris import Space
from si_lod.sentences import told
from si_lod.serve.documents.metadata import TYPE

if TYPE_CHECKING:
    from si_lod.serve.visit import Visit

_DEPRECATED: Final = NamedNode("http://www.w3.org/2002/07/owl#deprecated")
_REPLACED: Final = NamedNode("http://purl.org/dc/terms/isReplacedBy")
_COMMENT: Final = NamedNode("http://www.w3.org/2000/01/rdf-schema#comment")
_DATE: Final = NamedNode("http://purl.org/dc/terms/date")


def new_reference(visit: Visit, iri: str) -> str | None:
    """Return the reference by which a renamed thing is known now, None for a thing that is as it was.

    Raises Withdrawn for a thing that was withdrawn.
    """
    thing = NamedNode(iri)
    if any(visit.engine.match(thing, TYPE, None)):
        return None
    successor = min((t.object.value for t in visit.engine.match(thing, _REPLACED, None)), default="")  # type: ignore[union-attr]
    found = visit.design.parse(successor)
    reference = found[1] if found and found[0] is Space.THING else None
    if any(visit.engine.match(thing, _DEPRECATED, None)):
        raise _withdrawn(visit, thing, visit.href(f"{Space.THING}/{reference}") if reference else successor)
    return reference


def _withdrawn(visit: Visit, thing: NamedNode, successor: str) -> Withdrawn:
    said = [triple.object for triple in visit.engine.match(thing, _COMMENT, None)]
    reasons = {term.language or "": term.value for term in said if isinstance(term, Literal)}
    on = min((str(t.object.value) for t in visit.engine.match(thing, _DATE, None)), default="")  # type: ignore[union-attr]
    path = f"/{visit.design.path(thing.value)}"
    message = told("{path}: withdrawn on {day}", path=path, day=on) if on else told("{path}: withdrawn", path=path)
    return Withdrawn(message, reasons=reasons, successor=successor)
