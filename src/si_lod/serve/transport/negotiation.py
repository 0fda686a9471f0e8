"""Which representation a client gets (RFC 9110 §12.5.1), and in which language (§12.5.4).

The header is split by Werkzeug. Its own choice is not used: it takes a parameter that we do not distinguish for
another type, and ``*/*`` can bring back what ``q=0`` excluded.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header

if TYPE_CHECKING:
    from collections.abc import Sequence

_BARE_FRACTION: Final = re.compile(r"(;\s*q)\s*=\s*(?=\.)", re.IGNORECASE)
"""Old Java clients write ``q=.2``."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One representation: the type that it is sent as, and other names by which it can be asked for.

    ``wider`` are types that it is one of, as JSON-LD is JSON: who asks for these gets it, unless a thing of equal
    quality is asked for by its own name.
    """

    media_type: str
    aliases: tuple[str, ...] = ()
    wider: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Preference:
    """How much a client wants an offer: its quality, then how exactly it was named (3 by name, 1 by ``*/*``)."""

    quality: float
    specificity: int


_UNWANTED: Final = Preference(0, 0)


def choose(accept: str, offers: Sequence[Offer]) -> Offer | None:
    """Return the offer with the highest quality, or None if each is excluded.

    Among equals the one that is named more exactly wins, then the first; so HTML, offered last, goes to who asks
    for it by name. No header, or one with nothing in it that could be read, is ``*/*``.
    """
    ranges = _ranges(accept)
    best = max(offers, key=lambda offer: preference(ranges, offer), default=None)
    return best if best and preference(ranges, best).quality > 0 else None


Range = tuple[str, str, bool, float]
"""A media range: type, subtype, whether it has parameters, quality."""


def preference(ranges: Sequence[Range], offer: Offer) -> Preference:
    """Return how much the ranges want the offer, by the best of its names unless its own type is refused."""
    own = _preference(ranges, offer.media_type)
    if own.quality == 0 and own.specificity:
        return own
    wider = (Preference(found.quality, 2) for name in offer.wider if (found := _named(ranges, name)).quality)
    return max([own, *(_named(ranges, alias) for alias in offer.aliases), *wider])


def _named(ranges: Sequence[Range], alias: str) -> Preference:
    """Return how much an alias is wanted by name; a wildcard speaks of the type that is sent."""
    found = _preference(ranges, alias)
    return found if found.specificity == 3 else _UNWANTED  # noqa: PLR2004  by name


def _preference(ranges: Sequence[Range], media_type: str) -> Preference:
    """Return the quality of the most specific ranges that match (RFC 9110 §12.5.1).

    A parameter is ignored, but a range without one says more about our type than a range with one. Where equally
    specific ranges disagree, a refusal holds.
    """
    kind, _, subtype = media_type.partition("/")
    for specificity, wanted in ((3, (kind, subtype)), (2, (kind, "*")), (1, ("*", "*"))):
        matching = [r for r in ranges if r[:2] == wanted]
        plain = [quality for _, _, parameters, quality in matching if not parameters]
        qualities = plain or [quality for *_, quality in matching]
        if qualities:
            return Preference(0 if 0 in qualities else max(qualities), specificity)
    return _UNWANTED


def _ranges(accept: str) -> list[Range]:
    ranges = []
    for value, quality in parse_accept_header(_BARE_FRACTION.sub(r"\1=0", accept), Accept):
        essence, _, parameters = value.lower().partition(";")
        kind, _, subtype = essence.strip().partition("/")
        if kind == "*":
            subtype = "*"
        if kind and subtype:
            ranges.append((kind, subtype, bool(parameters), float(quality)))
    return ranges or [("*", "*", False, 1.0)]


def choose_language(accept_language: str, languages: Sequence[str]) -> str:
    """Return the language that the header wants most, or the first, which is the site's own (RFC 4647 §3.4).

    ``en-GB`` finds ``en``. Among equals the one that stands first in the header wins. A language that we lack is
    no error: the answer is in the first.
    """
    wanted = parse_accept_header(accept_language, Accept)
    asked = [(tag.lower(), float(quality)) for tag, quality in wanted]
    return max(languages, key=lambda language: _liking(asked, language.lower()), default="en")


def _liking(asked: Sequence[tuple[str, float]], language: str) -> tuple[float, int]:
    """Return how much a language is liked: the quality, below 0 if it is refused, then how early it is named."""
    exact = [(quality, -place) for place, (tag, quality) in enumerate(asked) if tag == language]
    wider = [(quality, -place) for place, (tag, quality) in enumerate(asked) if tag.startswith(f"{language}-")]
    any_other = [(quality, -len(asked)) for tag, quality in asked if tag == "*"]
    quality, place = max(exact or wider or any_other, default=(0, -len(asked)))
    refused = quality == 0 and bool(exact or wider or any_other)
    return (-1 if refused else quality, place)
