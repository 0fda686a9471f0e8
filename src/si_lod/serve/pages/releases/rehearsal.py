"""What portals would make of the site, as a page."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from babel.dates import format_datetime

from si_lod.serve.pages.rendering import render_with_licence

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from si_lod.rehearsals import Rehearsed
    from si_lod.serve.view import View


def rehearsal_page(
    view: View, rehearsed: Rehearsed, portals: Sequence[Mapping[str, Any]], alternates: Sequence[tuple[str, str]]
) -> str:
    """Return the page of a rehearsal, which says if another release than that is served."""
    return render_with_licence(
        view,
        "rehearsal.html",
        canonical=f"{view.manifest.site.base}rehearsal",
        alternates=alternates,
        rehearsed=rehearsed,
        when=format_datetime(datetime.fromisoformat(rehearsed.when), "long", UTC, view.locale),
        is_current=rehearsed.release == view.manifest.version,
        portals=portals,
    )
