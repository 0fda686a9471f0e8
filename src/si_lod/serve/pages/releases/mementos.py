"""The versions of one document through time, as a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from si_lod.iris import IriDesign, Space
from si_lod.serve.pages.facts import Facts, named
from si_lod.serve.pages.rendering import render_with_licence
from si_lod.serve.pages.vocabulary import XSD
from si_lod.serve.pages.words.formatting import written
from si_lod.serve.pages.words.wording import Text, Wording
from si_lod.serve.travel import address_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from si_lod.release import Manifest
    from si_lod.serve.view import View


@dataclass(frozen=True, slots=True)
class Memento:
    """A document as one release has it."""

    version: str
    issued: str
    href: str


def timemap_page(view: View, path: str, found: Sequence[Manifest], alternates: Sequence[tuple[str, str]]) -> str:
    """Return the page of the releases ``found``, which have the document at ``path`` below where it is now."""
    return render_with_licence(
        view,
        "timemap.html",
        canonical=f"{view.manifest.site.base}timemap/{path}",
        alternates=alternates,
        name=_name(view, path.partition("/")[2]),
        document=view.link(f"/{path}"),
        mementos=[
            Memento(
                made.version,
                written(Literal(made.issued, datatype=NamedNode(f"{XSD}date")), view.locale),
                view.outside(f"{address_of(made.version)}/{path}"),
            )
            for made in found
        ],
    )


def _name(view: View, reference: str) -> Text:
    """Return what the thing is called now, or its reference where it is no longer described."""
    iri = NamedNode(IriDesign(view.manifest.site.base).mint(Space.THING, reference))
    return Wording(view, Facts.of(named(view.engine, [iri]))).name(iri.value) or Text(reference)
