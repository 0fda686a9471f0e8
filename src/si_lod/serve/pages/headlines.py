"""The questions that open the site, each with its answer: the latest figures, a chart, a table, what contradicts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from si_lod.serve.pages.charts.drawable import Drawable
from si_lod.serve.pages.charts.pictures import Picture
from si_lod.serve.pages.cube.periods import NEVER
from si_lod.serve.pages.queries.answers import answer
from si_lod.serve.pages.queries.examples import Example, examples
from si_lod.serve.pages.queries.results import ShownTable, readable

if TYPE_CHECKING:
    from si_lod.serve.pages.charts.panels import Chart, Statement
    from si_lod.serve.pages.cube.tables import Table
    from si_lod.serve.pages.thing.contradictions import Contradiction
    from si_lod.serve.view import View

MOST_ROWS: Final = 8
"""How many rows of an answer that holds no observations the home page shows."""


@dataclass(frozen=True, slots=True)
class Headline:
    """A question with its answer, and the address of the query that gives it.

    ``latest`` are the statements of the last year that has any which is a fact already. ``table`` is an answer that
    holds no observations; ``count`` is the number of its rows.
    """

    name: str
    title: str
    latest: list[Statement]
    picture: Picture | None
    observations: Table | None
    contradictions: list[Contradiction]
    table: ShownTable | None
    count: int
    href: str


def headlines(view: View) -> list[Headline]:
    """Return the answers to the site's headline queries, in the site's order; a query without rows is left out."""
    found = {example.name: example for example in view.known(examples)}
    answered = (_headline(view, found[name]) for name in view.manifest.site.headlines if name in found)
    return [one for one in answered if one.observations or (one.table and one.table.rows)]


def _headline(view: View, example: Example) -> Headline:
    reference = f"query/{example.name}"
    drawable = Drawable.of_query(view, example, f"{view.manifest.site.base}id/{reference}")
    chart = drawable.chart()
    result = None if drawable.observations else answer(view.engine, example)
    return Headline(
        name=example.name,
        title=example.title(view),
        latest=_latest(chart) if chart else [],
        picture=Picture.of(view, reference, chart) if chart else None,
        observations=drawable.table() if drawable.observations else None,
        contradictions=drawable.noticed(),
        table=readable(view, result, example.headings) if result else None,
        count=len(result.rows) if result else len(drawable.observations),
        href=view.link("/sparql", query=example.asked(view)),
    )


def _latest(chart: Chart) -> list[Statement]:
    """Return what is said of the last year, without what is only ahead; the newest first."""
    facts = [one for one in chart.statements if one.day != NEVER and "ahead" not in one.marks]
    last = max((one.year for one in facts), default="")
    return [one for one in reversed(facts) if one.year == last]
