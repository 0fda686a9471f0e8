"""The releases that are served, each opened when the first request of a process asks for it: the current one, others.

Each request is answered from the one ``Serving`` that it got at its beginning, so an answer is wholly of one
release. A release that is no longer current stays open until the last request that reads it is done.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING, Final

from si_lod.errors import NoRelease, Unanswered
from si_lod.release import Manifest
from si_lod.serve.opened import PATIENCE, Opened, Serving
from si_lod.serve.reading import Reading
from si_lod.spell import Spell

if TYPE_CHECKING:
    from pyoxigraph import NamedNode

    from si_lod.engine.evaluating import Evaluating
    from si_lod.releases import Releases

_LOG: Final = logging.getLogger(__name__)


@dataclass(slots=True)
class Current:
    """Follows the link to the current release, and finds others; one per process, safe for several threads."""

    releases: Releases
    evaluation: Evaluating | None = None
    _older: Opened = field(default_factory=Opened)
    _manifests: Reading[Manifest] = field(default_factory=lambda: Reading(Manifest.read))
    _serving: Serving | None = None
    _refused: str | None = None
    _again: float = 0.0
    trouble: Spell = field(default_factory=lambda: Spell(_LOG))
    """How long a release could not be opened, for the log."""
    _lock: Lock = field(default_factory=Lock)

    def serving(self) -> Serving:
        """Return the current release, opened; raises NoRelease if there is none that can be.

        When a new release cannot be opened, the last good one is served on, the log says so, and it is tried again
        a little later. Until one thread has opened it, which takes a while, the others serve the last one too.
        """
        version = self.releases.current_version()
        found, last = self._found(version), self._serving
        if found is not None:
            return found
        if not self._lock.acquire(blocking=last is None) and last is not None:
            return last
        try:
            return self._open(version)
        finally:
            self._lock.release()

    def _found(self, version: str | None) -> Serving | None:
        """Return what is served when that version is to be, None if it has to be opened."""
        held = self._serving
        is_refused = version == self._refused and monotonic() < self._again
        return held if held is not None and (_is(held, version) or is_refused) else None

    def dated(self) -> tuple[Serving, float | None]:
        """Return what ``serving`` does, and since when that is served, in seconds since the epoch.

        None if another one is to be served but cannot be opened, or is switched to just now: other processes may have
        told that time of the other one already.
        """
        switched = self.releases.switched()
        serving = self.serving()
        is_wanted = self.releases.current_version() == serving.release.manifest.version
        return serving, switched if is_wanted and switched == self.releases.switched() else None

    def epoch(self) -> tuple[str, float] | None:
        """Return the key of the release that ``serving`` would return without opening one, and since when it is served.

        None if it would have to open one.
        """
        held = self._found(self.releases.current_version())
        return None if held is None else (held.key, self.releases.switched())

    def at(self, version: str) -> Serving:
        """Return the release of that version, opened; raises NoRelease if there is none that can be."""
        held = self._serving
        if held is not None and _is(held, version):
            return held
        return self._older.get(version, lambda: self._other(version))

    def _other(self, version: str) -> Serving:
        return Serving.of(self.releases.open(version), self.evaluation, is_current=False)

    def states(self, version: str, subject: NamedNode | None, predicate: NamedNode, obj: NamedNode | None) -> bool:
        """Return whether the release states that; one that cannot be opened, which the log says, states nothing."""
        try:
            return any(self.at(version).engine.match(subject, predicate, obj, most=1))
        except NoRelease as error:
            _LOG.error("release %s cannot be opened: %s", version, error)
            return False

    def manifests(self) -> list[Manifest]:
        """Return what each whole release says of itself, by the day of issue and then by version."""
        return [release.manifest for release in self.releases.whole(self._manifests.of)]

    def _open(self, version: str | None) -> Serving:
        held = self._serving
        # Another thread may have tried while this one waited for its turn.
        if found := self._found(version):
            return found
        try:
            self._serving = Serving.of(self.releases.current(), self.evaluation)
        except (NoRelease, Unanswered) as error:
            if held is None:
                raise
            self._refused, self._again = version, monotonic() + PATIENCE
            told = f"release {version} cannot be opened, {held.release.path} is served on: {error}"
            self.trouble.met(told, f"it is tried again every {PATIENCE:g} s")
            return held
        self._refused = None
        self.trouble.over(f"release {version} is open")
        return self._serving


def _is(held: Serving, version: str | None) -> bool:
    """Return whether what is held is the release of that version, and still what is in its folder."""
    return held.release.manifest.version == version and not held.release.is_replaced
