"""The releases that are served, each opened when a process first needs it: the current one, others.

Each request is answered from the one ``Serving`` that it got at its beginning, so an answer is wholly of one
release. A release that is no longer current stays open until the last request that reads it is done.
"""

from __future__ import annotations

import logging
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from si_lod.errors import Busy, NoRelease, StoreFailed, Unanswered
from si_lod.lookout import Lookout
from si_lod.reading import Reading
from si_lod.release import Manifest
from si_lod.sentences import told
from si_lod.serve.opened import Opened, Serving
from si_lod.serve.opening import Opening, is_of

if TYPE_CHECKING:
    from pyoxigraph import NamedNode

    from si_lod.engine.evaluating import Evaluating
    from si_lod.releases import Releases
    from si_lod.spell import Spell

_LOG: Final = logging.getLogger(__name__)
SOON: Final = 1.0
"""Seconds for which a release is awaited that is being opened, where the one before can answer meanwhile."""
_LATE: Final = 3.0
"""Seconds for which it is awaited where nothing can: who waits holds a thread, and would not wait for much longer."""
_RETRY_AFTER: Final = 2


@dataclass(slots=True)
class Current:
    """Follows the link to the current release, and finds others; one per process, safe for several threads."""

    releases: Releases
    evaluation: Evaluating | None = None
    _older: Opened = field(default_factory=Opened)
    _manifests: Reading[Manifest] = field(default_factory=lambda: Reading(Manifest.read))
    _opening: Opening = field(init=False)
    _lookout: Lookout[Serving] = field(init=False)

    def __post_init__(self) -> None:
        """Open one at a time."""
        self._opening = Opening(self.releases, self.evaluation)
        self._lookout = Lookout(self._opening.open)

    @property
    def trouble(self) -> Spell:
        """How long a release could not be opened, for the log."""
        return self._opening.trouble

    def serving(self) -> Serving:
        """Return the current release, opened; raises NoRelease if none can be, Unanswered if that takes long.

        When one cannot be opened, the last good one is served, the log says so, and it is tried again a little later.
        It is opened in a thread of its own, however long that takes, and the last one is served until then.
        """
        version, last = self.releases.current_version(), self._opening.held
        if found := self._found(version):
            return found
        if last is not None and self._lookout.age is not None:
            return last
        if error := self._opening.refused(version):
            raise error.with_traceback(None)
        try:
            return self._lookout.within(_LATE if last is None else SOON)
        except TimeoutError:
            if last is not None:
                return last
        raise Busy(told("the release is still being opened; try again in a moment"), retry_after=_RETRY_AFTER)

    def refused(self) -> Exception | None:
        """Return why the release that is to be served is not, if that was found a moment ago."""
        return self._opening.refused(self.releases.current_version())

    def open(self, seconds: float | None = None) -> None:
        """Open the current release if that can be, and return when that is done, or takes longer."""
        with suppress(NoRelease, Unanswered, TimeoutError):
            self._lookout.within(seconds)

    def _found(self, version: str | None) -> Serving | None:
        """Return what is served when that version is to be, None if it is to be awaited."""
        is_late = (self._lookout.age or 0.0) > SOON
        return self._opening.held if is_late else self._opening.settled(version)

    def dated(self) -> tuple[Serving, float | None]:
        """Return what ``serving`` does, and since when that is served, in seconds since the epoch.

        None if another one is to be served but cannot be opened, or is switched to just now: other processes may have
        told that time of the other one already.
        """
        switched = self.releases.switched()
        serving = self.serving()
        is_wanted = self.releases.current_version() == serving.release.manifest.version
        return serving, switched if is_wanted and switched == self.releases.switched() else None

    def epoch(self) -> tuple[str, float, float] | None:
        """Return the key of the release that ``serving`` would return without waiting, and since when it is what it is.

        That is since it was switched to, and since it was opened. None if it would have to open one.
        """
        held = self._found(self.releases.current_version())
        return None if held is None else (held.key, self.releases.switched(), held.since)

    def at(self, version: str) -> Serving:
        """Return the release of that version, opened; raises NoRelease if there is none that can be."""
        held = self._opening.held
        if held is not None and is_of(held, version):
            return held
        return self._older.get(version, lambda: self._other(version))

    def _other(self, version: str) -> Serving:
        return Serving.of(self.releases.open(version), self.evaluation, is_current=False)

    def states(self, version: str, subject: NamedNode | None, predicate: NamedNode, obj: NamedNode | None) -> bool:
        """Return whether the release states that; one that cannot be read, which the log says, states nothing."""
        try:
            return any(self.at(version).engine.match(subject, predicate, obj, most=1))
        except (NoRelease, StoreFailed) as error:
            _LOG.error("release %s cannot be opened: %s", version, error)
            return False

    def manifests(self) -> list[Manifest]:
        """Return what each whole release says of itself, by the day of issue and then by version."""
        return [release.manifest for release in self.releases.whole(self._manifests.of)]
