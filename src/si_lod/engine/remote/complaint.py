"""What an engine says that does not answer a query: its status, and the beginning of its own words."""

from __future__ import annotations

from http.client import HTTPException
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from urllib.error import HTTPError

BAD_QUERY: Final = 400
_UNKNOWN: Final = 401
_FAULT: Final = 500
_REDIRECTS: Final = range(300, 400)
_READ: Final = 4096
"""How many bytes of a complaint are read: a page that a proxy sends may have no end."""
_SHOWN: Final = 300


class Complaint(Exception):
    """An answer that is no success; reading it takes its time, so it is made where that is bounded."""

    def __init__(self, error: HTTPError) -> None:
        """Read the beginning of what was said, and hang up."""
        self.code = error.code
        self.after = error.headers.get("Retry-After", "")
        self.status = f"{error.code} {error.reason}".strip()
        self._there = error.headers.get("Location", "?")[:_SHOWN]
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
            said = "" if self.said == self.status else f": {self.said}"
            return f"{self.status} {who}{said}; see --engine-user and SI_LOD_ENGINE_PASSWORD"
        return self.said if self.said == self.status else f"{self.status}: {self.said}"


def _beginning(error: HTTPError) -> str:
    try:
        content = error.read(_READ)
    except (HTTPException, OSError, ValueError):
        return ""
    return content.decode(errors="replace").replace("\r", "").strip()[:_SHOWN]
