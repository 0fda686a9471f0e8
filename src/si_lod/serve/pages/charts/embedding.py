"""A chart and its table within pages of others: the page that is framed, and what they paste to have it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from markupsafe import Markup

from si_lod.errors import UnknownResource
from si_lod.sentences import told
from si_lod.serve.nodes import document_iri
from si_lod.serve.pages.charts.drawable import Drawable
from si_lod.serve.pages.charts.pictures import Picture
from si_lod.serve.pages.cube.observations import looked_up
from si_lod.serve.pages.cube.structure import Role
from si_lod.serve.pages.facts import Facts
from si_lod.serve.pages.rendering import render_with_licence
from si_lod.serve.pages.words.wording import Wording
from si_lod.serve.travel import address_of

if TYPE_CHECKING:
    from si_lod.serve.pages.thing.neighbourhood import Neighbourhood
    from si_lod.serve.view import View

WIDTH: Final = 720
HEIGHT: Final = 560
"""How large a frame is, in CSS pixels, if who frames it has no other wish."""

_FRAME: Final = Markup(
    '<iframe src="{src}" title="{title}" width="{width}" height="{height}" loading="lazy" style="border: 0"></iframe>'
)


def embedded_page(view: View, reference: str, iri: str) -> str:
    """Return the page to be framed; raises UnknownResource for a thing with nothing to show in figures."""
    drawable = _shown(view, reference, iri)
    chart = drawable.chart()
    return render_with_licence(
        view,
        "embed.html",
        name=drawable.name,
        page=document_iri(view.manifest, iri),
        picture=Picture.of(view, reference, chart) if chart else None,
        table=drawable.table(),
        contradictions=drawable.noticed(),
    )


def frame(view: View, reference: str, title: str, width: str = "100%", height: int = HEIGHT) -> str:
    """Return the HTML that frames the page, at its lasting address: of the release, if the reader is in one."""
    release = f"{address_of(view.manifest.version)[1:]}/" if view.named else ""
    src = f"{view.manifest.site.base}{release}embed/{quote(reference)}?lang={quote(view.language)}"
    return str(_FRAME.format(src=src, title=title, width=width, height=height))


def title_of(view: View, reference: str, iri: str) -> str:
    """Return the title of the frame; raises UnknownResource for a thing with nothing to show in figures."""
    return _shown(view, reference, iri).name


def has_figures(drawable: Drawable, thing: Neighbourhood) -> bool:
    """Return whether a thing has figures to embed: those that are drawn of it, or its own."""
    measures = thing.structure.of_role(Role.MEASURE)
    return bool(drawable.observations or any(thing.facts.objects(thing.iri, measure) for measure in measures))


def _shown(view: View, reference: str, iri: str) -> Drawable:
    """Return what is drawn of a thing, or the thing itself if it is an observation; raises UnknownResource."""
    drawable = Drawable.of(view, iri)
    if drawable.observations:
        return drawable
    if not drawable.wording.facts.about(iri).keys() & set(drawable.structure.of_role(Role.MEASURE)):
        raise UnknownResource(told("{path}: there are no figures here to embed", path=f"/embed/{reference}"))
    facts = Facts.of(drawable.structure.facts.triples(), looked_up(view.engine, [iri]))
    return replace(drawable, wording=Wording(view, facts), observations=[iri])
