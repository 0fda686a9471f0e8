"""Visiting a site as a portal does: HEAD and GET with a time limit, bounded, and never led off to another host."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from hashlib import sha256
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from time import monotonic
from typing import TYPE_CHECKING, Final
from urllib.parse import urldefrag, urlsplit

from si_lod import __version__
from si_lod.misreadings import reason_of
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Mapping
    from http.client import HTTPResponse

    from si_lod.rehearse.site import Site

_MOST: Final = 1 << 30
"""How many bytes of an answer are read at most; what is longer is no file that a portal takes."""
_KEPT: Final = 50 << 20
"""How many bytes of an answer are kept: the most that CKAN reads of a catalogue."""
_ALL_KEPT: Final = 400 << 20
"""How many bytes of all answers are kept together."""
_CHUNK: Final = 1 << 16
_HOPS: Final = 5
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, after redirects: ``status`` is 0 if nothing did, and ``failure`` then says why.

    ``length`` counts the bytes that came and ``digest`` is their SHA-256; ``content`` is empty where they are too many
    to be kept. Names of headers are in lower case.
    """

    address: str
    status: int = 0
    headers: Mapping[str, str] = field(default_factory=dict)
    length: int = 0
    digest: str = ""
    content: bytes = b""
    failure: str = ""

    @property
    def well(self) -> bool:
        """True if the answer is a success (RFC 9110 §15.3)."""
        return 200 <= self.status < 300  # noqa: PLR2004 - the class of the status

    @property
    def media_type(self) -> str:
        """The media type without its parameters, in lower case."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def outcome(self) -> str:
        """What the answer was, to be told: its status, or why there was none."""
        return self.failure or str(self.status)


class Visitor:
    """Asks a site and remembers its answers, so that every portal judges the same ones."""

    def __init__(self, site: Site, *, seconds: float = 30, longest: float = 600, room: int = _ALL_KEPT) -> None:
        """``seconds`` bound each wait, ``longest`` a whole answer; ``room`` is how many bytes of all are kept."""
        self.site = site
        self._seconds = seconds
        self._longest = longest
        self._answers: dict[tuple[str, str, str, int], Answer] = {}
        self._room = room

    def head(self, iri: str) -> Answer:
        """Return the answer to HEAD (RFC 9110 §9.3.2)."""
        return self._asked("HEAD", iri, "*/*", 1)

    def get(self, iri: str, *, accept: str = "*/*") -> Answer:
        """Return the answer to GET."""
        return self._asked("GET", iri, accept, 1)

    def again(self, iri: str) -> Answer:
        """Return the answer to a second GET."""
        return self._asked("GET", iri, "*/*", 2)

    def changed_since(self, iri: str, tag: str) -> Answer:
        """Return the answer to GET with that entity tag in If-None-Match (RFC 9110 §13.1.2)."""
        return self._follow("GET", iri, {"Accept": "*/*", "If-None-Match": tag})

    def _asked(self, method: str, iri: str, accept: str, turn: int) -> Answer:
        key = (method, urldefrag(iri).url, accept, turn)
        if key not in self._answers:
            answer = self._follow(method, key[1], {"Accept": accept})
            kept = answer if len(answer.content) <= self._room else replace(answer, content=b"")
            self._room -= len(kept.content)
            self._answers[key] = kept
        return self._answers[key]

    def _follow(self, method: str, iri: str, headers: Mapping[str, str]) -> Answer:
        address = self.site.address(iri)
        for _ in range(_HOPS + 1):
            if address is None:
                return Answer(iri, failure=told("is led to another host, which is not visited"))
            answer = self._once(method, address, headers)
            if answer.status not in _REDIRECTS:
                return answer
            address = self.site.joined(address, answer.headers.get("location", ""))
        return Answer(iri, failure=told("is redirected more than {number} times", number=_HOPS))

    def _once(self, method: str, address: str, headers: Mapping[str, str]) -> Answer:
        parts = urlsplit(address)
        kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection = kind(parts.hostname or "", parts.port, timeout=self._seconds)
        try:
            connection.request(method, target, headers={"User-Agent": f"si-lod/{__version__} rehearsal", **headers})
            return _read(address, connection.getresponse(), monotonic() + self._longest)
        except (OSError, HTTPException, ValueError) as error:
            reason = reason_of(error) if isinstance(error, OSError) else str(error)
            return Answer(address, failure=told("gives no answer: {error}", error=reason or type(error).__name__))
        finally:
            connection.close()


def _read(address: str, response: HTTPResponse, end: float) -> Answer:
    headers: dict[str, str] = {}
    for name, value in response.getheaders():
        # A field may come in several lines, which mean what one would with commas (RFC 9110 §5.3).
        headers[name.lower()] = f"{headers[name.lower()]}, {value}" if name.lower() in headers else value
    digest, length, kept = sha256(), 0, bytearray()
    expected = response.length
    # One read of the socket at a time, so that the clock is looked at however slowly the bytes come.
    while (expected is None or length < expected) and (chunk := response.read1(_CHUNK)):
        digest.update(chunk)
        length += len(chunk)
        if length <= _KEPT:
            kept += chunk
        if monotonic() > end:
            return Answer(address, failure=told("is not whole in time, after {length:,} bytes", length=length))
        if length > _MOST:
            return Answer(address, failure=told("is longer than {most:,} bytes", most=_MOST))
    if expected is not None and length < expected:
        # The library ends the body silently where the connection ends it too early.
        return Answer(address, failure=told("breaks off after {length:,} bytes", length=length))
    content = bytes(kept) if length <= _KEPT else b""
    return Answer(address, response.status, headers, length, digest.hexdigest(), content)
