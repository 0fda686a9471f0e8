"""Whether the engine is there and well, as this process finds it: the log has each change once."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import monotonic
from typing import TYPE_CHECKING, Final

from si_lod.errors import EngineFailed, EngineLost, NotPushed
from si_lod.sentences import told
from si_lod.spell import Spell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from si_lod.engine.remote.speaking.pulse import Pulse
    from si_lod.errors import Unevaluated

_LOG: Final = logging.getLogger(__name__)
_RETRY_AFTER: Final = 5
_QUIET: Final = 60.0
"""Seconds without a failure after which the engine is well: one query may fail while others do not."""
_MEANWHILE: Final = "each request that needs it asks it again"
_UNTIL_THEN: Final = "nobody waits for it until a probe finds that it answers again"


@dataclass(frozen=True, slots=True)
class Presence:
    """What is known of the engine at ``endpoint``; safe for several threads."""

    endpoint: str
    pulse: Pulse
    _absence: Spell = field(default_factory=lambda: Spell(_LOG))
    _failure: Spell = field(default_factory=lambda: Spell(_LOG))
    _lacks: dict[str, Spell] = field(default_factory=dict)
    """For each release that it does not hold, or did not, how long."""

    @contextmanager
    def answering(self) -> Iterator[None]:
        """Hold this while a whole answer is read; what is of no use is logged and raised."""
        begun = monotonic()
        try:
            yield
        except EngineFailed as error:
            self._met(self._failure, str(error))
            raise
        self.is_here(begun)
        self._failure.over(f"{self.endpoint}: the engine answers as it should again", since=begun, quiet=_QUIET)

    def is_here(self, since: float) -> None:
        """Take note that the engine answered, whatever it was, to what it was asked at that moment."""
        self.pulse.heard()
        self._absence.over(f"{self.endpoint}: the engine is back", since=since)

    def lost(self, reason: object, after: int = _RETRY_AFTER, *, kind: str = "") -> EngineLost:
        """Return what is said when nobody answers; the log has the reason."""
        self._met(self._absence, f"the engine is lost: {reason}", kind)
        return EngineLost(
            told("the engine behind this service cannot be reached; try again in {seconds} seconds", seconds=after),
            retry_after=after,
            reason=str(reason),
        )

    def silent(self, seconds: float, since: float) -> EngineLost:
        """Return what is said when the engine takes a question of our own and does not answer it.

        That was asked at the moment ``since``, and had so many seconds.
        """
        reason = f"{self.endpoint}: the engine is lost: it gave no answer in {seconds:g} s"
        self._absence.met(reason, _UNTIL_THEN if self.pulse.missed(since) else _MEANWHILE)
        message = told(
            "the engine behind this service gave no answer in {seconds:g} s; try again later", seconds=seconds
        )
        return EngineLost(message, retry_after=_RETRY_AFTER)

    def insist(self) -> None:
        """Raise EngineLost if the engine took a question before, and has answered nothing since."""
        if self.pulse.is_stopped:
            message = told("the engine behind this service does not answer just now; try again later")
            raise EngineLost(message, retry_after=_RETRY_AFTER, reason="it takes questions and answers none")

    def late(self, seconds: float) -> EngineLost:
        """Return what is said when the engine answers, but takes so many seconds for what one request needs of it."""
        reason = f"what one request needs took it longer than {seconds:g} s"
        self._met(self._failure, f"the engine is slow: {reason}")
        message = told(
            "the engine behind this service took longer than {seconds:g} s for what is asked for here; try again later",
            seconds=seconds,
        )
        return EngineLost(message, retry_after=_RETRY_AFTER, reason=reason)

    def lacks(self, version: str, graph: str) -> NotPushed:
        """Return what is said when the engine holds no graph of that version whose name begins so."""
        message = told(
            "{endpoint}: expected release {version} as a graph <{graph}-...>; put it there with: si-lod push --to URL",
            endpoint=self.endpoint,
            version=version,
            graph=graph,
        )
        self._lacks.setdefault(graph, Spell(_LOG)).met(str(message), _MEANWHILE)
        return NotPushed(message, version=version)

    def holds(self, version: str, graph: str, since: float) -> None:
        """Take note that the engine held the release when it was asked at that moment."""
        if spell := self._lacks.get(graph):
            spell.over(f"{self.endpoint}: the engine holds release {version}", since=since)

    def failed(self, reason: str, *, kind: str = "") -> EngineFailed:
        """Return what is said of an error of the engine's; the log has the reason."""
        self._met(self._failure, f"the engine failed: {reason}", kind)
        message = told("the engine behind this service failed; try again later")
        return EngineFailed(message, retry_after=_RETRY_AFTER, reason=reason)

    def refused(self, refusal: Unevaluated) -> EngineFailed | EngineLost:
        """Return what is said where the engine refuses what has to be answered, whoever asks."""
        if refusal.retry_after:
            return self.lost(refusal.reason, refusal.retry_after, kind=refusal.kind)
        return self.failed(refusal.reason, kind=refusal.kind)

    def _met(self, spell: Spell, reason: str, kind: str = "") -> None:
        spell.met(f"{self.endpoint}: {reason}", _MEANWHILE, kind=kind)
