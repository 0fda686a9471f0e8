"""The folder of releases: what is there, in which order, and what is served; si_lod.workshop is how a new one comes in.

::

    releases/
        current -> 2026.1      what is served; switched by renaming a link
        2026.1/                a release (si_lod.release)
        .building-2026.2/      a release being written; swept away by the next publisher
        refused/2026.2/        why that version was not let through, until it or a later one is
        rehearsed/2026.1.json  what portals would make of that release (si_lod.rehearsals)

Releases stand in the order in which they were issued: by the day that the manifest states, those of one day by the
parts of their versions. "The one before", the last, the list, the time of a memento all mean this order.
"""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from si_lod.errors import NoRelease, UnknownRelease
from si_lod.folders import sync
from si_lod.release import MANIFEST, PARTS, Manifest, Release
from si_lod.sentences import told
from si_lod.versions import CURRENT, REFUSED, in_order, is_version

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SWITCHING: Final = ".switching-"
"""How the name of a link begins that is about to become the current one."""
UNSWITCHED: Final = ".unswitched"
"""The mark in a release that was put in place and is not served yet."""
TURNED: Final = ".turned"
"""The mark whose time is that of the last switch to another release than the next one."""
_LAST: Final = "9999-12-31"


@dataclass(frozen=True, slots=True)
class Releases:
    """The folder of all releases."""

    root: Path

    def versions(self) -> list[str]:
        """Return the versions that are here, whole or not, in the order of issue: by day, then by parts of names."""
        return sorted(self._there(), key=lambda version: (self._issued(version), in_order(version)))

    def whole(self, read: Callable[[Path], Manifest] = Manifest.read) -> list[Release]:
        """Return the releases that are whole, in the order of issue; ``read`` gives what each says of itself."""
        found = []
        for version in self._there():
            with suppress(NoRelease):
                found.append(Release.open(self.root / version, read))
        return sorted(found, key=lambda release: (release.manifest.issued, in_order(release.path.name)))

    def _there(self) -> list[str]:
        if not self.root.is_dir():
            return []
        found = (entry.name for entry in self.root.iterdir() if any((entry / part).exists() for part in PARTS))
        return list(filter(is_version, found))

    def _issued(self, version: str) -> str:
        # One whose manifest cannot be read is told by whoever opens it, and hides none of the others.
        with suppress(NoRelease):
            return Manifest.read(self.root / version / MANIFEST).issued
        return ""

    def holds(self, version: str) -> bool:
        """Return whether a release of that version is here, whole or not."""
        return is_version(version) and any((self.root / version / part).exists() for part in PARTS)

    def open(self, version: str) -> Release:
        """Return the release of that version; raises UnknownRelease if there is none, NoRelease if it is not whole."""
        if not self.holds(version):
            raise UnknownRelease(self._missing(version))
        return Release.open(self.root / version)

    def _missing(self, version: str) -> str:
        there = ", ".join(self.versions()) or told("none")
        return told(
            '{root}: expected a release "{version}", found {there}', root=self.root, version=version, there=there
        )

    def current_version(self) -> str | None:
        """Return the version that is served, or None before the first release."""
        try:
            return Path(self.root / CURRENT).readlink().name
        except OSError:
            return None

    def switched(self) -> float:
        """Return when the release that is served became it, in seconds since the epoch; 0 before the first."""
        return _moment(self.root / CURRENT)

    def turned(self) -> float:
        """Return when another release than the next one was last switched to, likewise; 0 if that never was.

        Since then a file that was there when the release was made is as old as it says.
        """
        return _moment(self.root / TURNED)

    def current(self) -> Release:
        """Return the release that is served; raises NoRelease before the first."""
        version = self.current_version()
        if version is None:
            raise NoRelease(told("{root}: no release yet; publish one with: si-lod publish", root=self.root))
        if not self.holds(version):
            raise NoRelease(self._missing(version))
        return Release.open(self.root / version)

    def latest(self) -> Release | None:
        """Return the release that the next one follows: the one that is served, else the last; None without any."""
        found = self.whole()
        served = [release for release in found if release.manifest.version == self.current_version()]
        return next(iter(served or found[-1:]), None)

    def before(self, version: str, issued: str = "") -> Release | None:
        """Return the last whole release issued before that version, or None.

        The day on which the version was ``issued`` is its manifest's, unless it is given.
        """
        earlier = self._earlier(version, issued or self._issued(version))
        return earlier[-1] if earlier else None

    def _earlier(self, version: str, issued: str) -> list[Release]:
        place = (issued, in_order(version))
        return [r for r in self.whole() if (r.manifest.issued, in_order(r.manifest.version)) < place]

    def instead(self, version: str) -> Iterator[Release]:
        """Yield the whole releases before that version, the last one first.

        When nothing says where it stands among the others, it was the last: the newest is what is served.
        """
        yield from reversed(self._earlier(version, self._issued(version) or _LAST))

    def before_current(self) -> str:
        """Return the version before the one that is served, as far as that can be known; raises NoRelease without one.

        Of releases that are not whole nothing is known but their manifest, if that can be read.
        """
        current = self.current_version()
        if current is None:
            raise NoRelease(told("{root}: no release yet; publish one with: si-lod publish", root=self.root))
        older = next(self.instead(current), None)
        if older is None:
            message = told(
                "{root}: expected a release before {current} to roll back to, found none",
                root=self.root,
                current=current,
            )
            raise NoRelease(message)
        return older.manifest.version

    def switch(self, version: str, *, onward: bool = False) -> None:
        """Make ``version`` the one that is served, in one step; ``onward`` if it was made after the one that is."""
        self.open(version)
        if not onward and self.current_version() not in {None, version}:
            (self.root / TURNED).touch()
        beside = self.root / f"{SWITCHING}{os.getpid()}"
        try:
            beside.symlink_to(version)
            beside.replace(self.root / CURRENT)
        finally:
            beside.unlink(missing_ok=True)
        (self.root / version / UNSWITCHED).unlink(missing_ok=True)
        sync(self.root)

    def refusal(self, version: str) -> Path:
        """Return the folder of the reasons why ``version`` was not let through; it need not exist."""
        return self.root / REFUSED / version


def _moment(path: Path) -> float:
    try:
        return path.lstat().st_mtime
    except OSError:
        return 0.0
