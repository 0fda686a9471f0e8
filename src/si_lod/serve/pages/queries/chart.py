"""The result of a query as a chart: its first column of figures, each named by its first column of words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask_babel import force_locale, gettext
from pyoxigraph import Literal

from si_lod.serve.pages.charts.panels import Band, Chart, Panel, Statement
from si_lod.serve.pages.facts import Facts
from si_lod.serve.pages.queries.results import in_words
from si_lod.serve.pages.words.formatting import numeric
from si_lod.serve.pages.words.wording import Link, Wording

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from si_lod.engine.evaluation import Term
    from si_lod.serve.pages.queries.results import ResultTable
    from si_lod.serve.view import View

MOST: Final = 60
"""How many rows are drawn; the table has the others."""


def result_chart(view: View, result: ResultTable) -> Chart | None:
    """Return the chart, or None of a result that has no column of figures beside one of words, or one row only."""
    figures = next(_columns(result, figures=True), None)
    words = min(_columns(result, figures=False), key=lambda place: _is_iri(result, place), default=None)
    if figures is None or words is None or len(result.rows) < 2:  # noqa: PLR2004  one bar is held beside nothing
        return None
    wording = Wording(view, Facts.of())
    shown = [_statement(wording, row[words], row[figures]) for row in result.rows[:MOST]]
    name = _title(view, result.columns[figures], result.columns[words])
    return Chart(
        name, [Panel(name, [Band("", shown)], by_time=False)], {}, max(0, len(result.rows) + result.more - MOST)
    )


def _title(view: View, figures: str, words: str) -> str:
    """Return what is drawn by what: the names of the columns, in words."""
    with force_locale(str(view.locale)):
        title: str = gettext("%(figures)s by %(words)s", figures=in_words(figures), words=in_words(words))
    return title[:1].upper() + title[1:]


def _columns(result: ResultTable, *, figures: bool) -> Iterator[int]:
    """Yield the columns that hold figures only, or those that have words in every row."""
    for place in range(len(result.columns)):
        column = [row[place] for row in result.rows]
        exact = [_size(term) is not None for term in column]
        if all(exact) if figures else not any(exact) and None not in column:
            yield place


def _is_iri(result: ResultTable, place: int) -> bool:
    return not all(isinstance(row[place], Literal) for row in result.rows)


def _size(term: Term | None) -> Decimal | None:
    return numeric(term) if isinstance(term, Literal) else None


def _statement(wording: Wording, words: Term | None, figure: Term | None) -> Statement:
    item = wording.item(words) if words is not None else None
    label = "" if item is None else item.text.words if isinstance(item, Link) else item.words
    amount = wording.text(figure).words if isinstance(figure, Literal) else ""
    return Statement("", "", _size(figure), amount, label, "", "", (), disputed=False)
