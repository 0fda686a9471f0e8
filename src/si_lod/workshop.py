"""The workshop: where a release is written, beside the others, and put in place; one publisher at a time.

A release is renamed into place, so a publisher that is killed at any moment leaves the old state or the new one.
Between the rename and the switch the new folder carries a mark, by which the next publisher knows that the switch is
still to be made.
"""

from __future__ import annotations

import fcntl
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Self

from si_lod.errors import CannotWrite
from si_lod.folders import let_go, sweep, sync
from si_lod.misreadings import reason_of
from si_lod.releases import SWITCHING, UNSWITCHED
from si_lod.seals import seal
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from si_lod.releases import Releases

BUILDING: Final = ".building-"
"""How the name of a folder begins that is being written; the next publisher sweeps it away."""

_ONWARD: Final = "onward"
"""What the mark of a release says that follows the one that was served."""


@dataclass(frozen=True, slots=True)
class Workshop:
    """The right to write among the releases; who has it, has it alone. Comes from ``open`` only."""

    releases: Releases

    @classmethod
    @contextmanager
    def open(cls, releases: Releases) -> Iterator[Self]:
        """Give the workshop; raises CannotWrite if another publisher has it or the folder refuses.

        What a publisher that was killed left behind is put right first.
        """
        root = releases.root
        try:
            root.mkdir(parents=True, exist_ok=True)
            file = (root / ".lock").open("w")
        except OSError as error:
            message = told(
                "{root}: expected a folder to write releases in: {reason}", root=root, reason=reason_of(error)
            )
            raise CannotWrite(message) from None
        with file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise CannotWrite(
                    told("{root}: another publisher is writing here; try again when it is done", root=root)
                ) from None
            workshop = cls(releases)
            workshop._recover()
            yield workshop

    def _recover(self) -> None:
        root = self.releases.root
        for leftover in root.glob(f"{BUILDING}*"):
            sweep(leftover)
        for link in root.glob(f"{SWITCHING}*"):
            link.unlink()
        for release in self.releases.whole():
            mark = release.path / UNSWITCHED
            if mark.exists():
                onward = mark.read_text(encoding="utf-8") == _ONWARD
                try:
                    self.releases.switch(release.manifest.version, onward=onward)
                except OSError as error:
                    raise _unwritten(error, release.path) from error

    @contextmanager
    def build(self, version: str) -> Iterator[Path]:
        """Give a folder to write ``version`` into; then it is put in place and served, or vanishes on an error.

        It takes the place of what is left of that version, if anything is; one that is not whole and was not served
        is not served afterwards either, unless nothing else can be. Its store is sealed, so it is to be closed by then.
        """
        beside = self.releases.root / f"{BUILDING}{version}"
        is_next = not self.releases.holds(version) or self._is_wanted(version)
        latest = self.releases.latest()
        is_onward = latest is not None and latest.manifest.version == self.releases.current_version()
        try:
            beside.mkdir()
            try:
                yield beside
            except BaseException as error:
                let_go(error)
                raise
            if is_next:
                (beside / UNSWITCHED).write_text(_ONWARD if is_onward else "", encoding="utf-8")
            seal(beside / "store")
            for path in sorted(beside.rglob("*")):
                sync(path)
            self._clear(version)
            beside.rename(self.releases.root / version)
            if is_next:
                self._serve(version, beside, onward=is_onward)
        except OSError as error:
            raise _unwritten(error, beside) from error
        finally:
            sweep(beside)

    def _serve(self, version: str, beside: Path, *, onward: bool) -> None:
        """Make the release that is in place the one that is served; if that cannot be, move it back ``beside``."""
        try:
            self.releases.switch(version, onward=onward)
        except BaseException:
            if self.releases.current_version() != version:
                (self.releases.root / version).rename(beside)
            raise

    def _is_wanted(self, version: str) -> bool:
        """Return whether that version is what is to be served, or no other can be."""
        return self.releases.current_version() == version or not self.releases.whole()

    def _clear(self, version: str) -> None:
        """Move away what is left of a release that is not whole, to where it is swept from."""
        remains = self.releases.root / f"{BUILDING}{version}.remains"
        if (self.releases.root / version).exists():
            (self.releases.root / version).rename(remains)
            sweep(remains)


def _unwritten(error: OSError, path: Path) -> CannotWrite:
    """Return the error with the path at fault, which is ``path`` where the system names none."""
    return CannotWrite(
        told(
            "{path}: the release cannot be written: {reason}",
            path=error.filename2 or error.filename or path,
            reason=reason_of(error),
        )
    )
