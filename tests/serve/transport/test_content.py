"""The content of requests: what of it is read, and how much of all requests is held at once."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any

import pytest

from si_lod.errors import InvalidRequest
from si_lod.serve.transport.asking import FAULT, Asking
from si_lod.serve.transport.content import FREE, MOST, Room, content_of
from si_lod.serve.transport.lanes import Full

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

SCOPE: dict[str, Any] = {
    "type": "http",
    "method": "POST",
    "raw_path": b"/sparql",
    "query_string": b"",
    "headers": [],
    "http_version": "1.1",
}
LEFT = {"type": "http.disconnect"}


def part(size: int, *, more: bool = True) -> Mapping[str, Any]:
    return {"type": "http.request", "body": b"x" * size, "more_body": more}


def sending(*messages: Mapping[str, Any]) -> tuple[Callable[[], Awaitable[Mapping[str, Any]]], list[int]]:
    """Return a client that sends these messages and then nothing, and a list with a number for each that was read."""
    waiting, taken = list(messages), list[int]()

    async def receive() -> Mapping[str, Any]:
        if not waiting:
            await asyncio.Event().wait()
        taken.append(len(taken))
        return waiting.pop(0)

    return receive, taken


def application(environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
    """Tell how long the content is, and what is wrong with the request."""
    told = f"{environ['CONTENT_LENGTH']} {len(environ['wsgi.input'].read())} {environ[FAULT]}".encode()
    start_response("200 OK", [("Content-Length", str(len(told)))])
    return [told]


async def asked(asking: Asking, scope: Mapping[str, Any], *messages: Mapping[str, Any]) -> tuple[int, str, int]:
    """Return the status and the content of the answer, and how many messages were read."""
    receive, taken = sending(*messages)
    answer = await asking.answer(scope, receive, "id", None)
    return answer.status, answer.content.decode(), len(taken)


def test_nothing_is_read_where_no_route_takes_content() -> None:
    scope = {**SCOPE, "raw_path": b"/nothing"}
    assert asyncio.run(asked(Asking(application), scope, part(100))) == (200, "0 0 None", 0)


def test_what_says_that_it_is_too_long_is_not_read() -> None:
    scope = {**SCOPE, "headers": [(b"content-length", str(MOST + 1).encode())]}
    assert asyncio.run(asked(Asking(application), scope, part(100))) == (200, f"{MOST + 1} 0 None", 0)


def test_what_turns_out_too_long_is_read_no_further() -> None:
    parts = [part(1024 * 1024) for _ in range(9)]
    assert asyncio.run(asked(Asking(application), SCOPE, *parts)) == (200, f"{MOST + 1} 0 None", 5)


def test_content_in_parts_is_whole() -> None:
    answer = asyncio.run(asked(Asking(application), SCOPE, part(5), part(0), part(7, more=False)))
    assert answer == (200, "12 12 None", 3)


def test_a_client_that_leaves_in_the_middle_has_asked_nothing() -> None:
    status, told, _ = asyncio.run(asked(Asking(application), SCOPE, part(5), LEFT))
    assert (status, told) == (200, "0 0 the content: the connection ended before all of it had come")
    receive, _ = sending(part(5), LEFT)

    async def read() -> None:
        with Room().place() as place:
            await content_of(SCOPE, receive, place)

    with pytest.raises(InvalidRequest):
        asyncio.run(read())


def test_all_requests_together_hold_no_more_than_there_is_room_for_and_short_ones_are_always_read() -> None:
    async def scene() -> None:
        asking = Asking(application, room=Room(3 * 1024 * 1024))
        held = [asyncio.ensure_future(asked(asking, SCOPE, part(1024 * 1024))) for _ in range(3)]
        await asyncio.sleep(0.01)
        status, told, _ = await asked(asking, SCOPE, part(1024 * 1024, more=False))
        assert (status, told.startswith("503")) == (503, True)
        assert await asked(asking, SCOPE, part(FREE, more=False)) == (200, f"{FREE} {FREE} None", 1)
        assert 2 * 1024 * 1024 < asking.room.held <= asking.room.most
        for each in held:
            each.cancel()
        await asyncio.gather(*held, return_exceptions=True)
        assert asking.room.held == 0
        assert (await asked(asking, SCOPE, part(1024 * 1024, more=False)))[0] == 200
        assert asking.room.held == 0

    asyncio.run(scene())


def test_a_place_gives_back_what_it_took_and_no_more() -> None:
    room = Room(FREE)
    with room.place() as one, room.place() as other:
        one.grow(FREE + 10)
        one.grow(FREE + 20)
        assert room.held == 20
        with pytest.raises(Full):
            other.grow(3 * FREE)
        assert room.held == 20
    assert room.held == 0
