"""Stores compared with their seals: before they are opened, and again while they are.

A store is read for months after it was opened. A block of the disk that goes bad meanwhile makes answers that look
right, whatever the file's size and time say. So it is compared again: from time to time, and when anything points to
damage.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from time import monotonic
from typing import TYPE_CHECKING, Final

from si_lod.misreadings import reason_of
from si_lod.seals import damage, identity_of, is_sealed, strangers
from si_lod.verdicts import Verdict, Verdicts

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from si_lod.seals import Identity

_LOG: Final = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Finds out whether stores are as they were written, and leaves its ``verdicts``.

    A store that was found whole is opened without being read again for so many seconds as it is ``trusted``. Safe for
    several threads.
    """

    verdicts: Verdicts = field(default_factory=Verdicts)
    trusted: float = 0.0

    def opening(self, store: Path) -> str:
        """Return what is wrong with the store, which is about to be opened and therefore read; raises OSError.

        That it was whole is believed as long as it is trusted, that it was damaged for a while.
        """
        known = self.verdicts.of(identity_of(store))
        if known is None:
            return self.compare(store).damage
        is_believed = known.stands if known.damage else monotonic() < known.ended + self.trusted
        return known.damage if is_believed else self.compare(store).damage

    def doubted(self, store: Path) -> str:
        """Return what is wrong with the store, which gave reason to doubt it; raises OSError.

        It is read unless it was a moment ago. Of one that nothing is known of, such as one without digests, nothing is
        said.
        """
        known = self.verdicts.of(identity_of(store))
        if known is None:
            return ""
        return known.damage if known.stands else self.compare(store).damage

    def review(self, rest: Callable[[], object]) -> None:
        """Compare every store that was opened and is still there, with a ``rest`` after each mebibyte."""
        for store in self.verdicts.stores():
            try:
                self.compare(store, rest)
            except OSError as error:
                _LOG.warning("%s: it could not be compared with its digests: %s", store, reason_of(error))

    def compare(self, store: Path, rest: Callable[[], object] = lambda: None) -> Verdict:
        """Return the verdict on the store, which is read for it; raises OSError if the machine is too short for that.

        One that another has taken the place of meanwhile has none that others are told.
        """
        identity, begun = identity_of(store), monotonic()
        found = damage(store, rest)
        verdict = Verdict(str(store), begun, monotonic(), found, strangers(store))
        if identity is not None and identity_of(store) == identity:
            self.verdicts.put(identity, verdict)
        return verdict

    def believe(self, store: Path, identity: Identity | None) -> None:
        """Take that store for as it was written, as somebody saw just now; one without digests stays unknown."""
        now = monotonic()
        if identity is not None and is_sealed(store):
            self.verdicts.put(identity, Verdict(str(store), now, now, strangers=strangers(store)))
