"""What the head of a request may be; past that it is refused before anything else is done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from si_lod.errors import ClientError, HeadersTooLarge, InvalidRequest, TargetTooLong
from si_lod.sentences import told
from si_lod.serve.transport.lanes import Name, lane_of

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_TARGET: Final = 32 * 1024
"""The most bytes of an address. More than 65,534 the server itself refuses, with nothing but the status: the library
that reads the request for it (hyper) counts the bytes of an address in 16 bits, which no setting changes."""
MOST_HEADERS: Final = 32 * 1024
"""The most bytes of all headers. The server itself refuses more than a hundred headers in the same way."""


def fault_of(scope: Mapping[str, Any]) -> ClientError | None:
    """Return what is wrong with the request's head, or None."""
    return _misshapen(scope) or _immoderate(scope)


def _misshapen(scope: Mapping[str, Any]) -> ClientError | None:
    """Return what a head may not have; ``*`` is the address of no resource (RFC 9110 §7.1, RFC 9112 §3.2).

    A target that does not begin with a slash is a host to the server, which then tells no path.
    """
    path: bytes = scope["raw_path"]
    if path == b"*" and scope["method"] != "OPTIONS":
        return InvalidRequest(told("the address: * is for OPTIONS alone"))
    if path != b"*" and not path.startswith(b"/") and b"://" not in path:
        return InvalidRequest(told("the address: expected a slash at its beginning"))
    if sum(name == b"host" for name, _ in scope["headers"]) > 1:
        return InvalidRequest(told("the headers: expected one Host"))
    return None


def _immoderate(scope: Mapping[str, Any]) -> ClientError | None:
    path, query = scope["raw_path"], scope["query_string"]
    if len(path) + len(query) + bool(query) > MOST_TARGET:
        if lane_of(path.decode("latin-1")) is Name.QUERIES:
            said = told("the address: expected at most {most} bytes; send a longer query by POST", most=MOST_TARGET)
            return TargetTooLong(said)
        return TargetTooLong(told("the address: expected at most {most} bytes", most=MOST_TARGET))
    if sum(len(name) + len(value) for name, value in scope["headers"]) > MOST_HEADERS:
        return HeadersTooLarge(told("the headers: expected at most {most} bytes in all", most=MOST_HEADERS))
    return None
