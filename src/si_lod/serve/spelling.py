"""The one spelling of a path: decoded once, and any other way of writing it leads to it or nowhere.

Where the WSGI server tells the request target as it was sent, an encoded slash, which the decoded path no longer
shows, is refused, and an encoding without need is redirected (RFC 3986 §6.2.2).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import quote, unquote_to_bytes, urlsplit

from flask import redirect, request

from si_lod.errors import InvalidRequest
from si_lod.sentences import told

if TYPE_CHECKING:
    from flask import Flask
    from werkzeug.wrappers import Response

_SAFE: Final = "/:@!$&'()*+,;=-._~"
_TARGETS: Final = ("RAW_URI", "REQUEST_URI")
"""Where WSGI servers put the request target; PEP 3333 has no name for it."""


def init_app(app: Flask) -> None:
    """Make ``app`` look at the spelling of each path first."""
    app.before_request(_respell)


def _respell() -> Response | None:
    """Return a redirect to the right spelling, or None; raises InvalidRequest for a path that has none."""
    if any(ord(character) < ord(" ") or character == "\N{REPLACEMENT CHARACTER}" for character in request.path):
        raise InvalidRequest(told("the path: expected UTF-8 without control characters"))
    target = next((request.environ[name] for name in _TARGETS if request.environ.get(name)), "")
    sent = urlsplit(target).path if "://" in target else target.partition("?")[0]
    if not sent.startswith("/"):
        return None
    if "%2f" in sent.lower():
        raise InvalidRequest(told("the path: an encoded slash (%2F) is part of no address here"))
    right = quote(unquote_to_bytes(sent), safe=_SAFE)
    if right == sent or right.startswith("//"):
        return None
    query = request.query_string.decode("ascii", "ignore")
    return redirect(f"{right}?{query}" if query else right, 308)
