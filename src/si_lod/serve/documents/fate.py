"""What became of a thing since the release in which it is read: it was withdrawn, or has another name now."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import chain
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from si_lod.errors import NoRelease, Withdrawn
from si_lod.index.roles import NAMES
from si_lod.iris import Space
from si_lod.serve.documents.gone import new_reference

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pyoxigraph import Triple

    from si_lod.serve.current import Current
    from si_lod.serve.visit import Visit


@dataclass(frozen=True, slots=True)
class Fate:
    """What the release that is served now says of a thing that it no longer describes.

    ``successor`` is the IRI of what it is called now, empty if it was withdrawn; ``names`` are what names that.
    ``reasons`` say by language why it was withdrawn. ``key`` is that of the release that says so.
    """

    key: str
    successor: str = ""
    names: tuple[Triple, ...] = ()
    reasons: Mapping[str, str] = field(default_factory=dict)


def fate(current: Current, visit: Visit, iri: str) -> Fate | None:
    """Return what became of ``iri``, which the release that is visited describes; None if it is as it was."""
    if not visit.named:
        return None
    try:
        serving = current.serving()
        now = replace(visit, serving=serving, engine=serving.engine.timed(), root=visit.home)
        renamed = new_reference(now, iri)
    except Withdrawn as gone:
        return Fate(now.serving.key, reasons=gone.reasons)
    except NoRelease:
        # What was published is read even while nothing is served.
        return None
    if renamed is None:
        return None
    successor = now.design.mint(Space.THING, renamed)
    names = now.engine.match_each((NamedNode(successor), NamedNode(name), None) for name in NAMES)
    return Fate(now.serving.key, successor, tuple(chain.from_iterable(names)))
