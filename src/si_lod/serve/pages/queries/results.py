"""The result of a query as a table for people."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode

from si_lod.serve.pages.cube.tables import Column
from si_lod.serve.pages.facts import Facts
from si_lod.serve.pages.words.formatting import floating, numeric
from si_lod.serve.pages.words.wording import Link, Text, Wording

if TYPE_CHECKING:
    from collections.abc import Mapping

    from si_lod.engine.evaluation import Term
    from si_lod.serve.view import View

NAMING: Final = re.compile(r"(\w+?)_?(?:[Ll]abel|[Tt]itle|[Nn]ame)")
_WORDS: Final = re.compile(r"_+|(?<=[a-z0-9])(?=[A-Z])")


MOST_ROWS: Final = 500
"""How many rows a page shows; the other formats have all."""
_MOST_CELLS: Final = 2000
_LEAST_ROWS: Final = 10


def most_rows(columns: int) -> int:
    """Return how many rows a page shows of a table with so many columns: to make it must not take long."""
    return max(_LEAST_ROWS, min(MOST_ROWS, _MOST_CELLS // max(1, columns)))


@dataclass(frozen=True, slots=True)
class ResultTable:
    """The solutions of a SELECT query: its variables, and for each solution a term or None in that order.

    ``more`` is how many there are besides these.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class ShownTable:
    """A result as it is shown: one cell for each column, None where nothing is bound."""

    columns: list[Column]
    rows: list[list[Text | Link | None]]


def plain(view: View, result: ResultTable, headings: Mapping[str, str]) -> ShownTable:
    """Return ``result`` as it is: each variable a column, each IRI a link with its own short form.

    Above a column for which ``headings`` has words stand those, and then the variable.
    """
    wording = Wording(view, Facts.of())
    columns = [
        Column(Text(headings.get(name, name)), _is_numeric(result, place), name if name in headings else "")
        for place, name in enumerate(result.columns)
    ]
    return ShownTable(columns, [[_exact(wording, term) for term in row] for row in result.rows])


def readable(view: View, result: ResultTable, headings: Mapping[str, Mapping[str, str]]) -> ShownTable:
    """Return ``result`` as a reader wants it: ``source`` and ``sourceTitle`` become one column of named links.

    ``headings`` name the columns by variable and language; a variable without one is put into words.
    """
    wording, names = Wording(view, Facts.of()), result.columns
    naming = {match[1]: match[0] for name in names if (match := NAMING.fullmatch(name)) and match[1] in names}
    kept = [place for place, name in enumerate(names) if name not in naming.values()]
    columns = [
        Column(Text(_heading(view, names[place], naming, headings)), _is_numeric(result, place)) for place in kept
    ]
    rows = []
    for row in result.rows:
        bound = dict(zip(names, row, strict=True))
        rows.append([_named(wording, bound, names[place], naming) for place in kept])
    return ShownTable(columns, rows)


def _named(
    wording: Wording, bound: Mapping[str, Term | None], name: str, naming: Mapping[str, str]
) -> Text | Link | None:
    term, words = bound[name], bound.get(naming.get(name, ""))
    if isinstance(term, NamedNode) and isinstance(words, Literal):
        link = wording.link(term.value)
        return Link(wording.text(words), link.iri, link.href, external=link.external)
    return None if term is None else wording.item(term)


def _exact(wording: Wording, term: Term | None) -> Text | Link | None:
    if isinstance(term, Literal):
        return Text(floating(term), term.language)
    if isinstance(term, NamedNode):
        link = wording.link(term.value)
        return Link(Text(wording.prefixed(term.value)), link.iri, link.href, external=link.external)
    return None if term is None else Text(str(term))


def in_words(name: str) -> str:
    """Return the name of a variable as words: ``openingYear`` is opening year, ``sourceTitle`` just source."""
    stripped = NAMING.fullmatch(name)
    return _WORDS.sub(" ", stripped[1] if stripped else name).lower()


def _heading(view: View, name: str, naming: Mapping[str, str], headings: Mapping[str, Mapping[str, str]]) -> str:
    given, words = headings.get(name) or headings.get(naming.get(name, ""), {}), in_words(name)
    return view.words(dict(given)) or words[:1].upper() + words[1:]


def _is_numeric(result: ResultTable, place: int) -> bool:
    terms = [row[place] for row in result.rows if row[place] is not None]
    return bool(terms) and all(isinstance(term, Literal) and numeric(term) is not None for term in terms)
