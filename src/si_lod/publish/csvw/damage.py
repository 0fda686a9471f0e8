"""Damage: what could not be read, so that whoever judges the rest can tell what may only follow from that."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from si_lod.publish.csvw.templates.expansion import resolved
from si_lod.publish.csvw.templates.minting import Unmintable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from si_lod.publish.csvw.emission import Emitter
    from si_lod.publish.csvw.metadata.tables import Table
    from si_lod.publish.csvw.records.rows import Row


@dataclass(slots=True)
class Damage:
    """What is known of what is not known.

    ``subjects`` are the IRIs of rows that have a fault, ``mentions`` what those rows point to. Of other rows not even
    that is known: ``starts`` has how their IRIs begin, ``sayings`` how the IRIs of their properties begin. An empty
    start is that of any IRI.
    """

    subjects: set[str] = field(default_factory=set)
    mentions: set[str] = field(default_factory=set)
    starts: set[str] = field(default_factory=set)
    sayings: set[str] = field(default_factory=set)

    def __bool__(self) -> bool:
        """Return whether anything is damaged."""
        return bool(self.subjects or self.starts)

    def row(self, table: Table, emitters: Iterable[Emitter], row: Row) -> None:
        """Keep that this row has a fault; when that leaves it without an IRI, any row of the table may be it."""
        for emitter in emitters:
            is_empty = row.values[emitter.place] is None
            if is_empty and not emitter.always and emitter.place not in row.wrong:
                continue
            try:
                self.subjects.add(_iri(emitter.subject(row.values)))
            except Unmintable:
                self.table(table)
                continue
            with suppress(Unmintable):
                # What is the same in every row, such as a class, is no matter of this one.
                terms = () if is_empty else emitter.objects(row.values)
                self.mentions.update(_iri(term) for term in terms if isinstance(term, NamedNode))

    def table(self, table: Table) -> None:
        """Keep that there may be rows of this table of which nothing is known."""
        for column in table.columns:
            about, predicate = column.inherited.about, column.inherited.predicate
            self.starts.add(resolved(about.parts[0], table.url) if about else "")
            self.sayings.add(resolved(predicate.parts[0], table.url) if predicate else f"{table.url}#")

    def anything(self) -> None:
        """Keep that something is not known that can be about anything, such as a document or a derived query."""
        self.starts.add("")
        self.sayings.add("")

    def may_describe(self, iri: str) -> bool:
        """Return whether what could not be read may describe the thing of this IRI."""
        return iri in self.subjects or iri.startswith(tuple(self.starts))

    def may_say(self, predicate: str) -> bool:
        """Return whether what could not be read at all may have this property."""
        return predicate.startswith(tuple(self.sayings))


def _iri(term: object) -> str:
    return term.value if isinstance(term, NamedNode) else str(term)
