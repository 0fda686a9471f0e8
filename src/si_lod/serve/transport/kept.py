"""Finished representations in memory: whoever asks for one again gets it, or 304, before the application is asked.

An address has a plan, which says what the choice among its representations depends on. Headers that lead to the
same choice find the same representation, so odd ones do not fill the memory. All is dropped as soon as another
release is served.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from cachetools import LRUCache

from si_lod.serve.transport.answer import Answer
from si_lod.serve.transport.conditions import Validators, is_held
from si_lod.serve.transport.plan import Choice, Plan

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping

_OTHERWISE: Final = frozenset({b"accept-datetime", b"range", b"authorization"})
"""Headers of requests that only the application can answer."""
_OF_CONTENT: Final = frozenset(
    {b"content-type", b"content-length", b"content-encoding", b"content-language", b"last-modified"}
)
"""Headers of a representation that a client has already, which 304 leaves out (RFC 9110 §15.4.5)."""
_OVERHEAD: Final = 2048
"""Bytes that the headers and the key of a representation take, about."""
_MOST_PLANS: Final = 20_000


class Target(NamedTuple):
    """An address: the path and the query as they were sent, and the prefix below which the application runs."""

    path: bytes
    query: bytes
    prefix: str


@dataclass(frozen=True, slots=True)
class _Finished:
    full: Answer
    spare: Answer
    validators: Validators


def _size(finished: _Finished) -> int:
    return len(finished.full.content) + _OVERHEAD


@dataclass(slots=True)
class Kept:
    """What one worker keeps, at most ``most`` bytes; to be used from one thread.

    ``epoch`` says what is served now: once it returns something else, all from before is dropped, and nothing is
    kept or found while it returns None. Addresses with a query get a quarter of the space, since anybody can think
    of as many as he likes.
    """

    most: int
    epoch: Callable[[], Hashable | None]
    _since: Hashable | None = None
    _plans: LRUCache[Target, Plan] = field(default_factory=lambda: LRUCache(_MOST_PLANS))
    _plain: LRUCache[tuple[Target, Choice], _Finished] = field(init=False)
    _queried: LRUCache[tuple[Target, Choice], _Finished] = field(init=False)

    def __post_init__(self) -> None:
        """Make the space."""
        self._queried = LRUCache(self.most // 4, _size)
        self._plain = LRUCache(self.most - self.most // 4, _size)

    @property
    def size(self) -> int:
        """How many bytes are kept, about."""
        return int(self._plain.currsize + self._queried.currsize)

    def find(self, target: Target, method: str, headers: Mapping[bytes, bytes]) -> Answer | None:
        """Return the answer to the request, if it is kept: the representation, or that the client has it."""
        if method not in {"GET", "HEAD"} or not _OTHERWISE.isdisjoint(headers) or not self._is_fresh():
            return None
        plan = self._plans.get(target)
        choice = plan.choice(headers) if plan else None
        finished = self._shelf(target).get((target, choice)) if choice else None
        if finished is None:
            return None
        return finished.spare if is_held(finished.validators, headers) else finished.full

    def keep(self, target: Target, headers: Mapping[bytes, bytes], answer: Answer, since: Hashable | None) -> None:
        """Keep an answer to a GET that was asked for at ``since``, if it lasts as long as the release."""
        if not _lasts(answer) or not _OTHERWISE.isdisjoint(headers) or not self._is_fresh() or since != self._since:
            return
        varies = answer.header(b"vary").lower()
        plan = self._plans.get(target) or Plan()
        if b"accept" in varies.split(b", "):
            plan.offers = answer.note.offers
        media_type = answer.header(b"content-type").partition(b";")[0].decode("latin-1") if plan.offers else ""
        languages = answer.note.languages if b"accept-language" in varies else ()
        plan.ways[media_type] = (languages, b"accept-encoding" in varies)
        choice = plan.choice(headers)
        if choice is None or choice.media_type != media_type or _size(_finished(answer)) > self._shelf(target).maxsize:
            return
        self._plans[target] = plan
        self._shelf(target)[target, choice] = _finished(answer)

    def _shelf(self, target: Target) -> LRUCache[tuple[Target, Choice], _Finished]:
        return self._queried if target.query else self._plain

    def _is_fresh(self) -> bool:
        """Return whether something is served, after what was served before is dropped."""
        epoch = self.epoch()
        if epoch != self._since:
            for each in (self._plans, self._plain, self._queried):
                each.clear()
            self._since = epoch
        return epoch is not None


def _lasts(answer: Answer) -> bool:
    is_whole = answer.status == 200 and answer.rest is None and bool(answer.header(b"etag"))  # noqa: PLR2004
    return is_whole and answer.note.lasting


def _finished(answer: Answer) -> _Finished:
    full = Answer(answer.status, answer.headers, answer.content, note=answer.note)
    bare = [(name, value) for name, value in answer.headers if name not in _OF_CONTENT]
    return _Finished(full, Answer(304, bare, note=answer.note), Validators.of(dict(answer.headers)))
