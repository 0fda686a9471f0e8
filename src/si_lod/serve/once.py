"""What is the same for every page of a release: the release is asked for it once, whoever reads it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Callable

    from si_lod.engine.evaluation import Engine
    from si_lod.release import Manifest

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Once:
    """What was found in one open release, by what found it; safe for several threads, of which each may look first.

    What finds it is given the release and nothing of a reader, so it is the same in every language.
    """

    _held: dict[object, object] = field(default_factory=dict)

    def get(self, find: Callable[[Engine, Manifest], Found], engine: Engine, manifest: Manifest) -> Found:
        """Return what ``find`` finds; what it raises goes through and is not kept."""
        if find not in self._held:
            self._held[find] = find(engine, manifest)
        return cast("Found", self._held[find])
