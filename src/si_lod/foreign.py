"""What others say, as it may stand among words of ours: it steers no terminal and begins no line of its own."""

from __future__ import annotations

import re
from typing import Final

STEERING: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
"""What would steer a terminal, turn a line around or end it, but for the tab and the end of a line themselves."""
_ENDS: Final = re.compile(r"[\t\n]")
MOST: Final = 300
"""How many characters of what somebody else says are told, unless there is a reason to tell more."""


def tamed(text: str) -> str:
    """Return the text with an escape for whatever would act on a terminal; its lines stay."""
    return STEERING.sub(_escape, text)


def in_one_line(text: str, most: int = MOST) -> str:
    """Return the beginning of the text as part of one line, its own ends of lines as escapes."""
    cut = text if len(text) <= most else f"{text[:most]} …"
    return _ENDS.sub(_escape, tamed(cut))


def _escape(found: re.Match[str]) -> str:
    return found[0].encode("unicode_escape").decode()
