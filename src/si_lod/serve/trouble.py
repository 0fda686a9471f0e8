"""What an error answer says, before it is known how: as problem details (RFC 9457), as text or as a page."""

from __future__ import annotations

import json
from dataclasses import dataclass
from http import HTTPStatus


@dataclass(frozen=True, slots=True)
class Trouble:
    """What an error answer says; ``links`` are (words, address), ``extra`` are further members of the details.

    ``reason`` is what the data say of it, and in which language.
    """

    status: int
    detail: str
    links: tuple[tuple[str, str], ...] = ()
    extra: tuple[tuple[str, object], ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    reason: tuple[str, str] = ("", "")

    @property
    def title(self) -> str:
        """The phrase of the status."""
        return HTTPStatus(self.status).phrase

    def details(self) -> str:
        """Return the problem details of RFC 9457 §3; the status and its phrase say what the type is."""
        members = {"type": "about:blank", "title": self.title, "status": self.status, "detail": self.detail}
        alternates = [{"type": words, "href": address} for words, address in self.links if not self.reason[0]]
        return json.dumps(members | dict(self.extra) | ({"alternates": alternates} if alternates else {}))

    def text(self) -> str:
        """Return the same for a terminal."""
        told = filter(None, (f"{self.status} {self.title}", self.detail, self.reason[0]))
        rows = [*told, *(f"{words}  {address}" for words, address in self.links)]
        return "\n".join(rows) + "\n"
