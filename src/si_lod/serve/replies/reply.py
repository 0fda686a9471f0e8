"""A response with what a cache and a machine need to know: validators, Vary, links; its content only when needed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from time import time
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from flask import Response, request

from si_lod.engine.spool import Spooled
from si_lod.serve.replies.conditions import has, insist
from si_lod.serve.replies.links import LONGEST, Link, header, translations
from si_lod.serve.replies.variants import HTML
from si_lod.serve.transport.coding import choose_coding, coded, coded_pieces, is_coded
from si_lod.serve.transport.note import note_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from si_lod.serve.visit import Visit

_AT_ONCE: Final = 1024 * 1024
"""The most bytes from a file that are put into their coding before the answer begins."""


class Sameness(StrEnum):
    """What is the same whenever one release is asked the same, which decides the validator (RFC 9110 §8.8.1)."""

    BYTES = "bytes"
    MEANING = "meaning"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Reply:
    """What is known of a representation before it is made.

    ``tag`` tells it from the other representations at its address and from those of other queries; ``vary`` names
    the request headers that chose it (RFC 9110 §12.5.5), besides the coding; ``location`` is its own address, if it
    has one. ``lasting`` says that it is the same for as long as the same release is served; ``settled``, that
    where the address names a release it is so whichever release is served; ``digest``, if there is
    one, that it is the same in every release that gives the same digest; ``since``, in seconds, since when it is what
    is at its address, if that is known. ``late`` are links that are known when the content is; who has it already is
    not told them.
    """

    media_type: str
    tag: str
    vary: tuple[str, ...] = ()
    location: str = ""
    language: str = ""
    links: tuple[Link, ...] = ()
    sameness: Sameness = Sameness.BYTES
    lasting: bool = True
    settled: bool = True
    digest: str = ""
    since: float | None = None
    late: Callable[[], Iterable[Link]] = tuple

    def respond(self, visit: Visit, make: Callable[[], bytes | str | Spooled]) -> Response:
        """Return the response: 304 without making the content if the client has it (RFC 9110 §13.2.2), else 200."""
        coding = choose_coding(request.headers.get("Accept-Encoding", "")) if is_coded(self.media_type) else ""
        # A path may be in it, and a tag takes few characters (RFC 9110 §8.8.3).
        etag = f"{self.digest or visit.serving.key}-{quote(self.tag)}"
        if coding and self.sameness is Sameness.BYTES:
            etag = f"{etag}-{coding}"
        is_kept = request.method in {"GET", "HEAD"} and self.sameness is not Sameness.NOTHING
        modified = self._last_modified(visit)
        note = note_of(request.environ)
        note.release, note.languages = visit.manifest.version, visit.manifest.site.languages
        note.lasting = self.lasting and self.sameness is Sameness.BYTES
        if is_kept:
            insist(etag if self.sameness is Sameness.BYTES else "", modified)
        if is_kept and has(etag):
            response = Response(status=304)
            del response.headers["Content-Type"]
        else:
            note.made = True
            response = self._made(make(), coding)
        response.headers["Cache-Control"] = caching(visit, settled=self.settled) if is_kept else "no-store"
        late = tuple(self.late()) if note.made else ()
        note.links = header(self.links) if late else None
        self._describe(response, late)
        if self.sameness is not Sameness.NOTHING:
            response.set_etag(etag, weak=self.sameness is Sameness.MEANING)
        if is_kept:
            if modified:
                response.last_modified = modified
            # A date or a "*" is looked at only now: it tells nothing of a request in error (RFC 9110 §13.2.1).
            response.make_conditional(request.environ)
        return response

    def _made(self, content: bytes | str | Spooled, coding: str) -> Response:
        """Return the response with that content in that coding; what is large and in a file goes out in pieces.

        How long those are in a coding is known only when they are sent.
        """
        parameters = "; charset=utf-8" if self.media_type.startswith("text/") else ""
        response = Response(content_type=self.media_type + parameters)
        if isinstance(content, Spooled) and len(content) > _AT_ONCE:
            response.response = coded_pieces(content, coding)
            response.direct_passthrough = True  # else it would be read to its end, to know its length
            response.headers.update({} if coding else {"Content-Length": str(len(content))})
        else:
            response.data = coded(b"".join(content) if isinstance(content, Spooled) else content, coding)
        response.headers.update({"Content-Encoding": coding} if coding else {})
        return response

    def _last_modified(self, visit: Visit) -> datetime | None:
        """Return when what is at the address last changed, if that is known.

        It did with this software or the release that is served; with the software only, if the address names a
        release and tells nothing of others. When what else it tells changed, nobody knows but who says ``since``.
        """
        known = visit.switched if self.lasting and self.since is None else self.since
        if visit.named:
            known = 0.0 if self.settled else None
        if known is None:
            return None
        moment = max(known, Path(__file__).stat().st_mtime)
        return datetime.fromtimestamp(min(moment, time()), UTC).replace(microsecond=0)

    def _describe(self, response: Response, late: Iterable[Link]) -> None:
        known = {
            "Vary": ", ".join([*self.vary, *(["Accept-Encoding"] if is_coded(self.media_type) else [])]),
            "Content-Location": self.location if len(self.location) <= LONGEST else "",
            "Content-Language": self.language,
            "Link": header((*self.links, *late)),
        }
        response.headers.update({name: value for name, value in known.items() if value})


def caching(visit: Visit, *, settled: bool = True) -> str:
    """Return how long a cache may keep an answer: a year, if the address names its release (RFC 8246)."""
    return "public, max-age=31536000, immutable" if visit.named and settled else "public, no-cache"


def page_reply(visit: Visit, tag: str, *, negotiated: bool = True) -> Reply:
    """Return the reply of a page that has no address of its own for each language."""
    varies = (("Accept", negotiated), ("Accept-Language", not visit.chosen))
    return Reply(
        media_type=HTML.offer.media_type,
        tag=f"{tag}html-{visit.language}",
        vary=tuple(name for name, does in varies if does),
        language=visit.language,
        links=tuple(translations(visit)),
    )
