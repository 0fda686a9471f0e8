"""The content of a request: how much of it is read, for how long, and how much of all requests is held at once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from si_lod.errors import InvalidRequest, TooSlow
from si_lod.sentences import told
from si_lod.serve.transport.lanes import Full

Receive = Callable[[], Awaitable[Mapping[str, Any]]]

MOST: Final = 4 * 1024 * 1024
"""The most bytes of a request's content: the longest query, percent-encoded."""
PATIENCE: Final = 30.0
"""Seconds in which the content must have come."""
FREE: Final = 64 * 1024
"""Bytes for which there is always room, so that who sends much keeps nobody from asking something short."""
_ROOM: Final = 64 * 1024 * 1024


@dataclass(slots=True)
class Room:
    """How many bytes one worker holds of the content of requests, at most ``most``; to be used from one event loop."""

    most: int = _ROOM
    held: int = 0

    @contextmanager
    def place(self) -> Iterator[Place]:
        """Give a place for one request's content, which is free again at the end."""
        place = Place(self)
        try:
            yield place
        finally:
            self.held -= place.counted


@dataclass(slots=True)
class Place:
    """The room that one request takes; ``counted`` is that beyond what is free to everyone."""

    room: Room
    counted: int = 0

    def grow(self, size: int) -> None:
        """Take the room for so many bytes in all; raises Full if there is not so much left."""
        more = max(0, size - FREE) - self.counted
        if self.room.held + more > self.room.most:
            raise Full
        self.counted += more
        self.room.held += more


async def content_of(scope: Mapping[str, Any], receive: Receive, place: Place) -> bytes | None:
    """Return the request's content, or None if there is more than may be, of which nothing is read if it says so.

    Raises TooSlow if it does not come, InvalidRequest if the client leaves before its end, Full if there is no room.
    Nothing is held meanwhile but the bytes that have come.
    """
    length = next((value for name, value in scope["headers"] if name == b"content-length"), b"")
    if length.isdigit() and int(length) > MOST:
        return None
    held = bytearray()
    try:
        async with asyncio.timeout(PATIENCE):
            async for part in _parts(receive):
                held += part
                if len(held) > MOST:
                    return None
                place.grow(len(held))
    except TimeoutError:
        raise TooSlow(told("the content: expected all of it within {most} seconds", most=PATIENCE)) from None
    return bytes(held)


async def _parts(receive: Receive) -> AsyncIterator[bytes]:
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise InvalidRequest(told("the content: the connection ended before all of it had come"))
        yield message.get("body", b"")
        if not message.get("more_body", False):
            return
