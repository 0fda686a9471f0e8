"""Booleans of an engine that has none of its own, and writes them in SPARQL JSON as 1 and 0 (Virtuoso 7).

Both are the same value with the same datatype (XML Schema Datatypes §3.3.2). But CSV would not show the datatype, and a
page would differ from one over the release's own store, so they are written as the release writes them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from si_lod.engine.remote.speaking.arrival import IN_MEMORY, gathered

if TYPE_CHECKING:
    from si_lod.engine.remote.speaking.arrival import Arriving

_DIGIT: Final = re.compile(
    rb'("type":\s?"typed-literal",\s?"datatype":\s?"http://www\.w3\.org/2001/XMLSchema#boolean",\s?"value":\s?)"([01])"'
)
"""Quotes in a string of JSON are escaped, so this is never a part of one. ``typed-literal`` is the name of the first
draft of the format, which only engines of that time write."""
_LONGEST: Final = 160
"""More bytes than the pattern can fit."""
_WORDS: Final = {b"0": b'"false"', b"1": b'"true"'}


class Worded:
    """SPARQL JSON as it arrives, with booleans in words; raises what the arrival raises."""

    def __init__(self, arrival: Arriving) -> None:
        self._arrival = arrival
        self._held = b""
        self._is_over = False

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes, at most ``size`` of them and some at least; none at the end of the whole."""
        while len(self._held) <= _LONGEST and not self._is_over:
            piece = self._arrival.read()
            self._is_over = not piece
            self._held = _DIGIT.sub(_in_words, self._held + piece)
        # What a later piece may complete is held back.
        ready = len(self._held) if self._is_over else len(self._held) - _LONGEST
        count = ready if size < 0 else min(size, ready)
        given, self._held = self._held[:count], self._held[count:]
        return given

    def whole(self, most: int = IN_MEMORY) -> bytes:
        """Return all that is still to come; raises EngineFailed if that is more than ``most`` bytes."""
        return gathered(self, most)


def _in_words(found: re.Match[bytes]) -> bytes:
    return found[1] + _WORDS[found[2]]
