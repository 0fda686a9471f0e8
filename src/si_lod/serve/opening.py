"""How a release comes to be served: the one that is wanted is opened, or the last good one in its place."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from time import monotonic
from typing import TYPE_CHECKING, Final

from si_lod.errors import Damaged, NoRelease, NotPushed, Unanswered
from si_lod.seals import identity_of
from si_lod.serve.opened import PATIENCE, Serving
from si_lod.spell import Spell

if TYPE_CHECKING:
    from si_lod.engine.evaluating import Evaluating
    from si_lod.releases import Releases
    from si_lod.seals import Identity

_LOG: Final = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Refusal:
    """That a release could not be opened, and why; it stands for a while, or until something else is in its folder."""

    version: str | None
    identity: Identity | None
    error: NoRelease | Unanswered
    until: float

    @classmethod
    def of(cls, releases: Releases, version: str | None, error: NoRelease | Unanswered) -> Refusal:
        """Return that the release of that version was refused just now."""
        return cls(version, _store_of(releases, version), error, monotonic() + PATIENCE)

    def holds(self, releases: Releases, version: str | None) -> bool:
        """Return whether it holds for what is to be served now."""
        is_fresh = version == self.version and monotonic() < self.until
        return is_fresh and _store_of(releases, version) == self.identity


def _store_of(releases: Releases, version: str | None) -> Identity | None:
    return identity_of(releases.root / version / "store") if version else None


@dataclass(slots=True)
class Opening:
    """Opens what is to be served; ``held`` is what was opened last. Used by one thread at a time, and seen by all.

    What turns out to be damaged is held no longer, so that the same is done as if that had been found when it was
    opened.
    """

    releases: Releases
    evaluation: Evaluating | None = None
    _held: Serving | None = None
    trouble: Spell = field(default_factory=lambda: Spell(_LOG))
    """How long a release could not be opened, for the log."""
    _refusal: Refusal | None = None

    @property
    def held(self) -> Serving | None:
        """What was opened last, unless it was found to be damaged since."""
        held = self._held
        return None if held is None or held.is_damaged else held

    def settled(self, version: str | None) -> Serving | None:
        """Return what is served when that version is to be, None if nothing is or another is to be opened.

        It is in the place of one that was refused, while that stands.
        """
        held = self.held
        return held if held is not None and (is_of(held, version) or self.refused(version)) else None

    def refused(self, version: str | None) -> NoRelease | Unanswered | None:
        """Return why the release of that version could not be opened a moment ago, if it could not.

        When what was opened in its place is damaged now, that says nothing any more: others may be good.
        """
        refusal, held = self._refusal, self._held
        stands = refusal is not None and (held is None or not held.is_damaged)
        return refusal.error if refusal and stands and refusal.holds(self.releases, version) else None

    def open(self) -> Serving:
        """Return the current release, opened, or the last good one, which is tried again a little later.

        Raises NoRelease if there is none, Unanswered if that is not to be known.
        """
        version, held = self.releases.current_version(), self.held
        if found := self.settled(version):
            return found
        try:
            opened = Serving.of(self.releases.current(), self.evaluation)
        except (NoRelease, Unanswered) as error:
            if held is None and isinstance(error, Unanswered):
                raise
            instead = held or self._instead(version, error)
            if instead is not None or type(error) in {NoRelease, Damaged}:
                self._refusal = Refusal.of(self.releases, version, error)
            self._held = instead
            if instead is None:
                raise
            self.trouble.met(
                f"release {version} cannot be opened, {instead.release.path} is served: {error}",
                f"it is tried again every {PATIENCE:g} s",
            )
            return instead
        self._held, self._refusal = opened, None
        self.trouble.over(f"release {version} is open")
        return opened

    def _instead(self, version: str | None, error: Exception) -> Serving | None:
        """Return the last release before that version that can be opened, None if there is none."""
        for release in self.releases.instead(version) if version else ():
            try:
                return Serving.of(release, self.evaluation, is_current=not isinstance(error, NotPushed))
            except NoRelease as other:
                _LOG.error("release %s cannot be opened either: %s", release.manifest.version, other)
        return None


def is_of(held: Serving, version: str | None) -> bool:
    """Return whether what is held is the release of that version, and still what is in its folder."""
    return held.release.manifest.version == version and not held.release.is_replaced
