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
"""Of how many terms is kept what was found; it may be much of each."""


@dataclass(frozen=True, slots=True)
class Once:
    """What was found in one open release, by what found it; safe for several threads, of which each may look first.

    What finds it is given the release and nothing of a reader, so it is the same in every language.
    """

    _held: dict[object, object] = field(default_factory=dict)
    _of_terms: OrderedDict[object, object] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def get(self, find: Callable[[Engine, Manifest], Found], engine: Engine, manifest: Manifest) -> Found:
        """Return what ``find`` finds; what it raises goes through and is not kept."""
        if find not in self._held:
            self._held[find] = find(engine, manifest)
        return cast("Found", self._held[find])

    def of(
        self, term: str, find: Callable[[Engine, Manifest, str], Found], engine: Engine, manifest: Manifest
    ) -> Found:
        """Return what ``find`` finds of ``term``; what was asked for last is kept, of ``MOST`` terms."""
        with self._lock:
            if (find, term) in self._of_terms:
                self._of_terms.move_to_end((find, term))
                return cast("Found", self._of_terms[find, term])
        found = find(engine, manifest, term)
        with self._lock:
            self._of_terms[find, term] = found
            while len(self._of_terms) > MOST:
                self._of_terms.popitem(last=False)
        return found
