"""Finished representations in memory: whoever asks for one again gets it, or 304, before the application is asked.

An address has a plan, which says what the choice among its representations depends on. Headers that lead to the
same choice find the same representation, so odd ones do not fill the memory. All is dropped as soon as another
release is served.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from si_lod.serve.transport.answer import Answer
from si_lod.serve.transport.conditions import Validators, is_held
from si_lod.serve.transport.plan import Plan
from si_lod.serve.transport.space import Finished, Space

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping

    from si_lod.serve.transport.space import Target

_OTHERWISE: Final = frozenset({b"accept-datetime", b"authorization", b"if-match", b"if-unmodified-since", b"range"})
"""Headers of requests that only the application can answer."""
_OF_CONTENT: Final = frozenset(
    {b"content-type", b"content-length", b"content-encoding", b"content-language", b"last-modified"}
)
"""Headers of a representation that a client has already, which 304 leaves out (RFC 9110 §15.4.5)."""
_LONGEST: Final = 2048
"""The most bytes of an address that is kept: nobody links to a longer one, and anybody can send many."""


@dataclass(slots=True)
class Kept:
    """What one worker keeps, at most ``most`` bytes; to be used from one thread.

    ``epoch`` says what is served now: once it returns something else, all from before is dropped, and nothing is
    kept or found while it returns None. Addresses with a query get a quarter of the space, since anybody can think
    of as many as he likes, and they push out each other only.
    """

    most: int
    epoch: Callable[[], Hashable | None]
    _since: Hashable | None = None
    _plain: Space = field(init=False)
    _queried: Space = field(init=False)

    def __post_init__(self) -> None:
        """Make the space."""
        self._queried = Space(self.most // 4)
        self._plain = Space(self.most - self.most // 4)

    @property
    def size(self) -> int:
        """How many bytes are kept, about."""
        return self._plain.size + self._queried.size

    def find(self, target: Target, method: str, headers: Mapping[bytes, bytes]) -> Answer | None:
        """Return the answer to the request, if it is kept: the representation, or that the client has it."""
        if method not in {"GET", "HEAD"} or not _OTHERWISE.isdisjoint(headers) or not self._is_fresh():
            return None
        space = self._space(target)
        plan = space.plan(target)
        choice = plan.choice(headers) if plan else None
        finished = space.find(target, choice) if choice else None
        if finished is None:
            return None
        return finished.spare if is_held(finished.validators, headers) else finished.full

    def keep(self, target: Target, headers: Mapping[bytes, bytes], answer: Answer, since: Hashable | None) -> None:
        """Keep an answer to a GET that was asked for at ``since``, if it lasts as long as the release."""
        is_wanted = target.size <= _LONGEST and _lasts(answer) and _OTHERWISE.isdisjoint(headers)
        if not is_wanted or not self._is_fresh() or since != self._since:
            return
        varies = answer.header(b"vary").lower()
        space = self._space(target)
        plan = space.plan(target) or Plan()
        if b"accept" in varies.split(b", "):
            plan.offers = answer.note.offers
        media_type = answer.header(b"content-type").partition(b";")[0].decode("latin-1") if plan.offers else ""
        languages = answer.note.languages if b"accept-language" in varies else ()
        plan.ways[media_type] = (languages, b"accept-encoding" in varies)
        choice = plan.choice(headers)
        if choice is not None and choice.media_type == media_type:
            space.keep(plan, choice, _finished(target, answer))

    def _space(self, target: Target) -> Space:
        return self._queried if target.query else self._plain

    def _is_fresh(self) -> bool:
        """Return whether something is served, after what was served before is dropped."""
        epoch = self.epoch()
        if epoch != self._since:
            self._plain.clear()
            self._queried.clear()
            self._since = epoch
        return epoch is not None


def _lasts(answer: Answer) -> bool:
    is_whole = answer.status == 200 and answer.rest is None and bool(answer.header(b"etag"))  # noqa: PLR2004
    return is_whole and answer.note.lasting


def _finished(target: Target, answer: Answer) -> Finished:
    full = Answer(answer.status, answer.headers, answer.content, note=answer.note)
    links = answer.note.links
    told = [(name, value) for name, value in answer.headers if name not in _OF_CONTENT]
    bare = told if links is None else [pair for pair in told if pair[0] != b"link"]
    bare += [(b"link", links.encode("latin-1"))] if links else []
    return Finished(target, full, Answer(304, bare, note=answer.note), Validators.of(dict(answer.headers)))
