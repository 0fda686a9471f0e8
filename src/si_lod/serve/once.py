"""What is the same for every page of a release: the release is asked for it once, whoever reads it."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING, Final, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Callable

    from si_lod.engine.evaluation import Engine
    from si_lod.release import Manifest

Found = TypeVar("Found")

MOST: Final = 8
"""Of how many terms is kept what each question found; it may be much of each."""


@dataclass(frozen=True, slots=True)
class Once:
    """What was found in one open release, by what found it; safe for several threads, of which each may look first.

    What finds it is given the release and nothing of a reader, so it is the same in every language.
    """

    _held: dict[object, object] = field(default_factory=dict)
    _of_terms: dict[object, OrderedDict[str, object]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def get(self, find: Callable[[Engine, Manifest], Found], engine: Engine, manifest: Manifest) -> Found:
        """Return what ``find`` finds; what it raises goes through and is not kept."""
        if find not in self._held:
            self._held[find] = find(engine, manifest)
        return cast("Found", self._held[find])

    def of(
        self, term: str, find: Callable[[Engine, Manifest, str], Found], engine: Engine, manifest: Manifest
    ) -> Found:
        """Return what ``find`` finds of ``term``; what it was asked for last is kept, of ``MOST`` terms."""
        with self._lock:
            held = self._of_terms.setdefault(find, OrderedDict())
            if term in held:
                held.move_to_end(term)
                return cast("Found", held[term])
        found = find(engine, manifest, term)
        with self._lock:
            held[term] = found
            while len(held) > MOST:
                held.popitem(last=False)
        return found
