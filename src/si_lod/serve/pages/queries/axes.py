"""Which columns of a result a chart is made of: what is measured, when, and which words tell the bars apart.

When is the first column that has a day, a month or a year in every row (xsd:date, xsd:dateTime, xsd:gYearMonth,
xsd:gYear), or else, beside another column of figures, the first one of integers that could all be years. What is
measured is the first other column of figures. Beside a time the words are the texts that differ, else the first column
of them that does; IRIs, and further columns, as far as it takes to tell bars apart.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final, Self

from pyoxigraph import Literal

from si_lod.serve.pages.vocabulary import XSD
from si_lod.serve.pages.words.formatting import numeric

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from si_lod.engine.evaluation import Term
    from si_lod.serve.pages.queries.results import ResultTable

_MOST_WORDS: Final = 3
"""So many columns name a bar."""
_TIMES: Final = {
    f"{XSD}gYear": re.compile(r"(\d{4})()()", re.ASCII),
    f"{XSD}gYearMonth": re.compile(r"(\d{4})-(\d\d)()", re.ASCII),
    f"{XSD}date": re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII),
    f"{XSD}dateTime": re.compile(r"(\d{4})-(\d\d)-(\d\d)T.*", re.ASCII),
}
"""What says when, of years as people write them and without another time zone than a time has."""
_YEARS: Final = range(1800, 2101)
"""Integers that are taken for years where all of a column are such."""
_FLOATING: Final = frozenset({f"{XSD}double", f"{XSD}float"})
_DRAWN: Final = range(-9, 15)
"""Between which powers of ten a value lies of which a bar says something, and the words beside it."""


@dataclass(frozen=True, slots=True)
class Axes:
    """The places of columns: of figures, of the time, which a result may lack, and of words."""

    figures: int
    time: int | None
    words: tuple[int, ...]

    @classmethod
    def of(cls, result: ResultTable) -> Self | None:
        """Return the axes, or None of a result without figures, or with neither a time nor words beside them."""
        columns = [[row[place] for row in result.rows] for place in range(len(result.columns))]
        figures = list(_places(columns, size))
        time = next(_places(columns, _moment), None)
        if time is None and len(figures) > 1:
            time = next((place for place in figures if all(map(_year, columns[place]))), None)
        measured = next((place for place in figures if place != time), None)
        words = _words(columns, {time, *figures, *_places(columns, _moment)}, time)
        if measured is None or (time is None and not words):
            return None
        return cls(measured, time, words)


def size(term: Term | None) -> Decimal | None:
    """Return the value of a decimal, an integer or a double of a size that can be drawn, or None."""
    if not isinstance(term, Literal):
        return None
    if term.datatype.value not in _FLOATING:
        return numeric(term)
    try:
        value = Decimal(repr(float(term.value)))
    except ValueError:
        return None
    is_drawn = value.is_finite() and (not value or value.adjusted() in _DRAWN)
    return value if is_drawn else None


def day(term: Term | None) -> str:
    """Return the first day of a time, or of a year that an integer is; nothing of anything else."""
    return _moment(term) or _year(term)


def _moment(term: Term | None) -> str:
    if not isinstance(term, Literal) or term.datatype.value not in _TIMES:
        return ""
    found = _TIMES[term.datatype.value].fullmatch(term.value)
    return "-".join(part or "01" for part in found.groups()) if found else ""


def _year(term: Term | None) -> str:
    is_integer = isinstance(term, Literal) and term.datatype.value == f"{XSD}integer"
    value = size(term) if is_integer else None
    return f"{int(value)}-01-01" if value is not None and int(value) in _YEARS else ""


def _places(columns: Sequence[Sequence[Term | None]], read: Callable[[Term | None], object]) -> Iterator[int]:
    """Yield the columns in every row of which ``read`` finds something, nought among it."""
    for place, column in enumerate(columns):
        if column and all(read(term) not in {None, ""} for term in column):
            yield place


def _words(columns: Sequence[Sequence[Term | None]], others: set[int | None], time: int | None) -> tuple[int, ...]:
    """Return the columns of words that name the bars, texts before IRIs.

    Beside a time those are the texts that differ, so that no bar passes for another of its series, and what else it
    takes to tell bars of one time apart. Without one it is the first, and what it takes.
    """
    whole = [place for place, column in enumerate(columns) if place not in others and None not in column]
    whole = [place for place in whole if not any(size(term) is not None for term in columns[place])]
    texts = [place for place in whole if all(isinstance(term, Literal) for term in columns[place])]
    begun = [] if time is None else [time]
    chosen = [] if time is None else [place for place in texts if _told(columns, [place]) > 1][:_MOST_WORDS]
    for place in dict.fromkeys([*texts, *whole]):
        tells_apart = _told(columns, [*begun, *chosen, place]) > _told(columns, [*begun, *chosen])
        if tells_apart and len(chosen) < _MOST_WORDS:
            chosen.append(place)
    first = [] if time is not None else [*texts, *whole][:1]
    return tuple(chosen or first)


def _told(columns: Sequence[Sequence[Term | None]], places: Sequence[int]) -> int:
    """Return how many rows differ in these columns."""
    return len(set(zip(*(columns[place] for place in places), strict=True))) if places else 1
