"""Lines of a log go out without anybody waiting for who reads them."""

from __future__ import annotations

import logging
import os
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from si_lod.serve.transport.journal import journal
from si_lod.serve.transport.outlet import ROOM, Outlet
from tests.engine.conftest import eventually

LINE = "x" * 999


def say(outlet: Outlet, text: str) -> None:
    outlet.handle(logging.makeLogRecord({"msg": text}))


@pytest.fixture
def pipe() -> Iterator[tuple[int, int]]:
    reader, writer = os.pipe()
    yield reader, writer
    for end in (reader, writer):
        with suppress(OSError):  # the test may have closed it
            os.close(end)


def read_all(reader: int) -> list[str]:
    with open(os.dup(reader), encoding="utf-8") as file:  # noqa: PTH123  not a path
        return file.read().splitlines()


@contextmanager
def reading(reader: int) -> Iterator[list[str]]:
    """Give the lines that are read from now on until the other end is closed; they are there at the end."""
    found: list[str] = []
    thread = Thread(target=lambda: found.extend(read_all(reader)), daemon=True)
    thread.start()
    yield found
    thread.join(20)


def test_lines_come_out_whole_and_in_order(pipe: tuple[int, int]) -> None:
    reader, writer = pipe
    outlet = Outlet(writer)
    for number in range(40):
        say(outlet, f"line {number} é \udc80")
    outlet.close()
    os.close(writer)
    assert read_all(reader) == [f"line {number} é \\udc80" for number in range(40)]


def test_a_full_pipe_holds_nobody_up_and_lines_that_are_lost_are_counted_in_their_place(
    pipe: tuple[int, int],
) -> None:
    reader, writer = pipe
    outlet, count = Outlet(writer, "{} lost".format), 2 * ROOM // len(LINE)
    for number in range(count):
        say(outlet, f"{number:06} {LINE}")
    with reading(reader) as found:
        assert eventually(lambda: not outlet.is_behind)
        say(outlet, "after")
        outlet.close()
        os.close(writer)
    *kept, last = found
    place, lost = 0, 0
    for line in kept:  # whatever had room again while lines were still said stands behind what was lost until then
        if line.endswith(" lost"):
            lost += int(line.partition(" ")[0])
            place += int(line.partition(" ")[0])
        else:
            assert int(line[:6]) == place
            place += 1
    assert (place, last) == (count, "after")
    assert lost > 0


def test_a_process_ends_though_nobody_reads(pipe: tuple[int, int]) -> None:
    outlet = Outlet(pipe[1])
    for _ in range(ROOM // len(LINE)):
        say(outlet, LINE)
    outlet.close()
    assert outlet.is_behind
    with reading(pipe[0]) as found:
        assert eventually(lambda: not outlet.is_behind)
        os.close(pipe[1])
    assert set(found) == {LINE}


def test_what_is_lost_last_is_told_at_the_end(pipe: tuple[int, int]) -> None:
    reader, writer = pipe
    outlet = Outlet(writer, "{} lost".format)
    for _ in range(2 * ROOM // len(LINE)):
        say(outlet, LINE)
    with reading(reader) as found:
        assert eventually(lambda: not outlet.is_behind)
        outlet.close()
        os.close(writer)
    told = [int(line.partition(" ")[0]) for line in found if line.endswith(" lost")]
    assert found[-1] == f"{told[-1]} lost"
    assert sum(told) == 2 * ROOM // len(LINE) - (len(found) - len(told))


def test_a_reader_that_has_gone_is_no_error(pipe: tuple[int, int], capfd: pytest.CaptureFixture[str]) -> None:
    reader, writer = pipe
    os.close(reader)
    outlet = Outlet(writer)
    say(outlet, "to nobody")
    outlet.close()
    assert capfd.readouterr() == ("", "")


def test_the_journal_has_what_concerns_its_operator_and_nothing_of_clients_that_hang_up() -> None:
    passes = journal()["filters"]["concerning"]["()"]().filter
    assert journal()["handlers"]["journal"]["filters"] == ["concerning"]
    assert not passes(logging.makeLogRecord({"msg": 'ASGI transport error: "Closed(..)"'}))
    assert passes(logging.makeLogRecord({"msg": "Application callable raised an exception"}))


def formatted(message: str, error: Exception | None = None) -> str:
    made: dict[str, object] = {"msg": message, "levelname": "ERROR", "process": 7, "created": 0.0}
    if error is not None:
        made["exc_info"] = (type(error), error, None)
    dated = journal()["formatters"]["dated"]
    line: str = dated["()"](dated["fmt"]).format(logging.makeLogRecord(made))
    return line


@given(st.text(), st.none() | st.text())
def test_whatever_others_say_begins_no_line_of_the_journal_and_steers_no_terminal(said: str, error: str | None) -> None:
    first, *others = formatted(said, None if error is None else ValueError(error)).split("\n")
    assert first.startswith("1970-01-01T00:00:00.000+00:00 [7] ERROR ")
    assert all(line.startswith("    ") for line in others)
    for line in (first, *others):
        assert not [each for each in line if unicodedata.category(each) == "Cc" or len(f"a{each}b".splitlines()) > 1]


def test_a_line_of_the_journal_that_somebody_forges_is_seen_to_be_one_and_a_long_one_is_cut() -> None:
    forged = "it failed\n2026-11-26T07:00:00.000+00:00 [1] ERROR all is lost\r\x1b[2J"
    assert formatted(forged).endswith(r"ERROR it failed\n2026-11-26T07:00:00.000+00:00 [1] ERROR all is lost\r\x1b[2J")
    assert len(formatted("x" * 10_000)) < 5000
