"""How a graph store wants to know who writes: as Basic (RFC 7617) or as Digest (RFC 7616), which it tells beforehand.

The content that is sent may be large and is read once, so it is not sent to find out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.error import HTTPError
from urllib.request import (
    HTTPDigestAuthHandler,
    HTTPPasswordMgrWithDefaultRealm,
    Request,
    parse_http_list,
    parse_keqv_list,
    urlopen,
)

if TYPE_CHECKING:
    from si_lod.engine.remote.speaking.credentials import Credentials


def authorization(request: Request, credentials: Credentials, seconds: float) -> str:
    """Return the value of the header that ``request`` needs, empty if we are nobody; raises what ``urlopen`` raises."""
    if not credentials.user:
        return ""
    scheme, _, rest = _challenge(request.full_url, seconds).partition(" ")
    if scheme.lower() != "digest":
        return credentials.basic()
    passwords = HTTPPasswordMgrWithDefaultRealm()
    passwords.add_password(None, request.full_url, credentials.user, credentials.password)
    asked = parse_keqv_list(parse_http_list(rest))
    return f"Digest {HTTPDigestAuthHandler(passwords).get_authorization(request, asked)}"


def _challenge(address: str, seconds: float) -> str:
    """Return what the address answers to nobody who asks for nothing, in the header that says how to be somebody."""
    try:
        urlopen(Request(address, method="HEAD"), timeout=seconds).close()  # noqa: S310  checked by endpoint_of
    except HTTPError as error:
        with error:
            return error.headers.get("WWW-Authenticate", "")
    return ""
