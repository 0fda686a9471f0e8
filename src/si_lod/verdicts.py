"""What was found when stores were compared with their seals, known to all processes of a service."""

from __future__ import annotations

import json
import logging
import os
import threading
from dataclasses import asdict, dataclass, field
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Final, Self

from si_lod.misreadings import reason_of
from si_lod.reading import Reading
from si_lod.seals import identity_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from si_lod.seals import Identity

_LOG: Final = logging.getLogger(__name__)
_SUFFIX: Final = ".verdict"
_STANDS: Final = 9
"""For so many times as long as a comparison took none is made again for any doubt: a tenth of the time is enough."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The ``damage`` to a store, empty if there is none, by a comparison that ``begun`` and ``ended`` then.

    The ``strangers`` are what else was in its folder.

    The times are ``time.monotonic``, which all processes of a machine share.
    """

    store: str
    begun: float
    ended: float
    damage: str = ""
    strangers: Sequence[str] = ()

    @classmethod
    def read(cls, path: Path) -> Self:
        """Return the verdict in that file."""
        return cls(**json.loads(path.read_text(encoding="utf-8")))

    @property
    def stands(self) -> bool:
        """Whether it was found so recently that the same is not found out again."""
        return monotonic() < self.ended + _STANDS * (self.ended - self.begun)

    def is_whole(self, within: float) -> bool:
        """Whether it was found whole, all of it ``within`` so many seconds before now."""
        return not self.damage and monotonic() < self.begun + within


@dataclass(frozen=True, slots=True)
class Verdicts:
    """The last verdict on each store that was opened, in files of the ``folder``; without one, of this process only.

    Safe for several threads and processes.
    """

    folder: Path | None = None
    _own: dict[Identity, Verdict] = field(default_factory=dict)
    _places: dict[Identity, Path] = field(default_factory=dict)
    """The files by the stores: each request asks whether there is damage."""
    _reading: Reading[Verdict] = field(default_factory=lambda: Reading(Verdict.read))

    def of(self, identity: Identity | None) -> Verdict | None:
        """Return what was last found of that store, None if it never was compared."""
        if identity is None:
            return None
        if self.folder is None:
            return self._own.get(identity)
        try:
            return self._reading.of(self._place(identity, self.folder))
        except FileNotFoundError:
            return None

    def damage(self, identity: Identity | None) -> str:
        """Return what is known to be wrong with that store, empty if nothing is."""
        known = self.of(identity)
        return known.damage if known else ""

    def put(self, identity: Identity, verdict: Verdict) -> None:
        """Tell all what was found of that store, unless a comparison that began later has; the log has what is new."""
        known = self.of(identity)
        if known is not None and known.begun > verdict.begun:
            return
        if known is not None and verdict.damage != known.damage:
            _tell(verdict)
        for name in set(verdict.strangers).difference(known.strangers if known else ()):
            _LOG.warning('%s: "%s" is none of the store, which does not read it', verdict.store, name)
        if self.folder is None:
            self._own[identity] = verdict
            return
        try:
            _write(verdict, self._place(identity, self.folder))
        except OSError as error:
            _LOG.error("%s: what was found cannot be told to the other processes: %s", verdict.store, reason_of(error))

    def stores(self) -> Iterator[Path]:
        """Yield the folders of the stores on which there is a verdict; that on one which is no more is forgotten."""
        for path in sorted(self.folder.glob(f"*{_SUFFIX}")) if self.folder else ():
            store = Path(self._reading.of(path).store)
            identity = identity_of(store)
            if identity and _name(identity) == path.name:
                yield store
            else:
                path.unlink()

    def _place(self, identity: Identity, folder: Path) -> Path:
        return self._places.get(identity) or self._places.setdefault(identity, folder / _name(identity))


def _name(identity: Identity) -> str:
    return "-".join(map(str, identity)) + _SUFFIX


def _write(verdict: Verdict, place: Path) -> None:
    """Put the verdict in place as a whole."""
    beside = place.with_suffix(f".{os.getpid()}-{threading.get_ident()}")
    beside.write_text(json.dumps(asdict(verdict)), encoding="utf-8")
    beside.replace(place)


def _tell(verdict: Verdict) -> None:
    if verdict.damage:
        _LOG.error("%s: %s", verdict.store, verdict.damage)
    else:
        _LOG.warning("%s: it is as it was written again", verdict.store)
