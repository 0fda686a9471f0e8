"""What came of rehearsing each release, kept beside it: a release never changes, and what portals make of it may.

::

    releases/
        rehearsed/2026.1.json      the last rehearsal of that release, as it is told in each language

``si-lod rehearse --save`` writes it, the server shows it; neither knows the other.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

from si_lod.errors import CannotWrite
from si_lod.folders import sync
from si_lod.misreadings import reason_of
from si_lod.sentences import told
from si_lod.versions import REHEARSED, is_version

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_BESIDE: Final = ".writing-"
"""How the name of a file begins that is being written."""


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """A rehearsal of a release: ``when`` is its xsd:dateTime in UTC, ``whole`` if every portal takes everything.

    ``told`` has by language the ``text``, the ``document`` for programs, and the ``portals`` as a page shows them.
    """

    release: str
    when: str
    whole: bool
    told: Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Rehearsals:
    """The rehearsals among the releases in ``root``."""

    root: Path

    def keep(self, rehearsed: Rehearsed) -> None:
        """Keep a rehearsal in the place of any before it of that release; raises CannotWrite."""
        folder = self.root / REHEARSED
        beside = folder / f"{_BESIDE}{os.getpid()}"
        try:
            folder.mkdir(exist_ok=True)
            beside.write_text(json.dumps(asdict(rehearsed), ensure_ascii=False), encoding="utf-8")
            sync(beside)
            beside.replace(folder / f"{rehearsed.release}.json")
            sync(folder)
        except OSError as error:
            message = told(
                "{folder}: the rehearsal cannot be written: {reason}", folder=folder, reason=reason_of(error)
            )
            raise CannotWrite(message) from None
        finally:
            with suppress(OSError):
                beside.unlink(missing_ok=True)

    def find(self, version: str | None) -> Rehearsed | None:
        """Return the rehearsal of that release, else the last of any, or None if there never was one."""
        found = [one for path in (self.root / REHEARSED).glob("*.json") if (one := _read(path))]
        return max(found, key=lambda one: (one.release == version, one.when), default=None)


def _read(path: Path) -> Rehearsed | None:
    """Return the rehearsal in the file, or None if it is none: whoever looks can do without."""
    try:
        found = Rehearsed(**json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    return found if is_version(path.stem) and found.release == path.stem else None
