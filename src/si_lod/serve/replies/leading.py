"""The way to another address of the service, with the query that was asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from flask import redirect, request

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

_AS_SENT: Final = "%:/?#[]@!$&'()*+,;=-._~"


def lead(address: str, status: int) -> Response:
    """Return the redirect to the path-absolute ``address`` with the query of the request.

    A query that was sent as raw UTF-8 is percent-encoded, as a path is (RFC 3987 §3.1).
    """
    query = quote(request.query_string, safe=_AS_SENT)
    return redirect(f"{address}?{query}" if query else address, status)
