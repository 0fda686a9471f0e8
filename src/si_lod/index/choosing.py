"""The members of a long list that a reader chooses, in the order of their names, a part of them at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, overload

from si_lod.index.searching import expression

if TYPE_CHECKING:
    from si_lod.index.file import Index

_FITTING: Final = """
FROM rolls JOIN members ON members.list = rolls.list AND members.member = rolls.member
WHERE rolls.list = ? AND rolls.language = ?"""
_OF_FACET: Final = " AND {member} IN (SELECT member FROM facet_members WHERE facet = ?)"
_OF_WORDS: Final = """ AND {member} IN (
SELECT members.member FROM search JOIN things ON things.id = search.thing JOIN members ON members.thing = things.iri
WHERE search MATCH ? AND members.list = ?)"""

_LAST: Final = 2**63 - 1
"""A place after every other: the greatest number of SQLite."""


@dataclass(frozen=True, slots=True)
class Facet:
    """A value by which the members of a list can be chosen, and how many have it; ``id`` is its number in the index."""

    id: int
    property: str
    value: str
    is_iri: bool
    count: int


@dataclass(frozen=True, slots=True)
class Conditions:
    """What the members must have: all these facets, and all these words or their beginnings, if any."""

    facets: tuple[int, ...] = ()
    words: str = ""

    def clauses(self, member: str, class_iri: str) -> tuple[str, list[object]]:
        """Return what stands in a query for them, and its parameters; ``member`` is the column of the members."""
        asked = expression(self.words)
        texts = [_OF_FACET] * len(self.facets) + [_OF_WORDS] * bool(asked)
        found: list[object] = [*self.facets, *((asked, class_iri) if asked else ())]
        return "".join(text.format(member=member) for text in texts), found


@dataclass(frozen=True, slots=True)
class LongList:
    """The list of a class as the index has it; ``properties`` are those its members have.

    ``telling`` are those of which a member has at most one short value, ``linking`` those that lead to other things.
    """

    index: Index
    class_iri: str
    properties: list[str]
    telling: list[str]
    linking: frozenset[str]
    facets: list[Facet]

    @classmethod
    def of(cls, index: Index, class_iri: str) -> LongList | None:
        """Return the list, or None if it is not long, or the release is from before the index had such lists."""
        if not index.rows("SELECT 1 FROM sqlite_master WHERE name = 'uses'"):
            return None
        uses = index.rows(
            "SELECT property, held, tells, links FROM uses WHERE list = ? ORDER BY property", (class_iri,)
        )
        if not uses:
            return None
        rows = index.rows("SELECT id, property, value, iri, count FROM facets WHERE list = ? ORDER BY id", (class_iri,))
        [(total,)] = index.rows("SELECT COUNT(*) FROM members WHERE list = ?", (class_iri,))
        return cls(
            index,
            class_iri,
            [str(property_) for property_, *_ in uses],
            [str(property_) for property_, held, tells, _ in uses if tells and 2 * held >= total],
            frozenset(str(property_) for property_, _, _, links in uses if links),
            [Facet(int(id_), str(of), str(value), bool(iri), int(count)) for id_, of, value, iri, count in rows],
        )

    @property
    def total(self) -> int:
        """How many members there are."""
        [(total,)] = self.index.rows("SELECT COUNT(*) FROM members WHERE list = ?", (self.class_iri,))
        return int(total)

    def counts(self, facets: Sequence[Facet], conditions: Conditions) -> dict[int, int]:
        """Return how many of the members that fit have each of the ``facets``, by their numbers."""
        if not conditions.facets and not expression(conditions.words):
            return {facet.id: facet.count for facet in facets}
        clauses, parameters = conditions.clauses("facet_members.member", self.class_iri)
        marks = ", ".join("?" * len(facets))
        query = f"SELECT facet, COUNT(*) FROM facet_members WHERE facet IN ({marks}){clauses} GROUP BY facet"  # noqa: S608  question marks and texts of our own
        rows = self.index.rows(query, [*(facet.id for facet in facets), *parameters])
        return {int(facet): int(count) for facet, count in rows}


@dataclass(frozen=True, slots=True)
class Chosen(Sequence[str]):
    """The IRIs of the members that fit, by name in one language or the other way round; read as they are asked for."""

    long: LongList
    conditions: Conditions
    language: str
    is_turned: bool = False

    def __len__(self) -> int:
        """Return how many fit."""
        if not self.conditions.facets and not expression(self.conditions.words):
            return self.long.total
        [(count,)] = self._rows("SELECT COUNT(*)", "")
        return int(count)

    @overload
    def __getitem__(self, place: int) -> str: ...

    @overload
    def __getitem__(self, place: slice) -> list[str]: ...

    def __getitem__(self, place: int | slice) -> str | list[str]:
        """Return those at a place that is counted from the first, or at a run of such places."""
        if isinstance(place, int):
            return self[place : place + 1][0]
        start, stop = place.start or 0, place.stop
        order = f"ORDER BY rolls.place{' DESC' * self.is_turned} LIMIT ? OFFSET ?"
        rows = self._rows("SELECT members.thing", order, -1 if stop is None else max(0, stop - start), start)
        return [str(thing) for (thing,) in rows]

    def runs(self, length: int) -> Iterator[list[str]]:
        """Yield all of them, so many at a time; each run is looked up where the one before it ended."""
        after = (
            f"AND rolls.place {'<' if self.is_turned else '>'} ? ORDER BY rolls.place{' DESC' * self.is_turned} LIMIT ?"
        )
        place = _LAST if self.is_turned else -1
        while rows := self._rows("SELECT members.thing, rolls.place", after, place, length):
            yield [str(thing) for thing, _ in rows]
            place = int(rows[-1][1])

    def _rows(self, what: str, order: str, *more: int) -> list[Any]:
        clauses, parameters = self.conditions.clauses("rolls.member", self.long.class_iri)
        given = [self.long.class_iri, self.language, *parameters, *more]
        return self.long.index.rows(f"{what} {_FITTING}{clauses} {order}", given)
