"""What an error answer says, before it is known how: as problem details (RFC 9457), as text or as a page."""

from __future__ import annotations

import json
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from si_lod.foreign import STEERING
from si_lod.sentences import say, told

_PHRASES: Final = {
    400: told("Bad Request"),
    403: told("Forbidden"),
    404: told("Not Found"),
    405: told("Method Not Allowed"),
    406: told("Not Acceptable"),
    408: told("Request Timeout"),
    410: told("Gone"),
    412: told("Precondition Failed"),
    413: told("Content Too Large"),
    414: told("URI Too Long"),
    415: told("Unsupported Media Type"),
    416: told("Range Not Satisfiable"),
    429: told("Too Many Requests"),
    431: told("Request Header Fields Too Large"),
    500: told("Internal Server Error"),
    501: told("Not Implemented"),
    502: told("Bad Gateway"),
    503: told("Service Unavailable"),
    504: told("Gateway Timeout"),
    507: told("Insufficient Storage"),
}
"""The phrases of the statuses (RFC 9110 §15), for which Python has English words only."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """What an error answer says; ``links`` are (words, address), ``extra`` are further members of the details.

    ``detail`` is a sentence, and is said in ``language``. ``reason`` is what the data say of it, and in which language.
    ``drawn`` are lines for whoever reads text, such as the place shown: programs have it in the details, browsers in
    the page.
    """

    status: int
    detail: str
    links: tuple[tuple[str, str], ...] = ()
    extra: tuple[tuple[str, object], ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    reason: tuple[str, str] = ("", "")
    language: str = "en"
    drawn: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """The phrase of the status."""
        return say(_PHRASES.get(self.status, HTTPStatus(self.status).phrase), self.language)

    @property
    def said(self) -> str:
        """The detail in the reader's language."""
        return say(self.detail, self.language)

    def details(self) -> str:
        """Return the problem details of RFC 9457 §3; the status and its phrase say what the type is."""
        members = {"type": "about:blank", "title": self.title, "status": self.status, "detail": self.said}
        alternates = [{"type": words, "href": address} for words, address in self.links if not self.reason[0]]
        found = members | dict(self.extra) | ({"alternates": alternates} if alternates else {})
        return json.dumps(found, ensure_ascii=False)

    def text(self) -> str:
        """Return the same for a terminal."""
        told = filter(None, (f"{self.status} {self.title}", self.said, self.reason[0]))
        drawn = (say(line, self.language) for line in self.drawn)
        rows = [*told, *drawn, *(f"{words}  {address}" for words, address in self.links)]
        return STEERING.sub("\N{REPLACEMENT CHARACTER}", "\n".join(rows)) + "\n"
