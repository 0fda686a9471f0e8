"""Lanes of threads, and answers that come piece by piece."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from time import monotonic
from typing import TYPE_CHECKING, Any

import pytest

from si_lod.serve.transport.answer import ask
from si_lod.serve.transport.asking import CAME, Asking
from si_lod.serve.transport.delivery import deliver
from si_lod.serve.transport.lanes import Full, Lane, Lanes, Name, lane_of

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

SCOPE = {
    "type": "http",
    "method": "GET",
    "raw_path": b"/slow/sparql",
    "query_string": b"",
    "headers": [],
    "http_version": "1.1",
}


@pytest.mark.parametrize(
    ("path", "lane"),
    [
        ("/sparql", Name.QUERIES),
        ("/monitor/release/1/sparql", Name.QUERIES),
        ("/metrics", Name.SIGNALS),
        ("/monitor/health/ready", Name.SIGNALS),
        ("/monitor/static/style.css", Name.FILES),
        ("/favicon.ico", Name.FILES),
        ("/doc/x", Name.PAGES),
    ],
)
def test_queries_monitors_and_files_have_lanes_of_their_own(path: str, lane: Name) -> None:
    assert lane_of(path) is lane


def test_a_full_lane_turns_away_at_once_and_takes_again_when_there_is_room() -> None:
    async def scene() -> None:
        free = Event()
        with ThreadPoolExecutor(1) as threads:
            lane = Lane(threads, 2)
            running = [asyncio.ensure_future(lane.run(free.wait)) for _ in range(2)]
            await asyncio.sleep(0)
            with pytest.raises(Full):
                await lane.run(free.wait)
            free.set()
            assert await asyncio.gather(*running) == [True, True]
            assert await lane.run(lambda: "again") == "again"

    asyncio.run(scene())


async def nothing() -> Mapping[str, Any]:
    return await asyncio.Future()


@pytest.mark.parametrize("is_remote", [False, True])
def test_files_and_monitors_are_answered_while_all_pages_wait(*, is_remote: bool) -> None:
    free = Event()

    def app(environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
        if environ["PATH_INFO"].startswith("/doc/"):
            free.wait()
        start_response("200 OK", [("Content-Length", "2")])
        return [b"ok"]

    async def scene() -> None:
        asking = Asking(app, Lanes.of(4, is_remote=is_remote))
        page = {**SCOPE, "raw_path": b"/doc/x"}
        pages = [asyncio.ensure_future(asking.answer(page, nothing, "x", None)) for _ in range(64)]
        await asyncio.sleep(0)
        for path in (b"/static/style.css", b"/favicon.ico", b"/health/live"):
            assert (await asking.answer({**SCOPE, "raw_path": path}, nothing, "y", None)).status == 200
        assert not any(task.done() for task in pages)
        free.set()
        await asyncio.gather(*pages)

    asyncio.run(scene())


def test_pages_are_answered_while_all_queries_wait_and_more_queries_are_told_to_come_again() -> None:
    free = Event()

    def app(environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
        if environ["PATH_INFO"].endswith("/sparql"):
            free.wait()
        start_response("200 OK", [("Content-Length", "2")])
        return [b"ok"]

    async def scene() -> None:
        asking = Asking(app, Lanes.of(4))
        queries = [asyncio.ensure_future(asking.answer(SCOPE, nothing, "x", None)) for _ in range(64)]
        await asyncio.sleep(0)
        page = await asking.answer({**SCOPE, "raw_path": b"/doc/x"}, nothing, "y", None)
        assert (page.status, page.content) == (200, b"ok")
        dutch = {**SCOPE, "headers": [(b"accept-language", b"nl")]}
        turned_away = await asking.answer(dutch, nothing, "z", None)
        assert "te veel verzoeken" in turned_away.content.decode()
        assert (turned_away.status, turned_away.header(b"retry-after")) == (503, b"2")
        assert turned_away.note.route == "queries-full"
        free.set()
        assert {answer.status for answer in await asyncio.gather(*queries)} == {200}

    asyncio.run(scene())


CROWDED = """
import asyncio, threading
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from si_lod.memory import Memory
from si_lod.serve.transport.lanes import Full, Lane, Lanes, Name

async def main():
    threading.stack_size(16 * 1024 * 1024)
    {scene}

asyncio.run(main())
"""
ALL_AT_ONCE = """
    lane, all_there = Lanes.of(20)[Name.QUERIES], Barrier(80)
    Memory(12).bound()
    print({*await asyncio.gather(*(lane.run(lambda: all_there.wait() < 80) for _ in range(80)))})
"""
NONE = """
    Memory(12).bound()
    try:
        await Lane(ThreadPoolExecutor(1), 1, Memory({mebibytes})).run(int)
    except Full:
        print("full")
"""


@pytest.mark.parametrize(
    ("scene", "said", "status"),
    [
        pytest.param(ALL_AT_ONCE, "{True}", 0, id="threads that all have begun"),
        pytest.param(NONE.replace("{mebibytes}", "12"), "full", 0, id="no thread, and memory for other things"),
        pytest.param(NONE.replace("{mebibytes}", "1024"), "", -signal.SIGABRT, id="no thread, and little memory"),
    ],
)
def test_where_there_is_no_memory_for_another_thread_a_lane_has_begun_its_own_or_turns_away_or_the_process_ends(
    scene: str, said: str, status: int
) -> None:
    code = CROWDED.replace("{scene}", scene)
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60)
    assert (ended.returncode, ended.stdout.strip()) == (status, said), ended.stderr


def test_a_request_has_come_before_it_waits_for_a_thread() -> None:
    free, began, came = Event(), [], []

    def app(environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
        began.append(monotonic())
        came.append(environ[CAME])
        free.wait()
        start_response("200 OK", [("Content-Length", "2")])
        return [b"ok"]

    async def scene() -> None:
        asking = Asking(app, Lanes({Name.QUERIES: Lane(ThreadPoolExecutor(1), 2)}))
        queries = [asyncio.ensure_future(asking.answer(SCOPE, nothing, "x", None)) for _ in range(2)]
        while not began:
            await asyncio.sleep(0.01)
        ended = monotonic()
        free.set()
        await asyncio.gather(*queries)
        assert came[1] <= ended <= began[1]

    asyncio.run(scene())


def test_an_application_that_fails_is_500_with_nothing_from_inside(caplog: pytest.LogCaptureFixture) -> None:
    def app(_environ: WSGIEnvironment, _start: StartResponse) -> list[bytes]:
        raise RuntimeError("the secret of the house")

    answer = asyncio.run(Asking(app, Lanes.of(4)).answer(SCOPE, nothing, "abc123", None))
    assert (answer.status, b"secret" in answer.content, b"abc123" in answer.content) == (500, False, True)
    assert "abc123" in caplog.text


class Long:
    """Content of some length that fails after so many pieces, and knows whether it was closed."""

    def __init__(self, pieces: int, *, fails: bool = False) -> None:
        self.pieces, self.fails, self.given, self.closed = pieces, fails, 0, False

    def __iter__(self) -> Iterator[bytes]:
        for _ in range(self.pieces):
            self.given += 1
            yield b"x" * 70_000
        if self.fails:
            raise OSError("the disk is gone")

    def close(self) -> None:
        self.closed = True

    def __call__(self, _environ: WSGIEnvironment, start_response: StartResponse) -> Long:
        start_response("200 OK", [("Content-Length", str(70_000 * 100))])
        return self


def sent(content: Long, *, leaves_after: int = 1000) -> list[int]:
    """Return the sizes of what a client gets that leaves after so many messages."""
    sizes: list[int] = []

    async def scene() -> None:
        gone = asyncio.Event()

        async def receive() -> Mapping[str, Any]:
            await gone.wait()
            return {"type": "http.disconnect"}

        async def send(message: Mapping[str, Any]) -> None:
            sizes.append(len(message.get("body", b"")))
            if len(sizes) == leaves_after:
                gone.set()
            await asyncio.sleep(0)

        answer = ask(content, {"REQUEST_METHOD": "GET"})
        assert content.given == 0
        await deliver(answer, "GET", receive, send)

    asyncio.run(scene())
    return sizes


def test_long_content_is_sent_in_pieces_and_closed() -> None:
    content = Long(5)
    assert sum(sent(content)) == 5 * 70_000
    assert content.closed


def test_a_client_that_leaves_ends_the_reading() -> None:
    content = Long(1000)
    sent(content, leaves_after=3)
    assert content.given < 10
    assert content.closed


def test_a_client_that_takes_no_more_is_hung_up_on_and_holds_nothing() -> None:
    content, messages = Long(1000), []

    async def send(message: Mapping[str, Any]) -> None:
        messages.append(message)
        if len(messages) > 3:
            await asyncio.Event().wait()  # as the server does while nothing more fits into the connection

    async def receive() -> Mapping[str, Any]:
        await asyncio.Event().wait()
        return {}

    answer = ask(content, {"REQUEST_METHOD": "GET"})
    assert not asyncio.run(deliver(answer, "GET", receive, send, patience=0.05))
    assert content.given < 10
    assert content.closed
    assert messages[-1]["more_body"], "an answer that is cut off never ends as if it were whole"


def test_an_error_in_the_middle_goes_through_so_that_the_connection_breaks() -> None:
    content = Long(2, fails=True)
    with pytest.raises(OSError, match="the disk is gone"):
        sent(content)
    assert content.closed


def test_a_head_is_not_read_to_its_end() -> None:
    content = Long(5)
    answer = ask(content, {"REQUEST_METHOD": "HEAD"})
    assert (answer.content, content.given, content.closed) == (b"", 0, True)


def test_content_is_closed_when_the_client_has_gone_before_the_head_of_the_answer() -> None:
    content = Long(5)

    async def send(_message: Mapping[str, Any]) -> None:
        raise OSError("gone")

    answer = ask(content, {"REQUEST_METHOD": "GET"})
    with pytest.raises(OSError, match="gone"):
        asyncio.run(deliver(answer, "GET", nothing, send))
    assert content.closed
