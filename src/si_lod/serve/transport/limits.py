"""What a request may measure; past that it is refused before anything else is done with it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Final

from si_lod.errors import ClientError, HeadersTooLarge, TargetTooLong, TooSlow
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    Receive = Callable[[], Awaitable[Mapping[str, Any]]]

MOST_CONTENT: Final = 4 * 1024 * 1024
"""The most bytes of a request's content: the longest query, percent-encoded."""
MOST_TARGET: Final = 32 * 1024
"""The most bytes of an address. The server itself refuses more than 64 KiB, with nothing but the status."""
MOST_HEADERS: Final = 32 * 1024
"""The most bytes of all headers. The server itself refuses more than a hundred headers in the same way."""
PATIENCE: Final = 30.0
"""Seconds in which the content must have come."""


def fault_of(scope: Mapping[str, Any]) -> ClientError | None:
    """Return what is wrong with the measures of the request's head, or None."""
    if len(scope["raw_path"]) + len(scope["query_string"]) > MOST_TARGET:
        return TargetTooLong(told("the address: expected at most {most} bytes", most=MOST_TARGET))
    if sum(len(name) + len(value) for name, value in scope["headers"]) > MOST_HEADERS:
        return HeadersTooLarge(told("the headers: expected at most {most} bytes in all", most=MOST_HEADERS))
    return None


async def content_of(receive: Receive) -> bytes | None:
    """Return the request's content, or None if there is more than may be; raises TooSlow if it does not come.

    Nothing is held meanwhile but the bytes that have come.
    """
    held = bytearray()
    try:
        async with asyncio.timeout(PATIENCE):
            while True:
                message = await receive()
                held += message.get("body", b"")
                if len(held) > MOST_CONTENT:
                    return None
                if not message.get("more_body", False):
                    return bytes(held)
    except TimeoutError:
        raise TooSlow(told("the content: expected all of it within {most} seconds", most=PATIENCE)) from None
