"""The result of a query as a chart: a bar for each row, by time where the rows have one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from babel.numbers import format_decimal
from flask_babel import force_locale, gettext
from pyoxigraph import Literal, NamedNode

from si_lod.serve.pages.charts.choice import bands
from si_lod.serve.pages.charts.panels import Band, Chart, Panel, Statement
from si_lod.serve.pages.facts import Facts
from si_lod.serve.pages.queries.axes import Axes, day, size
from si_lod.serve.pages.queries.results import in_words
from si_lod.serve.pages.words.formatting import numeric
from si_lod.serve.pages.words.wording import Link, Wording

if TYPE_CHECKING:
    from si_lod.engine.evaluation import Term
    from si_lod.serve.pages.queries.results import ResultTable
    from si_lod.serve.view import View

MOST: Final = 60
"""How many rows are drawn; the table has the others."""


def result_chart(view: View, result: ResultTable) -> Chart | None:
    """Return the chart, or None of a result that has one row only, or no columns to make one of."""
    axes = Axes.of(result) if len(result.rows) > 1 else None
    if axes is None:
        return None
    wording = Wording(view, Facts.of())
    shown = [_statement(wording, axes, row) for row in result.rows[:MOST]]
    is_by_time = axes.time is not None
    drawn = list(bands(sorted(shown, key=lambda one: one.day))) if is_by_time else [Band("", shown)]
    name = _title(view, result, axes)
    left_out = max(0, len(result.rows) + result.more - MOST)
    return Chart(name, [Panel(name, drawn, by_time=is_by_time)], {}, left_out)


def _title(view: View, result: ResultTable, axes: Axes) -> str:
    """Return what is drawn by what: the names of the columns, in words."""
    by = axes.words[0] if axes.time is None else axes.time
    figures, words = (in_words(result.columns[place]) for place in (axes.figures, by))
    with force_locale(str(view.locale)):
        title: str = gettext("%(figures)s by %(words)s", figures=figures, words=words)
    return title[:1].upper() + title[1:]


def _statement(wording: Wording, axes: Axes, row: tuple[Term | None, ...]) -> Statement:
    time = row[axes.time] if axes.time is not None else None
    figure = row[axes.figures]
    amount, period = _amount(wording, figure), _period(wording, time)
    words = [_words(wording, row[place]) for place in axes.words]
    label = " · ".join(one for one in words if time is None or one != period)  # nothing is said twice
    return Statement("", day(time), size(figure), amount, label, period, "", (), disputed=False)


def _words(wording: Wording, term: Term | None) -> str:
    """Return the words for a term; an IRI without a name is written as in the table, if a prefix fits."""
    if isinstance(term, NamedNode) and wording.name(term.value) is None:
        name = wording.prefixed(term.value)
        if name != term.value:
            return name
    item = wording.item(term) if term is not None else None
    return "" if item is None else item.text.words if isinstance(item, Link) else item.words


def _amount(wording: Wording, figure: Term | None) -> str:
    """Return the figure as people write it; a double as a decimal, in as many digits as it has."""
    if not isinstance(figure, Literal):
        return ""
    value = size(figure)
    if value is None or numeric(figure) is not None:
        return wording.text(figure).words
    return format_decimal(value, locale=wording.view.locale, decimal_quantization=False)


def _period(wording: Wording, time: Term | None) -> str:
    """Return when it was, in words; a year that is a number has no marks between its digits."""
    if not isinstance(time, Literal):
        return ""
    return time.value if numeric(time) is not None else wording.text(time).words
