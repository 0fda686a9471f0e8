"""The release that is served now, opened when the first request of a process asks for it.

Each request is answered from the one ``Serving`` that it got at its beginning, so an answer is wholly of one
release. A release that is no longer current stays open until the last request that reads it is done.
"""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING, Final

from si_lod import __version__
from si_lod.engine.local import LocalEngine
from si_lod.errors import NoRelease

if TYPE_CHECKING:
    from si_lod.engine.evaluation import Engine
    from si_lod.release import Release
    from si_lod.releases import Releases

_LOG: Final = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Serving:
    """An open release: ``key`` changes with whatever can change a byte of what is served from it."""

    release: Release
    engine: Engine
    key: str

    @classmethod
    def of(cls, release: Release) -> Serving:
        """Return the release, opened; raises NoRelease if its store cannot be."""
        manifest = release.manifest
        parts = (__version__, manifest.version, manifest.issued, manifest.content, manifest.dataset)
        key = hashlib.sha256("\n".join(parts).encode()).hexdigest()[:20]
        return cls(release, LocalEngine(release.store()), key)


@dataclass(slots=True)
class Current:
    """Follows the link to the current release; one per process, safe for several threads."""

    releases: Releases
    _serving: Serving | None = None
    _refused: str | None = None
    _lock: Lock = field(default_factory=Lock)

    def serving(self) -> Serving:
        """Return the current release, opened; raises NoRelease if there is none that can be.

        When a new release cannot be opened, the last good one is served on, and the log says so once.
        """
        version = self.releases.current_version()
        held = self._serving
        if held is not None and version in {held.release.manifest.version, self._refused}:
            return held
        with self._lock:
            return self._open(version)

    def _open(self, version: str | None) -> Serving:
        held = self._serving
        if held is not None and version == held.release.manifest.version:
            return held
        try:
            self._serving = Serving.of(self.releases.current())
        except NoRelease as error:
            if held is None:
                raise
            self._refused = version
            _LOG.error("release %s cannot be opened, %s is served on: %s", version, held.release.path, error)
            return held
        self._refused = None
        return self._serving
