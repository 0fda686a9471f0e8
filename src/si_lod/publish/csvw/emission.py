"""Emitters: what each column of a table adds to the graph, made once per table (Generating RDF §4.6.1)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from typing import TYPE_CHECKING, Final, NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from si_lod.publish.csvw.datatypes.builtins import RDF, STRING
from si_lod.publish.csvw.documents.names import UNDETERMINED
from si_lod.publish.csvw.records.cells import Unread
from si_lod.publish.csvw.templates.minting import Mint, minter
from si_lod.publish.csvw.templates.template import Template, Value, read_template

if TYPE_CHECKING:
    from si_lod.publish.csvw.metadata.tables import Column, Table
    from si_lod.publish.csvw.records.rows import Row

Term = NamedNode | BlankNode | Literal
Subject = Callable[[Sequence[Value]], NamedNode | BlankNode]
Objects = Callable[[Sequence[Value]], Iterable[NamedNode | Literal]]
NIL: Final = NamedNode(f"{RDF}nil")
FIRST: Final = NamedNode(f"{RDF}first")
REST: Final = NamedNode(f"{RDF}rest")


class Emitter(NamedTuple):
    """How one column makes triples: from which place in a row, and the functions from its values to the terms.

    ``name`` is the column in which what it says is written.
    ``always`` is true when an empty cell makes triples too, as in a virtual column with a ``valueUrl``; ``needs``
    has the places that the terms are made of; ``node`` names the list of a row, where the values are one list.
    """

    name: str
    place: int
    always: bool
    needs: frozenset[int]
    subject: Subject
    predicate: Mint
    objects: Objects
    node: Callable[[Sequence[Value]], str] | None = None

    def speaks(self, row: Row) -> bool:
        """Return whether the column says something in this row, and all that it says is right."""
        return (self.always or row.values[self.place] is not None) and not (row.wrong and self.needs & row.wrong)

    def triples(self, values: Sequence[Value]) -> Iterator[Triple]:
        """Yield what the column says of a row; raises Unmintable."""
        subject, predicate = self.subject(values), self.predicate(values)
        if not self.node:
            for term in self.objects(values):
                yield Triple(subject, predicate, term)
            return
        items, name = list(self.objects(values)), self.node(values)
        cells: list[NamedNode | BlankNode] = [BlankNode(f"{name}i{number}") for number in range(len(items))]
        yield Triple(subject, predicate, cells[0])
        for item, cell, rest in zip(items, cells, [*cells[1:], NIL], strict=True):
            yield Triple(cell, FIRST, item)
            yield Triple(cell, REST, rest)


def emitters(table: Table, number: int) -> list[Emitter]:
    """Return the emitters of a table's columns, in their order; none for what is suppressed.

    ``number`` is the table's own in its group, and tells its blank nodes from those of the others.
    """
    places = {column.name: place for place, column in enumerate(table.columns)}
    places |= {"_row": len(places), "_sourceRow": len(places) + 1}

    def node(values: Sequence[Value]) -> str:
        return f"t{number}r{values[places['_row']]}"

    # The columns share one minter for each template, so the subject of a row is made once and not once a column.
    @cache
    def mint(key: str, template: Template) -> Mint:
        return minter(template, key, places, table.url)

    spoken = [column for column in table.columns if not (column.suppressed or table.suppressed)]
    return [_emitter(column, _templates(table, column), places, mint, node) for column in spoken]


def _emitter(
    column: Column,
    templates: Mapping[str, Template],
    places: Mapping[str, int],
    mint: Callable[[str, Template], Mint],
    node: Callable[[Sequence[Value]], str],
) -> Emitter:
    mints = {key: mint(key, template) for key, template in templates.items()}
    place, value = column.number - 1, mints.get("valueUrl")
    needs = {places[name] for template in templates.values() for name in template.variables}
    return Emitter(
        name=_written(column, templates, places, place),
        place=place,
        always=column.virtual and value is not None,
        needs=frozenset({place, *needs}),
        subject=mints.get("aboutUrl") or (lambda values: BlankNode(node(values))),
        predicate=mints["propertyUrl"],
        objects=_resource(value) if value else _literals(column),
        node=(lambda values: f"{node(values)}c{column.number}") if _is_listed(column) else None,
    )


def _written(column: Column, templates: Mapping[str, Template], places: Mapping[str, int], place: int) -> str:
    """Return the column where an editor finds what this one says: that of which a virtual one makes its value."""
    made_of = templates["valueUrl"].variables if column.virtual and "valueUrl" in templates else ()
    return made_of[0] if len(made_of) == 1 and places[made_of[0]] < place else column.name


def _is_listed(column: Column) -> bool:
    return bool(column.inherited.ordered and column.inherited.separator and not column.inherited.value)


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
    string = partial(Literal, language=lang) if lang != UNDETERMINED else Literal
    if datatype.iri == STRING.iri:
        return string
    node = NamedNode(datatype.iri)
    return lambda value: string(value) if isinstance(value, Unread) else Literal(value, datatype=node)
