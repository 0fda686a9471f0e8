"""What is in each data set, by IRI, with the day on which what is said of it last changed.

A line is ``{IRI} {day} {digest}``; the lines are in the order of the N-Triples about the things, so two lists are
compared by reading each once, and a thing is found in one without reading all of it. What has the digest that it had in
the release before keeps its day: a harvester reads again what has changed, and nothing else.
"""

from __future__ import annotations

import hashlib
from contextlib import ExitStack
from dataclasses import dataclass
from heapq import merge
from typing import TYPE_CHECKING, BinaryIO, Final

from si_lod.publish.catalogue.terms import TYPE
from si_lod.release import THINGS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from pyoxigraph import NamedNode

FOLDER: Final = THINGS
_TYPE: Final = str(TYPE).encode()
_FIELDS: Final = 3
_DIGITS: Final = 16
"""How much of a digest tells two descriptions of one thing apart."""

Entry = tuple[bytes, bytes, bytes]
Described = tuple["NamedNode", list[bytes]]
"""A data set, and the N-Triples about one thing that is in it."""


@dataclass(frozen=True, slots=True)
class Things:
    """The lists of the release in ``folder``, which is of ``day`` and follows the one in ``before``, if any."""

    folder: Path
    before: Path | None
    day: str

    def listed(self, described: Iterable[Described], names: Mapping[NamedNode, str]) -> Iterator[Described]:
        """Yield what is described, and write a list for each of the data sets that ``names`` has a name for.

        The things come in the order of their lines. What has no type is in no list: it was withdrawn or is called
        otherwise now, and has no page.
        """
        folder = self.folder / FOLDER
        folder.mkdir()
        with ExitStack() as stack:
            lists = {one: stack.enter_context((folder / f"{name}.txt").open("wb")) for one, name in names.items()}
            earlier = _Earlier(merge(*_lists(self.before, stack), key=_order))
            for dataset, lines in described:
                if any(line.split(b" ", 2)[1] == _TYPE for line in lines):
                    lists[dataset].write(b" ".join(self._entry(lines, earlier)) + b"\n")
                yield dataset, lines

    def _entry(self, lines: list[bytes], earlier: _Earlier) -> Entry:
        thing = lines[0].partition(b" ")[0][1:-1]
        digest = hashlib.sha256(b"".join(lines)).hexdigest()[:_DIGITS].encode()
        known = earlier.of(thing)
        return thing, known[1] if known and known[2] == digest else self.day.encode(), digest


class _Earlier:
    """The entries of the release before, asked for in their order."""

    def __init__(self, entries: Iterator[Entry]) -> None:
        self._entries = entries
        self._next = next(entries, None)

    def of(self, thing: bytes) -> Entry | None:
        """Return the entry of ``thing``, or None if it had none; no thing of before it can be asked for after."""
        asked = _order((thing, b"", b""))
        while self._next and _order(self._next) < asked:
            self._next = next(self._entries, None)
        return self._next if self._next and self._next[0] == thing else None


def _lists(release: Path | None, stack: ExitStack) -> Iterator[Iterator[Entry]]:
    folder = release / FOLDER if release else None
    for path in sorted(folder.glob("*.txt")) if folder else ():
        yield _entries(stack.enter_context(path.open("rb")))


def _entries(file: BinaryIO) -> Iterator[Entry]:
    """Yield the entries of a list; those of a release that knew no days are passed over."""
    for line in file:
        fields = line.rstrip(b"\n").split(b" ")
        if len(fields) == _FIELDS:
            yield fields[0], fields[1], fields[2]


def _order(entry: Entry) -> bytes:
    """Return what entries are sorted by: the lines about a thing begin with its IRI in brackets."""
    return entry[0] + b">"
