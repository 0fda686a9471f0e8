"""The figures that open the site: the answers to the queries that it declares its headlines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode

from si_lod.serve.pages import observations
from si_lod.serve.pages.cube import Role, Structure
from si_lod.serve.pages.examples import Example, examples
from si_lod.serve.pages.facts import Facts
from si_lod.serve.pages.results import ResultTable, ShownTable, readable
from si_lod.serve.pages.tables import Table, table
from si_lod.serve.pages.wording import Wording

if TYPE_CHECKING:
    from si_lod.serve.view import View

MOST_ROWS: Final = 8
"""How many rows of a headline the home page shows."""


@dataclass(frozen=True, slots=True)
class Headline:
    """A question with its answer in figures, and the address of the query that gives it.

    ``observations`` is the answer as a table of observations where it is one, ``table`` the answer as it came;
    ``count`` is the number of its rows.
    """

    name: str
    title: str
    observations: Table | None
    table: ShownTable
    count: int
    href: str


def headlines(view: View) -> list[Headline]:
    """Return the answers to the site's headline queries, in the site's order; a query without rows is left out."""
    structure = Structure.read(view.engine)
    found = {example.name: example for example in examples(view.engine)}
    answered = [(found[name], _answer(view, found[name])) for name in view.manifest.site.headlines if name in found]
    return [
        Headline(
            example.name,
            example.title(view),
            observed(view, structure, result),
            readable(view, result, example.headings),
            len(result.rows),
            view.link("/sparql", query=example.text),
        )
        for example, result in answered
        if result.rows
    ]


def observed(view: View, structure: Structure, result: ResultTable) -> Table | None:
    """Return the first observations of a result that has a column of them, or None if it has none.

    So a headline reads as observations do everywhere: in the reader's language, with unit, qualifier and source;
    what is the same in every row is left to its title.
    """
    for place in range(len(result.columns)):
        column = [row[place] for row in result.rows[:MOST_ROWS]]
        iris = [term.value for term in column if isinstance(term, NamedNode)]
        if len(iris) == len(column):
            facts = Facts.of(structure.facts.triples(), observations.looked_up(view.engine, iris))
            if all(facts.about(iri).keys() & structure.of_role(Role.MEASURE) for iri in iris):
                return table(Wording(view, facts), structure, iris, sort=False).varying()
    return None


def _answer(view: View, example: Example) -> ResultTable:
    """Return the solutions of a query, in the columns that it declares or else in those that it has."""
    solutions = view.engine.select(example.text)
    names = example.columns or tuple(solutions[0] if solutions else ())
    return ResultTable(names, tuple(tuple(solution.get(name) for name in names) for solution in solutions))
