"""The conditions of a request (RFC 9110 §13): what it insists on, and what it has already.

A date that is none is as if it were not there (§13.1.3, §13.1.4).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import request
from werkzeug.http import parse_etags

from si_lod.errors import Changed
from si_lod.sentences import told
from si_lod.serve.transport.dates import date_of

if TYPE_CHECKING:
    from datetime import datetime

    from flask import Flask

_DATED: Final = ("HTTP_IF_MODIFIED_SINCE", "HTTP_IF_UNMODIFIED_SINCE")
_RANGE: Final = ("HTTP_RANGE", "HTTP_IF_RANGE")


def init_app(app: Flask) -> None:
    """Make ``app`` look at no condition whose date is none."""
    app.before_request(_ignore)


def has(etag: str) -> bool:
    """Return whether the client names this very tag as one that it has."""
    held = request.if_none_match
    return not held.star_tag and held.contains_weak(etag)


def insist(etag: str, modified: datetime | None = None) -> None:
    """Raise Changed if the client wants nothing but another state than this one (RFC 9110 §13.2.2).

    With that, all is said of ``If-Match``; Werkzeug would take its ``*`` for a tag that nothing has.
    """
    tags, since = request.environ.pop("HTTP_IF_MATCH", None), request.if_unmodified_since
    if tags is not None:
        is_other = not parse_etags(tags).contains(etag)
    else:
        is_other = since is not None and modified is not None and modified > since
    if is_other:
        raise Changed(told("what is here is another state than the one that the request insists on"))


def _ignore() -> None:
    """Take the dates that cannot be understood out of the request; Werkzeug fails at a year of many digits."""
    environ = request.environ
    for name in _DATED:
        if name in environ and date_of(environ[name]) is None:
            del environ[name]
    condition = environ.get("HTTP_IF_RANGE", "").strip()
    if condition and not condition.endswith('"') and date_of(condition) is None:
        # It matches nothing, so the whole is sent (RFC 9110 §13.1.5).
        for name in _RANGE:
            environ.pop(name, None)
