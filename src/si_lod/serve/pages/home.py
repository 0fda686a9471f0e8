"""The home page: what the site is, its headline figures, and the ways in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from si_lod.serve.pages.geography.atlas import way_to_places
from si_lod.serve.pages.headlines import MOST_ROWS, headlines
from si_lod.serve.pages.lists.kinds import listings
from si_lod.serve.pages.rendering import render_with_licence
from si_lod.serve.pages.structured.portrayal import of_site

if TYPE_CHECKING:
    from si_lod.serve.view import View


def home_page(view: View) -> str:
    """Return the page that opens the site."""
    return render_with_licence(
        view,
        "home.html",
        canonical=view.manifest.site.base,
        structured=of_site(view),
        headlines=headlines(view),
        most_rows=MOST_ROWS,
        listings=listings(view),
        way_to_places=way_to_places(view),
    )
