"""Observations as a table: a column for each component that says something, a row for each observation."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from si_lod.serve.pages.cube.division import divided
from si_lod.serve.pages.cube.periods import in_time
from si_lod.serve.pages.cube.structure import Role, Structure
from si_lod.serve.pages.cube.values import Value, value
from si_lod.serve.pages.words.wording import Link, Text, Wording, by_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from si_lod.engine.evaluation import Term


@dataclass(frozen=True, slots=True)
class Column:
    """The heading of a column, and whether figures stand under it; ``variable`` is what a query calls it."""

    name: Text
    numeric: bool
    variable: str = ""


@dataclass(frozen=True, slots=True)
class Detail:
    """An attribute of an observation, with the name it has."""

    name: Text
    values: list[Text | Link]


@dataclass(frozen=True, slots=True)
class Row:
    """One observation: a cell for each column, either its mentions or its values."""

    iri: str
    link: Link
    cells: list[list[Text | Link] | Value]
    details: list[Detail]


@dataclass(frozen=True, slots=True)
class Section:
    """The rows that share a code, under its name."""

    heading: Link
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class Table:
    """Observations by time; a column without content is left out.

    A long table has the same rows in ``sections`` too, one for each code of the dimension that is called ``divider``.
    """

    columns: list[Column]
    rows: list[Row]
    divider: Text | None = None
    sections: list[Section] = field(default_factory=list)

    def varying(self) -> Table:
        """Return this table without the columns that say the same in every row, figures excepted."""
        kept = [
            place
            for place, column in enumerate(self.columns)
            if column.numeric or any(row.cells[place] != self.rows[0].cells[place] for row in self.rows)
        ]
        rows = [replace(row, cells=[row.cells[place] for place in kept]) for row in self.rows]
        return Table([self.columns[place] for place in kept], rows)


def table(
    wording: Wording, structure: Structure, observations: Sequence[str], this: str = "", *, sort: bool = True
) -> Table:
    """Return ``observations`` as a table without the columns that say nothing, or only what the page is about.

    ``wording`` knows the facts of the observations and the names of what they mention. Rows are in the order of
    their periods' last days, those without one last, or as given if ``sort`` is false. Many rows that are sorted are
    divided by the first coded dimension that says more than what the page is about.
    """
    order = in_time(wording.facts, structure, observations) if sort else list(observations)
    parts = divided(wording, structure, order, this) if sort else None
    columns = [
        name
        for name in _columns(structure)
        if not (parts and name == parts.dimension)
        and any(_differs(this, _marked(wording, one, name)) for one in observations)
    ]
    names = [Column(wording.label(name), numeric=name in structure.of_role(Role.MEASURE)) for name in columns]
    rows = {one: _row(wording, structure, one, columns) for one in order}
    if parts is None:
        return Table(names, list(rows.values()))
    sections = [Section(wording.link(code), [rows[one] for one in held]) for code, held in parts.codes.items()]
    sections.sort(key=lambda section: by_words(section.heading))
    return Table(names, list(rows.values()), wording.label(parts.dimension), sections)


def _columns(structure: Structure) -> list[str]:
    """Return the components that have a column: all but the attributes, and what is read with the value."""
    aside = {structure.unit(), *structure.qualifiers()}
    return [
        one.property for one in structure.components if one.role is not Role.ATTRIBUTE and one.property not in aside
    ]


def _row(wording: Wording, structure: Structure, observation: str, columns: list[str]) -> Row:
    measures = structure.of_role(Role.MEASURE)
    values = {measure: value(wording, structure, observation, measure) for measure in measures}
    cells = [values.get(property_) or wording.items(_marked(wording, observation, property_)) for property_ in columns]
    details = [
        Detail(wording.label(attribute), wording.items(told))
        for attribute in structure.of_role(Role.ATTRIBUTE)
        if attribute != structure.unit() and (told := _marked(wording, observation, attribute))
    ]
    code = Text(wording.code(observation))
    return Row(observation, Link(code, observation, wording.view.href(observation)), cells, details)


def _differs(this: str, terms: list[Term]) -> bool:
    return any(not isinstance(term, NamedNode) or term.value != this for term in terms)


def _marked(wording: Wording, observation: str, property_: str) -> list[Term]:
    """Return the values of a component that a reader must be told, which are all but the site's unmarked codes."""
    unmarked = wording.view.manifest.site.unmarked
    told = wording.facts.objects(observation, property_)
    return [term for term in told if not (isinstance(term, NamedNode) and term.value in unmarked)]
