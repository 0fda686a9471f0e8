"""What was found when stores were compared with their seals, known to all processes of a service.

A store is read for months after it was opened. A block of the disk that goes bad meanwhile makes answers that look
right, whatever the file's size and time say. So it is compared again: from time to time, and when anything points to
damage.
"""

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
from si_lod.seals import damage, identity_of, is_sealed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from si_lod.seals import Identity

_LOG: Final = logging.getLogger(__name__)
_SUFFIX: Final = ".verdict"
_STANDS: Final = 9
"""For so many times as long as a comparison took none is made again for any doubt: a tenth of the time is enough."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The ``damage`` to a store, empty if there is none, by a comparison that ``begun`` and ``ended`` then.

    The times are ``time.monotonic``, which all processes of a machine share.
    """

    store: str
    begun: float
    ended: float
    damage: str = ""

    @classmethod
    def read(cls, path: Path) -> Self:
        """Return the verdict in that file."""
        return cls(**json.loads(path.read_text(encoding="utf-8")))

    @property
    def stands(self) -> bool:
        """Whether it was found so recently that the same is not found out again."""
        return monotonic() < self.ended + _STANDS * (self.ended - self.begun)


@dataclass(frozen=True, slots=True)
class Verdicts:
    """The last verdict on each store that was opened, in files of the ``folder``; without one, of this process only.

    A store that was found whole is opened without being read again for so many seconds as it is ``trusted``. Safe for
    several threads and processes.
    """

    folder: Path | None = None
    trusted: float = 0.0
    _own: dict[str, Verdict] = field(default_factory=dict)
    _reading: Reading[Verdict] = field(default_factory=lambda: Reading(Verdict.read))

    def of(self, identity: Identity | None) -> Verdict | None:
        """Return what was last found of that store, None if it never was compared."""
        if identity is None or self.folder is None:
            return self._own.get(_name(identity))
        try:
            return self._reading.of(self.folder / _name(identity))
        except FileNotFoundError:
            return None

    def damage(self, identity: Identity | None) -> str:
        """Return what is known to be wrong with that store, empty if nothing is."""
        known = self.of(identity)
        return known.damage if known else ""

    def opening(self, store: Path) -> str:
        """Return what is wrong with the store, which is about to be opened and therefore read; raises OSError.

        That it was whole is believed as long as it is trusted, that it was damaged for a while.
        """
        known = self.of(identity_of(store))
        if known is None:
            return self.compared(store).damage
        is_believed = known.stands if known.damage else monotonic() < known.ended + self.trusted
        return known.damage if is_believed else self.compared(store).damage

    def doubted(self, store: Path) -> str:
        """Return what is wrong with the store, which gave reason to doubt it; raises OSError.

        It is read unless it was a moment ago. Of one that nothing is known of, such as one without digests, nothing is
        said.
        """
        known = self.of(identity_of(store))
        if known is None:
            return ""
        return known.damage if known.stands else self.compared(store).damage

    def review(self, rest: Callable[[], object]) -> None:
        """Compare every store that was opened and is still there, with a ``rest`` after each mebibyte."""
        for store in self._stores():
            try:
                self.compared(store, rest)
            except OSError as error:
                _LOG.warning("%s: it could not be compared with its digests: %s", store, reason_of(error))

    def compared(self, store: Path, rest: Callable[[], object] = lambda: None) -> Verdict:
        """Return the verdict on the store, which is read for it; raises OSError if the machine is too short for that.

        One that another has taken the place of meanwhile has none that others are told.
        """
        identity, begun = identity_of(store), monotonic()
        found = Verdict(str(store), begun, begun, damage(store, rest))
        found = Verdict(found.store, found.begun, monotonic(), found.damage)
        if identity is not None and identity_of(store) == identity:
            self._put(identity, found)
        return found

    def whole(self, store: Path, identity: Identity | None) -> None:
        """Take that store for as it was written, as somebody saw just now; one without digests stays unknown."""
        now = monotonic()
        if identity is not None and is_sealed(store):
            self._put(identity, Verdict(str(store), now, now))

    def _put(self, identity: Identity, verdict: Verdict) -> None:
        known = self.of(identity)
        if known is not None and known.begun > verdict.begun:
            return
        if self.folder is None:
            self._own[_name(identity)] = verdict
        else:
            beside = self.folder / f"{_name(identity)}-{os.getpid()}-{threading.get_ident()}"
            beside.write_text(json.dumps(asdict(verdict)), encoding="utf-8")
            beside.replace(self.folder / _name(identity))
        if known is not None and verdict.damage != known.damage:
            _tell(verdict)

    def _stores(self) -> Iterator[Path]:
        """Yield the stores on which there is a verdict; that on one which is no more is forgotten."""
        for path in sorted(self.folder.glob(f"*{_SUFFIX}")) if self.folder else ():
            store = Path(self._reading.of(path).store)
            if _name(identity_of(store)) == path.name:
                yield store
            else:
                path.unlink()


def _name(identity: Identity | None) -> str:
    return "-".join(map(str, identity or ())) + _SUFFIX


def _tell(verdict: Verdict) -> None:
    if verdict.damage:
        _LOG.error("%s: %s", verdict.store, verdict.damage)
    else:
        _LOG.warning("%s: it is as it was written again", verdict.store)
