"""Emitters: what each column of a table adds to the graph, made once per table (Generating RDF §4.6.1)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, NamedNode

from si_lod.publish.csvw.datatypes.builtins import STRING
from si_lod.publish.csvw.documents.context import UNDETERMINED
from si_lod.publish.csvw.templates.minting import Mint, minter
from si_lod.publish.csvw.templates.template import Template, Value, read_template

if TYPE_CHECKING:
    from si_lod.publish.csvw.metadata.tables import Column, Table
    from si_lod.publish.csvw.records.rows import Row

Objects = Callable[[Sequence[Value]], Iterable[NamedNode | Literal]]


class Emitter(NamedTuple):
    """How one column makes triples: from which place in a row, and the functions from its values to the terms.

    ``always`` is true when an empty cell makes triples too, as in a virtual column with a ``valueUrl``; ``needs``
    has the places that the terms are made of.
    """

    name: str
    place: int
    always: bool
    needs: frozenset[int]
    subject: Mint
    predicate: Mint
    objects: Objects

    def speaks(self, row: Row) -> bool:
        """Return whether the column says something in this row, and all that it says is right."""
        return (self.always or row.values[self.place] is not None) and not (row.wrong and self.needs & row.wrong)


def emitters(table: Table) -> list[Emitter]:
    """Return the emitters of a table's columns, in their order; none for what is suppressed."""
    places = {column.name: place for place, column in enumerate(table.columns)}
    places |= {"_row": len(places), "_sourceRow": len(places) + 1}

    # The columns share one minter for each template, so the subject of a row is made once and not once a column.
    @cache
    def mint(key: str, template: Template) -> Mint:
        return minter(template, key, places, table.url)

    spoken = [column for column in table.columns if not (column.suppressed or table.suppressed)]
    return [_emitter(column, _templates(table, column), places, mint) for column in spoken]


def _emitter(
    column: Column, templates: Mapping[str, Template], places: Mapping[str, int], mint: Callable[[str, Template], Mint]
) -> Emitter:
    mints = {key: mint(key, template) for key, template in templates.items()}
    place, value = column.number - 1, mints.get("valueUrl")
    needs = {places[name] for template in templates.values() for name in template.variables}
    return Emitter(
        name=column.name,
        place=place,
        always=column.virtual and value is not None,
        needs=frozenset({place, *needs}),
        subject=mints["aboutUrl"],
        predicate=mints["propertyUrl"],
        objects=_resource(value) if value else _literals(column),
    )


def _templates(table: Table, column: Column) -> dict[str, Template]:
    """Return the column's templates by key, with what is the same in every row filled in."""
    inherited = column.inherited
    # Without a propertyUrl it is the table's IRI with the column's name as fragment (Generating RDF §4.6.1).
    predicate = inherited.predicate or read_template(f"{table.url}#{{+_name}}")
    found = {"aboutUrl": inherited.about, "propertyUrl": predicate, "valueUrl": inherited.value}
    constants = {
        "_name": column.name,
        "_column": str(column.number),
        "_sourceColumn": str(column.number + table.dialect.skip_columns),
    }
    return {key: template.settled(constants) for key, template in found.items() if template}


def _resource(mint: Mint) -> Objects:
    return lambda values: (mint(values),)


def _literals(column: Column) -> Objects:
    literal, place = _literal(column), column.number - 1

    def objects(values: Sequence[Value]) -> Iterable[Literal]:
        value = values[place]
        return (literal(value),) if isinstance(value, str) else map(literal, value or ())

    return objects


def _literal(column: Column) -> Callable[[str], Literal]:
    """Return the maker of literals: tagged when a string has a language, else of the datatype (Model §4.7)."""
    lang, datatype = column.inherited.lang, column.inherited.datatype
    if datatype.iri != STRING.iri:
        node = NamedNode(datatype.iri)
        return lambda value: Literal(value, datatype=node)
    if lang != UNDETERMINED:
        return lambda value: Literal(value, language=lang)
    return Literal
