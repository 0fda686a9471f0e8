"""A file sent as it is, whole or a range of it (RFC 9110 §14), in pieces, so that memory does not grow with it."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from http import HTTPStatus
from time import time
from typing import TYPE_CHECKING, Final, cast

from flask import Response, request
from werkzeug.exceptions import RequestedRangeNotSatisfiable
from werkzeug.http import is_resource_modified
from werkzeug.utils import send_file

from si_lod.errors import NoSuchRange
from si_lod.sentences import told
from si_lod.serve.replies.conditions import insist

if TYPE_CHECKING:
    from pathlib import Path

    from _typeshed.wsgi import WSGIEnvironment

_ONE_RANGE: Final = re.compile(r"\s*bytes\s*=\s*(\d+\s*-\s*\d*|-\s*\d+)\s*", re.IGNORECASE | re.ASCII)


def sent(path: Path, media_type: str, tag: str, since: float | None) -> Response:
    """Return the file with a strong validator, or the one range of it that was asked for.

    It is at its address ``since`` that moment, in seconds; None if that is not known, and then no date is told. Raises
    NoSuchRange, or Changed if the request names another state of it. Several ranges at once and what is no range of
    bytes are answered with the whole (RFC 9110 §14.2).
    """
    modified = None if since is None else datetime.fromtimestamp(min(since, time()), UTC).replace(microsecond=0)
    insist(tag, modified)
    environ = _understood(request.environ, tag, modified)
    try:
        found = send_file(path, environ, mimetype=media_type, etag=tag, last_modified=modified, response_class=Response)
    except RequestedRangeNotSatisfiable:
        size = path.stat().st_size
        message = told("range: expected bytes of the {size} that there are", size=size)
        raise NoSuchRange(message, size=size) from None
    response = cast("Response", found)
    if modified is None:
        # Else it would be the time of the file.
        response.headers.pop("Last-Modified", None)
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["Content-Type"] = media_type
    if response.status_code == HTTPStatus.NOT_MODIFIED:
        for name in ("Content-Type", "Content-Length"):
            response.headers.pop(name, None)
    if response.status_code == HTTPStatus.NOT_MODIFIED or request.method == "HEAD":
        # Nobody reads the file then, nor closes it.
        response.close()
    return response


def _understood(environ: WSGIEnvironment, tag: str, modified: datetime | None) -> WSGIEnvironment:
    """Return the request without the conditions and the range that are not to be looked at.

    A range is looked at in a GET only, and after the conditions of the request have let it through (RFC 9110 §13.2.2).
    What has no date fits none.
    """
    has_date = not environ.get("HTTP_IF_RANGE", '"').strip().endswith('"')
    is_due = environ["REQUEST_METHOD"] == "GET" and _ONE_RANGE.fullmatch(environ.get("HTTP_RANGE", ""))
    is_due = is_due and not (modified is None and has_date)
    left = set() if modified else {"HTTP_IF_MODIFIED_SINCE"}
    if not (is_due and is_resource_modified(environ, f'"{tag}"', last_modified=modified)):
        left |= {"HTTP_RANGE", "HTTP_IF_RANGE"}
    return {name: value for name, value in environ.items() if name not in left}
