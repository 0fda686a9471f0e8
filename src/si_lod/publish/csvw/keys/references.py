"""Keys checked row by row: unique where they must be, and known where they must exist (Metadata §5.5.1)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from si_lod.publish.csvw.faults import Faults, excerpt
from si_lod.publish.csvw.records.rows import Row, Rows
from si_lod.sentences import listed, told

if TYPE_CHECKING:
    from pathlib import Path

    from si_lod.publish.csvw.keys.index import Key, Keys, KeySet
    from si_lod.publish.csvw.metadata.tables import ForeignKey, Table, TableGroup
    from si_lod.publish.csvw.templates.template import Value

Mistake = tuple[str, str]
Check = Callable[[Row], Mistake | None]
Target = tuple[str, tuple[str, ...]]
REMEMBERED: Final = 4_096
MOST_HINTS: Final = 100


class References:
    """The keys of a group's tables, those that others refer to read beforehand, in whatever order the tables come."""

    def __init__(self, group: TableGroup, root: Path, keys: Keys) -> None:
        self._root = root
        self._keys = keys
        self._targets: dict[Target, KeySet] = {}
        for table in group.tables:
            for key in table.foreign_keys:
                target = (key.table, key.referenced)
                if target not in self._targets:
                    self._targets[target] = self._known(group.table(key.table), key.referenced)

    def checks(self, table: Table, group: TableGroup) -> list[Check]:
        """Return the checks of a row of this table: each gives None, or a column and what is wrong there."""
        checks = [self._unique(table)] if table.primary_key else []
        for key in table.foreign_keys:
            known = self._targets[key.table, key.referenced]
            if known.whole:
                checks.append(self._existing(table, key, group.table(key.table)))
        return checks

    def _known(self, table: Table, columns: tuple[str, ...]) -> KeySet:
        places, unreadable = table.places(columns), Faults(1)
        known = self._keys.new(len(columns))
        for row in Rows(table, self._root, unreadable, only=places):
            key = _key(row.values, places)
            if key:
                known.add(key, row.line)
            if unreadable:
                break
        known.whole = not unreadable
        return known

    def _unique(self, table: Table) -> Check:
        places, names = table.places(table.primary_key), table.primary_key
        known = self._keys.new(len(places))

        def check(row: Row) -> Mistake | None:
            key = _key(row.values, places)
            if key is None:
                empty = next(name for name, place in zip(names, places, strict=True) if row.values[place] is None)
                return empty, told("expected a value, since the column is of the primary key, found an empty cell")
            earlier = known.add(key, row.line)
            if earlier:
                found = listed([*map(excerpt, key)])
                return names[0], told(
                    "expected {names} to be unique, found {found} again, after line {earlier}",
                    names=listed(names),
                    found=found,
                    earlier=earlier,
                )
            return None

        return lambda row: None if row.wrong.intersection(places) else check(row)

    def _existing(self, table: Table, key: ForeignKey, target: Table) -> Check:
        places, known = table.places(key.columns), self._targets[key.table, key.referenced]
        what = told(
            "expected the {names} of a row in {path}",
            names=listed(key.referenced),
            path=target.named(self._root),
        )
        # Rows with the same primary key are told there, and not again for each reference to them.
        unique = set(target.primary_key) <= set(key.referenced) and target.primary_key
        memory: set[Key] = set()
        hints: dict[Key, str] = {}

        def check(row: Row) -> Mistake | None:
            wanted = _key(row.values, places)
            if wanted is None or wanted in memory:
                return None
            first, again = known.lines(wanted)
            found = listed([*map(excerpt, wanted)])
            if again and not unique:
                return key.columns[0], told(
                    "{what}, found {found} in two of them, lines {first} and {again}",
                    what=what,
                    found=found,
                    first=first,
                    again=again,
                )
            if first:
                _remember(memory, wanted)
                return None
            if wanted not in hints and len(hints) < MOST_HINTS:
                hints[wanted] = known.near(wanted)
            near = hints.get(wanted)
            return key.columns[-1], told(
                "{what}, found {found}{hint}",
                what=what,
                found=found,
                hint=told("; is {near} meant?", near=near) if near else "",
            )

        return check


def _remember(memory: set[Key], key: Key) -> None:
    if len(memory) >= REMEMBERED:
        memory.clear()
    memory.add(key)


def _key(values: Sequence[Value], places: tuple[int, ...]) -> Key | None:
    """Return the key of a row, or None when a part of it is empty, so that there is none."""
    key = tuple([value for place in places if isinstance(value := values[place], str)])
    return key if len(key) == len(places) else None
