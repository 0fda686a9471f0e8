"""An answer sent to the client: at once if it is all there, else piece by piece as fast as the client reads."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from si_lod.serve.transport.answer import Answer
    from si_lod.serve.transport.content import Receive

    Send = Callable[[Mapping[str, Any]], Awaitable[None]]

PATIENCE: Final = 60.0
"""Seconds in which a client takes the next piece of a long answer, or is hung up on: what is not read holds room."""


async def deliver(answer: Answer, method: str, receive: Receive, send: Send, *, patience: float = PATIENCE) -> bool:
    """Send the answer, and return whether that was to its end; an error while the rest of it is read goes through.

    A client that has gone ends it, or one that takes no piece of it for as long as the ``patience``. The server breaks
    a connection on which an answer has no end. No thread is held while a client reads.
    """
    is_whole = True
    try:
        await send({"type": "http.response.start", "status": answer.status, "headers": answer.headers})
        if answer.rest is not None:
            is_whole = await _deliver_rest(answer, receive, send, patience)
    finally:
        if answer.rest is not None:
            await asyncio.to_thread(answer.close)
    if is_whole:
        content = b"" if method == "HEAD" or answer.rest is not None else answer.content
        await send({"type": "http.response.body", "body": content})
    return is_whole


async def _deliver_rest(answer: Answer, receive: Receive, send: Send, patience: float) -> bool:
    gone = asyncio.ensure_future(_left(receive))
    try:
        pieces = answer.pieces()
        while piece := await asyncio.to_thread(next, pieces, b""):
            if gone.done() or not await _is_taken(piece, send, patience):
                return False
        return True
    finally:
        gone.cancel()
        with suppress(asyncio.CancelledError):
            await gone


async def _is_taken(piece: bytes, send: Send, patience: float) -> bool:
    """Return whether the client takes the piece in time."""
    try:
        async with asyncio.timeout(patience):
            await send({"type": "http.response.body", "body": piece, "more_body": True})
    except TimeoutError:
        return False
    return True


async def _left(receive: Receive) -> None:
    """Return when the client has gone."""
    while (await receive())["type"] != "http.disconnect":
        pass
