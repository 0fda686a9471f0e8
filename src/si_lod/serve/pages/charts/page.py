"""The page of a chart, and its values as CSV (RFC 4180) for a spreadsheet."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING

from si_lod.serve.pages.charts.pictures import Picture
from si_lod.serve.pages.rendering import render_with_licence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from si_lod.serve.pages.charts.drawable import Drawable
    from si_lod.serve.pages.charts.panels import Chart
    from si_lod.serve.view import View

_HEAD = ("year", "last_day", "counted", "value", "as_read", "period", "source", "contradicted", "observation")


def chart_page(
    view: View, reference: str, drawable: Drawable, chart: Chart, alternates: Sequence[tuple[str, str]]
) -> str:
    """Return the chart with the table that says the same, and the way to what it is about."""
    return render_with_licence(
        view,
        "chart.html",
        canonical=f"{view.manifest.site.base}chart/{reference}",
        alternates=alternates,
        picture=Picture.of(view, reference, chart),
        chart=chart,
        thing=drawable.wording.view.href(drawable.iri),
        table=drawable.table(),
        contradictions=drawable.noticed(),
    )


def chart_values(chart: Chart) -> str:
    """Return what a chart draws as CSV, one line for each statement: numbers as computers write them, words as read."""
    written = StringIO()
    lines = csv.writer(written)
    lines.writerow(_HEAD)
    for panel in chart.panels:
        for one in panel.statements:
            day = one.day if one.year else ""
            counted = ", ".join(filter(None, (panel.name, one.of)))
            size = "" if one.size is None else f"{one.size:f}"
            lines.writerow(
                (one.year, day, counted, size, one.amount, one.period, one.source, str(one.disputed).lower(), one.iri)
            )
    return written.getvalue()
