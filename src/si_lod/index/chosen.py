"""The members of a long list that a reader chooses, in the order of their names, a part of them at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final, overload

if TYPE_CHECKING:
    from collections.abc import Iterator

    from si_lod.index.choosing import Conditions, LongList

_FITTING: Final = """
FROM rolls JOIN members ON members.list = rolls.list AND members.member = rolls.member
WHERE rolls.list = ? AND rolls.language = ?"""
_BETWEEN: Final = "AND rolls.place >= ? AND rolls.place < ?"


@dataclass(frozen=True)
class Chosen(Sequence[str]):
    """The IRIs of the members that fit, by name in one language or the other way round; read as they are asked for."""

    long: LongList
    conditions: Conditions
    language: str
    is_turned: bool = False

    def __len__(self) -> int:
        """Return how many fit."""
        return self._count

    @cached_property
    def _count(self) -> int:
        if self.conditions.are_none:
            return self.long.total
        [(count,)] = self.long.index.rows(*self._query("SELECT COUNT(*)", ""))
        return int(count)

    def parts(self, length: int) -> Iterator[list[str]]:
        """Yield all that fit, so many at a time, in a time that grows as their number does."""
        query, parameters = self._query("SELECT members.thing", self._order)
        for rows in self.long.index.parts(query, parameters, length):
            yield [str(thing) for (thing,) in rows]

    @overload
    def __getitem__(self, place: int) -> str: ...

    @overload
    def __getitem__(self, place: slice) -> list[str]: ...

    def __getitem__(self, place: int | slice) -> str | list[str]:
        """Return those at a place that is counted from the first, or at a run of such places."""
        if isinstance(place, int):
            return self[place : place + 1][0]
        start, stop, _ = place.indices(len(self))
        if self.conditions.are_none:
            # Every place is taken, so those before need not be counted.
            first, last = (len(self) - stop, len(self) - start) if self.is_turned else (start, stop)
            query = self._query("SELECT members.thing", f"{_BETWEEN} {self._order}", first, last)
        else:
            more = max(0, stop - start), start
            query = self._query("SELECT members.thing", f"{self._order} LIMIT ? OFFSET ?", *more)
        return [str(thing) for (thing,) in self.long.index.rows(*query)]

    @property
    def _order(self) -> str:
        return f"ORDER BY rolls.place{' DESC' * self.is_turned}"

    def _query(self, what: str, end: str, *more: int) -> tuple[str, list[object]]:
        clauses, parameters = self.conditions.clauses("rolls.member", self.long.class_iri)
        given = [self.long.class_iri, self.language, *parameters, *more]
        return f"{what} {_FITTING}{clauses} {end}", given
