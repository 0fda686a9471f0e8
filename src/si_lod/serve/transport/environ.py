"""A request as WSGI has it (PEP 3333), from what ASGI tells of it."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote_to_bytes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from _typeshed.wsgi import WSGIEnvironment

    Scope = Mapping[str, Any]

TARGET: Final = "RAW_URI"
"""Where the environment has the request target as it was sent; PEP 3333 has no name for it."""
_SPECIAL: Final = {"HTTP_CONTENT_TYPE": "CONTENT_TYPE", "HTTP_CONTENT_LENGTH": "CONTENT_LENGTH"}


def environ_of(scope: Scope, content: bytes) -> WSGIEnvironment:
    """Return the environment of the request with that content, of which the length is known.

    A path that was sent as raw UTF-8 is the IRI of the one that is percent-encoded (RFC 3987 §3.1).
    Several headers of one name are joined (RFC 9110 §5.3). A header with an underscore in its name is left out: it
    would pass for the one with a hyphen, which a proxy may have taken care of. The content is no longer in chunks.
    """
    path, query = raw_path(scope), scope["query_string"].decode("latin-1")
    host, port = scope.get("server") or ("localhost", 80)
    environ: WSGIEnvironment = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        # Of bytes, since a text would be taken for characters, and those be put into UTF-8 once more.
        "PATH_INFO": unquote_to_bytes(path.encode("latin-1")).decode("latin-1"),
        "QUERY_STRING": query,
        TARGET: f"{path}?{query}" if query else path,
        "SERVER_NAME": host,
        "SERVER_PORT": str(port),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": (scope.get("client") or ("",))[0],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": io.BytesIO(content),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for name, value in scope["headers"]:
        if b"_" not in name and name != b"transfer-encoding":
            _put(environ, f"HTTP_{name.decode('latin-1').upper().replace('-', '_')}", value.decode("latin-1"))
    return environ | {"CONTENT_LENGTH": str(len(content))}


def _put(environ: WSGIEnvironment, name: str, value: str) -> None:
    key = _SPECIAL.get(name, name)
    environ[key] = f"{environ[key]}, {value}" if key in environ else value


def raw_path(scope: Scope) -> str:
    """Return the path as it was sent, a character for each byte; ``OPTIONS *`` names no resource: it is the root."""
    path: str = scope["raw_path"].decode("latin-1")
    return path if path.startswith("/") else "/"
