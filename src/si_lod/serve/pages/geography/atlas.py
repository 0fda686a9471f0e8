"""What lies where, as a page, as a drawing and as CSV."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from babel.lists import format_list
from flask_babel import force_locale, gettext
from pyoxigraph import NamedNode

from si_lod.errors import UnknownResource
from si_lod.sentences import told
from si_lod.serve.pages.geography.places import geography
from si_lod.serve.pages.geography.tiles import TileMap
from si_lod.serve.pages.geography.whereabouts import WITHIN, Whereabouts, has_places
from si_lod.serve.pages.lists.kinds import first_headings, plural
from si_lod.serve.pages.rendering import render, render_with_licence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from si_lod.serve.pages.geography.places import Geography
    from si_lod.serve.view import View


def places(view: View) -> Geography:
    """Return what lies where; raises UnknownResource if the release has no places that lie in one another."""
    if not view.known(has_places):
        raise UnknownResource(told("/places: this release says of no place in which other place it lies"))
    return geography(view)


def way_to_places(view: View) -> str:
    """Return what the page of all places is called from elsewhere: what things it has, by which sort of place.

    Empty if the release has no such page.
    """
    if not view.known(has_places):
        return ""
    atlas = Whereabouts.read(view)
    kinds = [kind for kind in view.manifest.site.lists if kind in set(atlas.kinds.values())]
    sort = atlas.sort(atlas.areas())
    with force_locale(str(view.locale)):
        if not kinds:
            return str(gettext("By place"))
        things = format_list([plural(atlas.wording, kind).words for kind in kinds], locale=view.locale)
        place = atlas.wording.label(sort).words if sort else gettext("place")
        return str(gettext("%(things)s by %(place)s", things=things, place=place))


def places_page(view: View, found: Geography, alternates: Sequence[tuple[str, str]]) -> str:
    """Return the page of all places: the drawing, the same in figures, and the things of each place."""
    return render_with_licence(
        view,
        "places.html",
        canonical=f"{view.manifest.site.base}places",
        found=found,
        drawing=TileMap.of(found, view.manifest.site.tiles),
        alternates=alternates,
    )


def places_image(view: View, found: Geography) -> str:
    """Return the drawing of all places as SVG; raises UnknownResource if the site lays none out."""
    drawing = TileMap.of(found, view.manifest.site.tiles)
    if drawing is None:
        raise UnknownResource(told("/places.svg: this site lays out no drawing of its places"))
    return render(view, "places.svg", drawing=drawing, unplaced=found.unplaced.name)


def places_csv(view: View, found: Geography) -> str:
    """Return how many things of each kind are in each place, and in none that is known, as CSV (RFC 4180)."""
    content = io.StringIO()
    writer = csv.writer(content)
    writer.writerow([*first_headings(view), *(kind.many.words for kind in found.kinds)])
    for area in found.areas:
        writer.writerow([area.iri, area.link.text.words, *area.counts])
    writer.writerow(["", found.unplaced.name, *found.unplaced.counts])
    return content.getvalue()


def at_least(view: View, place: str) -> Geography | None:
    """Return what lies where if there may be more in ``place`` than is told: it is an area, and not all is placed."""
    tiles = view.manifest.site.tiles
    if place not in tiles and (tiles or not any(view.engine.match(NamedNode(place), NamedNode(WITHIN), None, most=1))):
        return None
    found = geography(view)
    return found if any(found.unplaced.counts) and place in (area.iri for area in found.areas) else None
