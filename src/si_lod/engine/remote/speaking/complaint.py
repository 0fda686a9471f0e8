"""What an engine says that does not answer a query: its status, and the beginning of its own words.

They may be anybody's: an engine repeats the query that it complains of.
"""

from __future__ import annotations

import re
from http.client import HTTPException
from typing import TYPE_CHECKING, Final

from si_lod.foreign import MOST, in_one_line

if TYPE_CHECKING:
    from urllib.error import HTTPError

BAD_QUERY: Final = 400
_UNKNOWN: Final = 401
_FAULT: Final = 500
_REDIRECTS: Final = range(300, 400)
_SECONDS: Final = re.compile("[0-9]{1,5}")
"""What an engine may say of when to try again (RFC 9110 §10.2.3); who says a date is not waited for so long."""
_READ: Final = 4096
"""How many bytes of a complaint are read: a page that a proxy sends may have no end."""


class Complaint(Exception):
    """An answer that is no success; reading it takes its time, so it is made where that is bounded."""

    def __init__(self, error: HTTPError) -> None:
        """Read the beginning of what was said, and hang up."""
        self.code = error.code
        after = error.headers.get("Retry-After", "")
        self.retry_after = int(after) if _SECONDS.fullmatch(after) else 0
        self.status = in_one_line(f"{error.code} {error.reason}".strip())
        self._there = in_one_line(error.headers.get("Location", "?"))
        with error:
            self._content = _beginning(error)
        super().__init__(self.status)

    @property
    def said(self) -> str:
        """What the engine said, or the status where it said nothing or a proxy sent a page."""
        is_page = self._content.startswith("<") and self.code != _FAULT
        return self.status if is_page or not self._content else self._content

    @property
    def sentence(self) -> str:
        """Its reason for whoever wrote the query: the first line of an engine's fault.

        That of any other refusal is not for them, nor is a page.
        """
        is_reason = self.code == _FAULT and not self._content.startswith("<")
        return self._content.partition("\n")[0].strip() if is_reason else ""

    def reason(self, user: str) -> str:
        """Return what went wrong, for the operator; ``user`` is who asked, empty for nobody."""
        if self.code in _REDIRECTS:
            return f"{self.status}, a redirect to {self._there}, which is not followed; --engine wants its own address"
        if self.code == _UNKNOWN:
            who = f'for the user "{user}" with this password' if user else "for nobody: --engine-user names no user"
            return f"{self.status} {who}{self._told}; see --engine-user and SI_LOD_ENGINE_PASSWORD"
        return f"{self.status}{self._told}"

    @property
    def _told(self) -> str:
        return "" if self.said == self.status else f": {in_one_line(self.said)}"


def _beginning(error: HTTPError) -> str:
    try:
        content = error.read(_READ)
    except (HTTPException, OSError, ValueError):
        return ""
    return content.decode(errors="replace").replace("\r", "").strip()[:MOST]
