"""The one spelling of a path: decoded once, and any other way of writing it leads to it or nowhere.

Where the server tells the request target as it was sent, an encoded slash, which the decoded path no longer shows,
is refused, and an encoding without need or a detour is redirected (RFC 3986 §6.2.2).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, unquote_to_bytes, urlsplit

from flask import current_app, request
from werkzeug.exceptions import HTTPException, NotFound

from si_lod.errors import ClientError, InvalidRequest
from si_lod.sentences import told
from si_lod.serve.replies.leading import lead
from si_lod.serve.transport.asking import FAULT
from si_lod.serve.transport.environ import TARGET
from si_lod.serve.travel import address_of, named_version

if TYPE_CHECKING:
    from flask import Flask
    from werkzeug.wrappers import Response

_SAFE: Final = "/:@!$&'()*+,;=-._~"
_LOOKED_FOR: Final = frozenset({"resources.thing", "resources.document", "definitions.document"})
_BROKEN: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")


def init_app(app: Flask) -> None:
    """Make ``app`` look at the measures and the spelling of each request first."""
    app.before_request(_respell)


def _respell() -> Response | None:
    """Return a redirect to the right spelling, or None; raises InvalidRequest or NotFound for a path that has none.

    Raises also what the transport found wrong before.
    """
    if isinstance(fault := request.environ.get(FAULT), ClientError):
        raise fault
    if any(ord(character) < ord(" ") or character in "\x7f\N{REPLACEMENT CHARACTER}" for character in request.path):
        raise InvalidRequest(told("the path: expected UTF-8 without control characters"))
    sent = _sent()
    if not sent.startswith("/"):
        return None
    home = request.root_path.rstrip("/").removesuffix(address_of(named_version(request.environ)))
    right = _straight(quote(unquote_to_bytes(sent.encode("latin-1")), safe=_SAFE))
    # What was sent has the prefix still, if that was not spelled as it should be.
    if f"{right}/".startswith(f"{home}/"):
        right = right.removeprefix(home) or "/"
    if right == sent:
        return _without_slash()
    return lead(f"{home}{right}", 308)


def _without_slash() -> Response | None:
    """Return a redirect to the address without the slash at the end, if a route is there; no route ends in one.

    Those of things and definitions look first whether there is what they would lead to.
    """
    path = request.path.removesuffix("/")
    if path in {request.path, ""}:
        return None
    try:
        found, _ = current_app.create_url_adapter(request).match(path)  # type: ignore[union-attr]
    except HTTPException:
        return None
    root = request.root_path.rstrip("/")
    return None if found in _LOOKED_FOR else lead(f"{root}{quote(path, safe=_SAFE)}", 308)


def _sent() -> str:
    """Return the path as it was sent; raises InvalidRequest or NotFound for one that is no spelling of anything."""
    target = request.environ.get(TARGET) or ""
    sent = urlsplit(target).path if "://" in target else target.partition("?")[0]
    if "%2f" in sent.lower():
        raise InvalidRequest(told("the path: an encoded slash (%2F) is part of no address here"))
    if broken := _BROKEN.search(sent):
        found = sent[broken.start() :][:3]
        raise InvalidRequest(told("the path: expected two hexadecimal digits after %, found {found}", found=found))
    if "//" in sent:
        # In a redirect they could name a host, and Werkzeug takes two at the beginning for one.
        raise NotFound
    return sent


def _straight(path: str) -> str:
    """Return the path without its dot segments (RFC 3986 §5.2.4)."""
    root, *segments = path.split("/")
    kept: list[str] = []
    for segment in segments:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in {".", ".."}:
        kept.append("")
    return "/".join([root, *kept])
