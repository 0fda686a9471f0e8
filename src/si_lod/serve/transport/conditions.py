"""Whether a client has the representation already (RFC 9110 §13.1.2 and §13.1.3)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from werkzeug.http import parse_etags, unquote_etag

from si_lod.serve.transport.dates import date_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Validators:
    """What tells one state of a representation from another: ``sent`` is the tag as the header has it."""

    sent: bytes
    tag: str
    modified: datetime | None

    @classmethod
    def of(cls, headers: Mapping[bytes, bytes]) -> Self:
        """Return the validators among the headers of an answer."""
        sent = headers[b"etag"]
        modified = date_of(headers.get(b"last-modified", b"").decode("latin-1"))
        return cls(sent, unquote_etag(sent.decode("latin-1"))[0] or "", modified)


def is_held(validators: Validators, headers: Mapping[bytes, bytes]) -> bool:
    """Return whether the request's headers say that the client has it; a tag is believed before a date."""
    tags = headers.get(b"if-none-match")
    if tags is not None:
        # Most clients send the one tag that they got, for which nothing need be parsed.
        return tags == validators.sent or _names(tags.decode("latin-1"), validators.tag)
    since = headers.get(b"if-modified-since")
    if since is None or validators.modified is None:
        return False
    date = date_of(since.decode("latin-1"))
    return date is not None and validators.modified <= date


def _names(tags: str, tag: str) -> bool:
    """Return whether the list has the tag by the weak comparison, or stands for every tag."""
    held = parse_etags(tags)
    return held.star_tag or held.contains_weak(tag)
