"""The answer to one of the site's queries: as it came, and the observations in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from si_lod.serve.pages.cube.observations import looked_up
from si_lod.serve.pages.cube.structure import Role, Structure
from si_lod.serve.pages.facts import Facts
from si_lod.serve.pages.queries.results import ResultTable

if TYPE_CHECKING:
    from si_lod.engine.evaluation import Engine
    from si_lod.serve.pages.queries.examples import Example


def answer(engine: Engine, example: Example) -> ResultTable:
    """Return the solutions of a query, in the columns that it declares or else in those that it has."""
    solutions = engine.select(example.text)
    names = example.columns or tuple(solutions[0] if solutions else ())
    return ResultTable(names, tuple(tuple(solution.get(name) for name in names) for solution in solutions))


def observed(engine: Engine, structure: Structure, result: ResultTable, most: int) -> tuple[list[str], Facts]:
    """Return the first observations of a result that has a column of them, and what is known of these; none if not.

    So an answer reads as observations do everywhere: in the reader's language, with unit, qualifier and source.
    """
    for place in range(len(result.columns)):
        column = [row[place] for row in result.rows[:most]]
        iris = [term.value for term in column if isinstance(term, NamedNode)]
        if iris and len(iris) == len(column):
            facts = Facts.of(structure.facts.triples(), looked_up(engine, iris))
            if all(facts.about(iri).keys() & structure.of_role(Role.MEASURE) for iri in iris):
                return iris, facts
    return [], structure.facts
