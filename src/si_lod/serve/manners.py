"""Headers of every answer, errors included: who may read it (Fetch §3.2), and what a browser may do with it."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from flask import request

from si_lod.serve.transport.note import note_of

if TYPE_CHECKING:
    from flask import Flask, Response

_EXPOSED: Final = (
    "Accept-Ranges, Allow, Content-Location, Content-Range, ETag, Last-Modified, Link, Location, Memento-Datetime, "
    "RateLimit, RateLimit-Policy, Repr-Digest, Retry-After, Vary, X-Request-ID"
)
_POLICY: Final = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors {}"
)
_EVERYWHERE: Final = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": _EXPOSED,
    "Content-Security-Policy": _POLICY.format("'none'"),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
_PREFLIGHT: Final = {
    "Access-Control-Allow-Headers": (
        "Accept, Accept-Datetime, Accept-Language, Content-Type, If-Modified-Since, If-None-Match, If-Range, Range"
    ),
    "Access-Control-Max-Age": "86400",
}


def init_app(app: Flask) -> None:
    """Give every answer of ``app`` its manners."""
    app.after_request(_polish)


def policy(*, framed_by: str) -> str:
    """Return the Content-Security-Policy of a page that the sources ``framed_by`` may frame (CSP 3 §6.4.2)."""
    return _POLICY.format(framed_by)


def _polish(response: Response) -> Response:
    note_of(request.environ).route = request.endpoint or ""
    for name, value in _EVERYWHERE.items():
        response.headers.setdefault(name, value)
    # A permanent redirect would be kept for good, and outlive a rollback.
    response.headers.setdefault("Cache-Control", "no-cache")
    if "Location" in response.headers:
        # Where it leads is said in no language; a text would be one more thing to negotiate, and few would see it.
        response.data = b""
        response.headers.pop("Content-Type", None)
    if request.method == "OPTIONS":
        allowed = ", ".join(sorted(response.allow)) or "GET, HEAD, OPTIONS"
        response.headers.update({**_PREFLIGHT, "Allow": allowed, "Access-Control-Allow-Methods": allowed})
        if response.status_code < HTTPStatus.BAD_REQUEST:
            response.headers.pop("Content-Type", None)
    return response
