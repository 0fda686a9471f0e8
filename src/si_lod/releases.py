"""The folder of releases: what is there, what is served, and how a new one comes in.

::

    releases/
        current -> 2026.1      what is served; switched by renaming a link
        2026.1/                a release (si_lod.release)
        .building-2026.2/      a release being written; swept away by the next publisher
        refused/2026.2/        why that version was not let through, until it is

A release is written beside the others and renamed into place, so a publisher that is killed at any moment
leaves the old state or the new one. Between the rename and the switch the new folder carries a mark, by which
the next publisher knows that the switch is still to be made.
"""

from __future__ import annotations

import fcntl
import os
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from si_lod.errors import CannotWrite, NoRelease
from si_lod.folders import let_go, sweep, sync
from si_lod.misreadings import reason_of
from si_lod.release import Release
from si_lod.sentences import told
from si_lod.versions import CURRENT, REFUSED, in_order, is_version

if TYPE_CHECKING:
    from collections.abc import Iterator

_BUILDING: Final = ".building-"
_SWITCHING: Final = ".switching-"
_UNSWITCHED: Final = ".unswitched"


@dataclass(frozen=True, slots=True)
class Releases:
    """The folder of all releases."""

    root: Path

    def versions(self) -> list[str]:
        """Return the versions that are here, as their names sort with numbers compared as numbers."""
        if not self.root.is_dir():
            return []
        found = (entry.name for entry in self.root.iterdir() if (entry / "manifest.json").is_file())
        return sorted(filter(is_version, found), key=in_order)

    def holds(self, version: str) -> bool:
        """Return whether a release of that version is here."""
        return is_version(version) and (self.root / version / "manifest.json").is_file()

    def open(self, version: str) -> Release:
        """Return the release of that version; raises NoRelease if there is none."""
        if not self.holds(version):
            there = ", ".join(self.versions()) or told("none")
            message = told(
                '{root}: expected a release "{version}", found {there}', root=self.root, version=version, there=there
            )
            raise NoRelease(message)
        return Release.open(self.root / version)

    def current_version(self) -> str | None:
        """Return the version that is served, or None before the first release."""
        try:
            return Path(self.root / CURRENT).readlink().name
        except OSError:
            return None

    def switched(self) -> float:
        """Return when the release that is served became it, in seconds since the epoch; 0 before the first."""
        try:
            return (self.root / CURRENT).lstat().st_mtime
        except OSError:
            return 0.0

    def current(self) -> Release:
        """Return the release that is served; raises NoRelease before the first."""
        version = self.current_version()
        if version is None:
            raise NoRelease(told("{root}: no release yet; publish one with: si-lod publish", root=self.root))
        return self.open(version)

    def latest(self) -> Release | None:
        """Return the release that the next one follows: the one that is served, else the last by version, if any."""
        version = self.current_version()
        found = self.versions()
        if version in found:
            return self.open(version)
        return self.open(found[-1]) if found else None

    def before_current(self) -> str:
        """Return the version before the one that is served; raises NoRelease if there is none."""
        current = self.current().manifest.version
        older = self.versions()[: self.versions().index(current)]
        if not older:
            message = told(
                "{root}: expected a release before {current} to roll back to, found none",
                root=self.root,
                current=current,
            )
            raise NoRelease(message)
        return older[-1]

    def switch(self, version: str) -> None:
        """Make ``version`` the one that is served, in one step."""
        self.open(version)
        beside = self.root / f"{_SWITCHING}{os.getpid()}"
        beside.symlink_to(version)
        beside.replace(self.root / CURRENT)
        (self.root / version / _UNSWITCHED).unlink(missing_ok=True)
        sync(self.root)

    def refusal(self, version: str) -> Path:
        """Return the folder of the reasons why ``version`` was not let through; it need not exist."""
        return self.root / REFUSED / version

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Hold the right to write here; raises CannotWrite if another publisher has it or the folder refuses.

        What a publisher that was killed left behind is put right first.
        """
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            file = (self.root / ".lock").open("w")
        except OSError as error:
            message = told(
                "{root}: expected a folder to write releases in: {reason}", root=self.root, reason=reason_of(error)
            )
            raise CannotWrite(message) from None
        with file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise CannotWrite(
                    told("{root}: another publisher is writing here; try again when it is done", root=self.root)
                ) from None
            self._recover()
            yield

    def _recover(self) -> None:
        for leftover in self.root.glob(f"{_BUILDING}*"):
            sweep(leftover)
        for link in self.root.glob(f"{_SWITCHING}*"):
            link.unlink()
        for version in self.versions():
            if (self.root / version / _UNSWITCHED).exists():
                self.switch(version)

    @contextmanager
    def build(self, version: str) -> Iterator[Path]:
        """Give a folder to write ``version`` into; on leaving it is put in place and served, or vanishes on an error.

        To be used under ``lock``.
        """
        beside = self.root / f"{_BUILDING}{version}"
        try:
            beside.mkdir()
            try:
                yield beside
            except BaseException as error:
                let_go(error)
                raise
            (beside / _UNSWITCHED).touch()
            for path in sorted(beside.rglob("*")):
                sync(path)
            beside.rename(self.root / version)
            self.switch(version)
        except OSError as error:
            message = told(
                "{path}: the release cannot be written: {reason}",
                path=error.filename2 or error.filename or beside,
                reason=reason_of(error),
            )
            raise CannotWrite(message) from error
        finally:
            sweep(beside)
