"""How an address's representation is chosen, learnt from the answers that the application gave there."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from si_lod.serve.transport.coding import choose_coding
from si_lod.serve.transport.negotiation import choose, choose_language

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from si_lod.serve.transport.negotiation import Offer

# The same few headers come with nearly every request; what they lead to depends on nothing else.
_choose: Final = lru_cache(1024)(choose)
_choose_language: Final = lru_cache(512)(choose_language)
_choose_coding: Final = lru_cache(512)(choose_coding)
_LONG: Final = 1024
"""Bytes of a header past which what it leads to is not remembered."""


class Choice(NamedTuple):
    """What tells a representation from the others of its address; empty where the address has one for all."""

    media_type: str
    language: str
    coding: str


@dataclass(slots=True)
class Plan:
    """``offers`` is what there is to choose among; ``ways`` says of each type how the choice goes on from there.

    That is the languages that there are, and whether it is sent in codings.
    """

    offers: tuple[Offer, ...] = ()
    ways: dict[str, tuple[tuple[str, ...], bool]] = field(default_factory=dict)

    def choice(self, headers: Mapping[bytes, bytes]) -> Choice | None:
        """Return what the request's headers lead to; None if nothing fits, or nothing is known of what fits."""
        offer = _choose_type(_text(headers, b"accept"), self.offers) if self.offers else None
        media_type = offer.media_type if offer else ""
        if media_type not in self.ways:
            return None
        languages, coded = self.ways[media_type]
        return Choice(
            media_type,
            _language(_text(headers, b"accept-language"), languages) if languages else "",
            _coding(_text(headers, b"accept-encoding")) if coded else "",
        )


def _text(headers: Mapping[bytes, bytes], name: bytes) -> str:
    return headers.get(name, b"").decode("latin-1")


def _choose_type(accept: str, offers: Sequence[Offer]) -> Offer | None:
    return choose(accept, offers) if len(accept) > _LONG else _choose(accept, tuple(offers))


def _language(accept_language: str, languages: tuple[str, ...]) -> str:
    long = len(accept_language) > _LONG
    return choose_language(accept_language, languages) if long else _choose_language(accept_language, languages)


def _coding(accept_encoding: str) -> str:
    return choose_coding(accept_encoding) if len(accept_encoding) > _LONG else _choose_coding(accept_encoding)
