"""A chart as bars in their places: years down the side, one bar for each statement, its value and source beside it.

Drawn by ourselves, as the overview of an ontology is: a bar is a rectangle whose length is a division. What libraries
draw would have to be undone. Matplotlib and pygal write their colours as inline styles, which the Content-Security-
Policy forbids and a dark page cannot change, and have no marks for what qualifies a value; Vega draws everything, for
84 MB and a JavaScript engine in each process that serves. So the shapes are here, the SVG is a template, and
numbers and dates come from Babel as on every page.

Lengths are pixels. Text is measured by the number of its characters, generously, since only a browser knows its fonts.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from textwrap import wrap
from typing import TYPE_CHECKING, Final

from si_lod.serve.pages.charts.scale import BAR, Plan, Scale

if TYPE_CHECKING:
    from collections.abc import Iterator

    from si_lod.serve.pages.charts.panels import Band, Chart, Panel, Statement

_CHARACTER: Final = 7.3
_LEAD: Final = 8.6
_BESIDE_AXIS: Final = 4
_LINE: Final = 20
_APART: Final = BAR + 2
"""From one line of text to the next."""
_EDGE: Final = 12
"""Where bars begin that have no years beside them."""


@dataclass(frozen=True, slots=True)
class DrawnText:
    """A line of text: ``lead`` is said with emphasis, ``rest`` after it, ``sign`` between them."""

    x: float
    y: float
    lead: str
    rest: str = ""
    sign: str = ""


@dataclass(frozen=True, slots=True)
class DrawnBar:
    """One statement: the outline of its bar, its lines of text, and the row that it takes."""

    statement: Statement
    path: str
    lines: list[DrawnText]
    top: float
    height: float


@dataclass(frozen=True, slots=True)
class DrawnBand:
    """A year with its bars; ``label`` is where its name stands."""

    band: Band
    label: DrawnText
    bars: list[DrawnBar]
    top: float


@dataclass(frozen=True, slots=True)
class DrawnPanel:
    """A panel: the lines of its name, its bands, where its bars begin, and from where to where its axis runs."""

    panel: Panel
    titles: list[DrawnText]
    bands: list[DrawnBand]
    left: float
    axis: float
    top: float
    bottom: float


def panels(chart: Chart, plan: Plan) -> Iterator[DrawnPanel]:
    """Yield the panels of ``chart``, each below the one before."""
    top = 0.0
    for panel in chart.panels:
        drawn = _panel(panel, plan, top)
        yield drawn
        top = drawn.bottom + _LINE


def _panel(panel: Panel, plan: Plan, top: float) -> DrawnPanel:
    plan = plan if panel.by_time else replace(plan, left=_EDGE)
    # What has no name by time is the only panel, or of what the page is about; other things need a line of words.
    names = wrap(panel.name, int(plan.width / _LEAD)) or [""] * (not panel.by_time)
    titles = [DrawnText(0, top + _LINE * (place + 0.75), name) for place, name in enumerate(names)]
    begin = y = top + _LINE * len(names) + 6 * bool(names)
    scale = Scale.of(panel, plan)
    bands = []
    for band in panel.bands:
        bars = list(_bars(panel, band, plan, scale, y))
        label = DrawnText(0, y + (BAR if plan.beside else BAR - 2), band.name)
        bands.append(DrawnBand(band, label, bars, y))
        y = (bars[-1].top + bars[-1].height if bars else y + _LINE) + 6
    return DrawnPanel(panel, titles, bands, plan.left, scale.place(0), begin, y)


def _bars(panel: Panel, band: Band, plan: Plan, scale: Scale, top: float) -> Iterator[DrawnBar]:
    for statement in band.statements:
        drawn = _bar(panel, statement, plan, scale, top)
        yield drawn
        top += drawn.height


def _bar(panel: Panel, statement: Statement, plan: Plan, scale: Scale, top: float) -> DrawnBar:
    """Return a statement in its row: its text after the bar, or above it, in as many lines as it takes."""
    who, *more = panel.told(statement)
    if plan.beside:
        tip = BAR / 2 if "above" in statement.marks else 0
        x = scale.place(max(statement.size or 0, 0)) + tip + 8
        lines = list(_lines(statement, " · ".join((who, *more)), plan, x, top + BAR - 1))
        return DrawnBar(statement, scale.bar(statement, top + 1), lines, top, BAR + 8 + _APART * (len(lines) - 1))
    x = plan.left + _BESIDE_AXIS
    lines = list(_lines(statement, who, plan, x, top + BAR - 2))
    below = top + _APART * len(lines)
    further = wrapped(" · ".join(more), plan.width - x)
    lines += [DrawnText(x, below + _APART * place + BAR - 2, "", line) for place, line in enumerate(further)]
    below = top + _APART * len(lines) + 2
    return DrawnBar(statement, scale.bar(statement, below), lines, top, below + BAR + 8 - top)


def _lines(statement: Statement, words: str, plan: Plan, x: float, y: float) -> Iterator[DrawnText]:
    """Yield the amount with the words after it, as far as there is room, and the other words below that."""
    amount, sign = statement.amount, statement.numbers
    whole, room = " ".join(words.split()), plan.width - x
    first = next(
        iter(wrap(whole, _characters(room - _LEAD * len(f"{amount}{sign}") - _CHARACTER), break_long_words=False)), ""
    )
    # A word that is too long for what is left of the line stands below, where there is more room.
    if len(first) * _CHARACTER > room - _LEAD * len(f"{amount}{sign}"):
        first = ""
    yield DrawnText(x, y, amount, first, sign)
    for place, line in enumerate(wrapped(whole[len(first) :], room), 1):
        yield DrawnText(x, y + _APART * place, "", line)


def wrapped(words: str, room: float) -> list[str]:
    """Return ``words`` in lines that are no longer than ``room``; nothing is left out."""
    return wrap(words, _characters(room))


def _characters(room: float) -> int:
    return max(1, int(room / _CHARACTER))
