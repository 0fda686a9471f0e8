"""Why a version was not let through, kept beside the releases until it, or a later version, is.

::

    refused/2026.2/
        problems.txt     every problem, as the command line tells it; problems.nl.txt in Dutch
        report.ttl       the validation report, and report.txt for people, if it came that far
        issued.txt       the day of which that version said to be, since versions stand in the order of their days
"""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from si_lod.errors import EditorError
from si_lod.misreadings import reason_of
from si_lod.sentences import LANGUAGES, in_language, told
from si_lod.versions import in_order, is_version
from si_lod.workshop import BUILDING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from si_lod.releases import Releases

_ISSUED: Final = "issued.txt"
_KEPT: Final = ("report.ttl", "verdict.ttl", *(in_language("report.txt", language) for language in LANGUAGES))


@dataclass(frozen=True, slots=True)
class Refusal:
    """The refusal of ``version``, which says to be ``issued`` that day; to be used in the workshop of ``releases``."""

    releases: Releases
    version: str
    issued: str

    @contextmanager
    def keeping(self, building: Path | None = None) -> Iterator[None]:
        """Let every error through, and keep the reasons of one that an editor can mend, with the reports made by then.

        The error gets a note that says where they are. That they cannot be kept does not hide the error itself.
        """
        try:
            yield
        except EditorError as error:
            folder = self.releases.refusal(self.version)
            try:
                self._keep(error, building)
            except OSError as fault:
                error.add_note(
                    told("the reasons could not be kept in {folder}: {reason}", folder=folder, reason=reason_of(fault))
                )
            else:
                error.add_note(told("the reasons are kept in {folder}", folder=folder))
            raise

    def _keep(self, error: EditorError, building: Path | None) -> None:
        folder = self.releases.refusal(self.version)
        # Named like a release that is being built, so the next publisher sweeps it away if this one is killed.
        beside = self.releases.root / f"{BUILDING}refused-{self.version}"
        beside.mkdir()
        for language in LANGUAGES:
            (beside / in_language("problems.txt", language)).write_text(f"{error.said(language)}\n", encoding="utf-8")
        (beside / _ISSUED).write_text(f"{self.issued}\n", encoding="utf-8")
        for name in _KEPT:
            if building is not None and (building / name).is_file():
                shutil.copyfile(building / name, beside / name)
        shutil.rmtree(folder, ignore_errors=True)
        folder.parent.mkdir(exist_ok=True)
        beside.rename(folder)

    def lift(self) -> None:
        """Forget the refusal, if there was one, and those of versions before this one: it came in their place."""
        refused = self.releases.refusal(self.version).parent
        for folder in refused.iterdir() if refused.is_dir() else ():
            if is_version(folder.name) and self._follows(folder):
                shutil.rmtree(folder, ignore_errors=True)

    def _follows(self, refused: Path) -> bool:
        """Return whether this version is the one refused in that folder, or a later one."""
        path = refused / _ISSUED
        issued = path.read_text(encoding="utf-8").strip() if path.is_file() else self.issued
        place, own = (issued, in_order(refused.name)), (self.issued, in_order(self.version))
        return refused.name == self.version or place <= own
