"""What the members of a long list can be chosen by, and how many a choice leaves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from si_lod.index.searching import expression

if TYPE_CHECKING:
    from collections.abc import Sequence

    from si_lod.index.file import Index

_OF_FACET: Final = " AND {member} IN (SELECT member FROM facet_members WHERE facet = ?)"
_OF_WORDS: Final = """ AND {member} IN (
SELECT members.member FROM search JOIN things ON things.id = search.thing JOIN members ON members.thing = things.iri
WHERE search MATCH ? AND members.list = ?)"""


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

    @property
    def are_none(self) -> bool:
        """Whether every member has what is asked."""
        return not self.facets and not expression(self.words)

    def clauses(self, member: str, class_iri: str) -> tuple[str, list[object]]:
        """Return what stands in a query for them, and its parameters; ``member`` is the column of the members."""
        asked = expression(self.words)
        texts = [_OF_FACET] * len(self.facets) + [_OF_WORDS] * bool(asked)
        found: list[object] = [*self.facets, *((asked, class_iri) if asked else ())]
        return "".join(text.format(member=member) for text in texts), found


@dataclass(frozen=True, slots=True)
class LongList:
    """The list of a class as the index has it; ``properties`` are those its members have.

    ``telling`` are those of which a member has at most one short value, ``linking`` those that lead to other things;
    ``total`` is how many members there are.
    """

    index: Index
    class_iri: str
    properties: list[str]
    telling: list[str]
    linking: frozenset[str]
    facets: list[Facet]
    total: int

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
            int(total),
        )

    def counts(self, facets: Sequence[Facet], conditions: Conditions) -> dict[int, int]:
        """Return how many of the members that fit have each of the ``facets``, by their numbers."""
        if conditions.are_none:
            return {facet.id: facet.count for facet in facets}
        clauses, parameters = conditions.clauses("facet_members.member", self.class_iri)
        marks = ", ".join("?" * len(facets))
        query = f"SELECT facet, COUNT(*) FROM facet_members WHERE facet IN ({marks}){clauses} GROUP BY facet"  # noqa: S608  question marks and texts of our own
        rows = self.index.rows(query, [*(facet.id for facet in facets), *parameters])
        return {int(facet): int(count) for facet, count in rows}
