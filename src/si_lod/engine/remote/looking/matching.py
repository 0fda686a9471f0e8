"""Look-ups in one release: what is remembered is not asked for, and what is not, is asked for many at a time."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, Triple

from si_lod.engine.remote.looking.solutions import triple_of
from si_lod.engine.remote.looking.transcript import unreadable
from si_lod.engine.remote.looking.wording import patterns_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from si_lod.engine.evaluation import Pattern, Solution
    from si_lod.engine.remembering import RememberedMatches
    from si_lod.engine.remote.looking.lookup import Lookup

BLOCK: Final = 200
"""How many patterns one question has at most: some 30 kB of text, which engines plan in milliseconds."""
LIMITED: Final = 20
"""How many it has where of each so many triples are wanted and no more: each is a query within the question."""

LOOKED_UP: Final = 64 * 1024 * 1024
"""How many bytes of look-ups are remembered in each web worker."""

_Found = dict["Pattern", tuple[Triple, ...]]


@dataclass(frozen=True, slots=True)
class Matching:
    """Looks things up in one release; ``key`` is of its content."""

    lookup: Lookup
    memory: RememberedMatches
    key: str

    def each(self, patterns: Iterable[Pattern], most: int | None) -> Iterator[Iterator[Triple]]:
        """Return for each of the patterns the triples that fit it, at most ``most``; raises what ``Lookup`` does."""
        wanted = list(patterns)
        found = {pattern: self.memory.get((self.key, *pattern, most)) for pattern in dict.fromkeys(wanted)}
        missing = [pattern for pattern, triples in found.items() if triples is None]
        if missing:
            asked = self.lookup.settled(lambda graph: self._asked(graph, missing, most))
            for pattern, triples in asked.items():
                self.memory.put((self.key, *pattern, most), triples)
            found |= asked
        return (iter(found[pattern] or ()) for pattern in wanted)

    def _asked(self, graph: str, patterns: Sequence[Pattern], most: int | None) -> _Found:
        found: _Found = {}
        for block in blocks(patterns, BLOCK if most is None else LIMITED):
            if len(block) == 1:
                found[block[0]] = self.lookup.triples(graph, block[0], most)
            else:
                found |= _sorted(block, self.lookup.solutions(graph, patterns_text(block, most)))
        return found


def blocks(patterns: Iterable[Pattern], size: int) -> Iterator[list[Pattern]]:
    """Yield the patterns in blocks of at most ``size``; those of one have the same terms given."""
    for _, alike in groupby(sorted(patterns, key=_given), key=_given):
        each = list(alike)
        yield from (each[start : start + size] for start in range(0, len(each), size))


def _given(pattern: Pattern) -> tuple[bool, ...]:
    return tuple(term is not None for term in pattern)


def _sorted(block: Sequence[Pattern], solutions: Iterable[Solution]) -> _Found:
    """Return the triples by their pattern, which their solution names by its place."""
    found: dict[Pattern, list[Triple]] = {pattern: [] for pattern in block}
    for solution in solutions:
        place = solution.get("n")
        if not isinstance(place, Literal) or not place.value.isdecimal() or int(place.value) >= len(block):
            raise unreadable()
        pattern = block[int(place.value)]
        found[pattern].append(triple_of(pattern, solution))
    return {pattern: tuple(triples) for pattern, triples in found.items()}
