"""Content codings: which one a client gets (RFC 9110 §12.5.3), and content in it; the same bytes each time."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Final

import brotli
from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

_GZIP: Final = 16 + zlib.MAX_WBITS
"""What asks zlib for the format of RFC 1952, in which it states no time."""


def _brotli(pieces: Iterable[bytes]) -> Iterator[bytes]:
    packer = brotli.Compressor(mode=brotli.MODE_TEXT, quality=5)
    for piece in pieces:
        yield packer.process(piece)
    yield packer.finish()


def _gzip(pieces: Iterable[bytes]) -> Iterator[bytes]:
    packer = zlib.compressobj(level=6, wbits=_GZIP)
    for piece in pieces:
        yield packer.compress(piece)
    yield packer.flush()


CODINGS: Final[Mapping[str, Callable[[Iterable[bytes]], Iterator[bytes]]]] = {"br": _brotli, "gzip": _gzip}
"""Those that we offer, the smallest result first."""
IDENTITY: Final = "identity"
_PACKED: Final = ("image/png", "image/jpeg", "image/webp", "font/woff2", "application/zip", "application/gzip")
"""Types that are compressed already."""


def is_coded(media_type: str) -> bool:
    """Return whether content of this type is sent in a coding to who accepts one."""
    return media_type not in _PACKED


def choose_coding(accept_encoding: str) -> str:
    """Return the coding that the header wants most, of ours the first among equals, or nothing for none.

    No header wants none, and neither does one that wants the plain content more. Content that no coding of the
    header fits is sent plain: that a client can always read.
    """
    wanted = {name.lower(): float(quality) for name, quality in parse_accept_header(accept_encoding, Accept)}
    qualities = {name: wanted.get(name, wanted.get("*", 0.0)) for name in CODINGS}
    best = max(qualities, key=qualities.__getitem__)
    return best if qualities[best] > 0 and qualities[best] >= wanted.get(IDENTITY, 0.0) else ""


def coded(content: bytes | str, coding: str) -> bytes:
    """Return the content in the coding, or in UTF-8 alone for none."""
    plain = content.encode() if isinstance(content, str) else content
    return b"".join(coded_pieces((plain,), coding))


def coded_pieces(pieces: Iterable[bytes], coding: str) -> Iterator[bytes]:
    """Yield content that comes in pieces in the coding, or as it is for none; memory does not grow with it.

    A piece may be empty, when the coding has taken more than it gives so far.
    """
    return CODINGS[coding](pieces) if coding else iter(pieces)
