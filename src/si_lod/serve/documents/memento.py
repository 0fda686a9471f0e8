"""Documents through time (RFC 7089): each is its own TimeGate, and a release holds it as it was, a memento.

A release's day of issue is the time of its mementos, at its beginning in UTC.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from flask import request
from werkzeug.http import http_date

from si_lod.errors import InvalidRequest
from si_lod.iris import Space
from si_lod.sentences import told
from si_lod.serve.documents.mementos import Mementos, issued
from si_lod.serve.replies.leading import lead
from si_lod.serve.replies.links import Link
from si_lod.serve.transport.dates import date_of
from si_lod.serve.travel import address_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from werkzeug.wrappers import Response

    from si_lod.release import Manifest
    from si_lod.serve.current import Current
    from si_lod.serve.visit import Visit

LINK_FORMAT: Final = "application/link-format"
_ACCEPT: Final = "Accept-Datetime"


def negotiated(current: Current, visit: Visit, reference: str) -> Response | None:
    """Return the way to the document as it was at the time that the request asks for (RFC 7089 §4.1.2).

    That is the last release by then that describes the thing, or the first that does. None if the request names no
    time or a release already, or no release describes the thing. Raises InvalidRequest for what is no time.
    """
    header = request.headers.get(_ACCEPT)
    if header is None or visit.named:
        return None
    wanted = date_of(header)
    if wanted is None:
        raise InvalidRequest(
            told(
                '{header}: expected a time such as "{example}", found "{found}"',
                header=_ACCEPT,
                example=http_date(0),
                found=header[:60],
            )
        )
    known = Mementos.of(current, reference)
    first, last = known.first(), known.last()
    if first is None or last is None:
        return None
    manifest = known.last(wanted) or first
    found = lead(_address(visit, manifest, reference), 302)
    found.headers["Vary"] = _ACCEPT
    mementos = {each.version: each for each in (first, manifest, last)}.values()
    links = [memento_link(_address(visit, each, reference), each, first, last) for each in mementos]
    found.headers["Link"] = ", ".join([*map(str, _ways(visit, reference)), *links])
    return found


def marked(response: Response, visit: Visit, reference: str) -> Response:
    """Return the document's response with what a client of Memento needs: the ways through time (RFC 7089 §4.1, §4.2).

    A memento tells its time; the document as it is now says that it would differ for another time.
    """
    if visit.named:
        response.headers["Memento-Datetime"] = http_date(issued(visit.manifest))
    else:
        response.headers["Vary"] = ", ".join(filter(None, [response.headers.get("Vary"), _ACCEPT]))
    ways = map(str, _ways(visit, reference))
    response.headers["Link"] = ", ".join(filter(None, [response.headers.get("Link"), *ways]))
    return response


def memento_link(address: str, manifest: Manifest, first: Manifest, last: Manifest) -> str:
    """Return the link to a memento with its time, and whether it is the first or last (RFC 7089 §2.2.4)."""
    relation = " ".join([*(name for name, m in (("first", first), ("last", last)) if m == manifest), "memento"])
    return f'{Link(address, relation)}; datetime="{http_date(issued(manifest))}"'


def _ways(visit: Visit, reference: str) -> Iterator[Link]:
    path = f"{Space.DOCUMENT}/{quote(reference)}"
    yield Link(f"{visit.home}/{path}", "original timegate")
    yield Link(f"{visit.home}/timemap/{path}", "timemap", LINK_FORMAT)


def _address(visit: Visit, manifest: Manifest, reference: str) -> str:
    return f"{visit.home}{address_of(manifest.version)}/{Space.DOCUMENT}/{quote(reference)}"
