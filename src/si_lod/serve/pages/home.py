"""The home page: what the site is, its headline figures, and the ways in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import Literal

from si_lod.serve.pages.examples import Example, examples
from si_lod.serve.pages.lists import listings
from si_lod.serve.pages.rendering import render
from si_lod.serve.pages.results import ResultTable, ShownTable, readable

if TYPE_CHECKING:
    from si_lod.serve.view import View


@dataclass(frozen=True, slots=True)
class Headline:
    """A question with its answer in figures, and the address of the query that gives it."""

    name: str
    title: str
    table: ShownTable
    href: str


def home_page(view: View) -> str:
    """Return the page that opens the site."""
    return render(
        view,
        "home.html",
        canonical=view.manifest.site.base,
        headlines=headlines(view),
        listings=listings(view),
    )


def headlines(view: View) -> list[Headline]:
    """Return the answers to the site's headline queries, in the site's order; a query without rows is left out."""
    found = {example.name: example for example in examples(view.queries)}
    answered = [(found[name], _answer(view, found[name])) for name in view.manifest.site.headlines if name in found]
    return [
        Headline(
            example.name,
            example.title(view),
            readable(view, result, example.headings),
            view.link("/sparql", query=example.text),
        )
        for example, result in answered
        if result.rows
    ]


def _answer(view: View, example: Example) -> ResultTable:
    """Return the solutions of a query; one that uses ``?language`` is asked in the reader's."""
    bindings = {"language": Literal(view.language)} if "?language" in example.text else {}
    solutions = view.engine.select(example.text, **bindings)
    names = tuple(name for name in (example.columns or tuple(solutions[0] if solutions else ())) if name != "language")
    return ResultTable(names, tuple(tuple(solution.get(name) for name in names) for solution in solutions))
