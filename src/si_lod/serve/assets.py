"""The files that pages bring along: style, pictures, scripts. They change with this software only."""

from __future__ import annotations

import hashlib
from mimetypes import guess_type
from pathlib import Path
from typing import TYPE_CHECKING, Final

from flask import Blueprint, Response, redirect, request
from werkzeug.exceptions import NotFound
from werkzeug.security import safe_join

from si_lod.folders import is_file
from si_lod.serve.replies.conditions import has, insist
from si_lod.serve.transport.coding import choose_coding, coded, is_coded
from si_lod.serve.transport.note import note_of

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as AnyResponse

FOLDER: Final = Path(__file__).parent / "static"
_TEXT: Final = ("text/", "image/svg")


def assets() -> Blueprint:
    """Return the route of the files."""
    routes = Blueprint("assets", __name__)
    routes.add_url_rule("/static/<path:name>", "asset", _asset)
    routes.add_url_rule("/favicon.ico", "favicon", _favicon)
    return routes


def _favicon() -> AnyResponse:
    """Return the way to the picture of the site, for what asks for it where no page says so."""
    return redirect(f"{request.script_root}/static/icon.svg", 302)


def _asset(name: str) -> Response:
    """Return a file, in a coding that the client accepts; raises NotFound if there is none of this name."""
    place = safe_join(str(FOLDER), name)
    if place is None or name.endswith("/") or not is_file(Path(place)):
        raise NotFound
    content = Path(place).read_bytes()
    media_type = guess_type(name)[0] or "application/octet-stream"
    coding = choose_coding(request.headers.get("Accept-Encoding", "")) if is_coded(media_type) else ""
    tag = "-".join(filter(None, (hashlib.sha256(content).hexdigest()[:20], coding)))
    insist(tag)
    note_of(request.environ).lasting = True
    charset = "; charset=utf-8" if media_type.startswith(_TEXT) else ""
    # Who has it is not sent it, so it need not be put into the coding.
    response = Response(b"" if has(tag) else coded(content, coding), content_type=f"{media_type}{charset}")
    response.headers.update({"Content-Encoding": coding} if coding else {})
    response.headers.update({"Vary": "Accept-Encoding"} if is_coded(media_type) else {})
    response.headers["Cache-Control"] = "public, no-cache"
    response.set_etag(tag)
    response.make_conditional(request.environ)
    return response
