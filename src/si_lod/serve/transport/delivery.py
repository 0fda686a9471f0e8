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


async def deliver(answer: Answer, method: str, receive: Receive, send: Send, *, patience: float = PATIENCE) -> None:
    """Send the answer; an error while the rest of it is read goes through, and the server breaks the connection.

    So does TimeoutError, when the client takes no piece of it for as long as the ``patience``. A client that has gone
    ends it. No thread is held while a client reads.
    """
    try:
        await send({"type": "http.response.start", "status": answer.status, "headers": answer.headers})
        if answer.rest is not None:
            await _deliver_rest(answer, receive, send, patience)
    finally:
        if answer.rest is not None:
            await asyncio.to_thread(answer.close)
    content = b"" if method == "HEAD" or answer.rest is not None else answer.content
    await send({"type": "http.response.body", "body": content})


async def _deliver_rest(answer: Answer, receive: Receive, send: Send, patience: float) -> None:
    gone = asyncio.ensure_future(_left(receive))
    try:
        pieces = answer.pieces()
        while not gone.done() and (piece := await asyncio.to_thread(next, pieces, b"")):
            async with asyncio.timeout(patience):
                await send({"type": "http.response.body", "body": piece, "more_body": True})
    finally:
        gone.cancel()
        with suppress(asyncio.CancelledError):
            await gone


async def _left(receive: Receive) -> None:
    """Return when the client has gone."""
    while (await receive())["type"] != "http.disconnect":
        pass
