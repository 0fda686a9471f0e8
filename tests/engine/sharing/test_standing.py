"""Who had a query that took long just now goes behind who had none, in the queue and in computing."""

from __future__ import annotations

import os
import select
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

import pytest
from hypothesis import given
from hypothesis import strategies as st

from si_lod.engine.pool.deadline import Deadline
from si_lod.engine.pool.evaluator import Evaluator
from si_lod.engine.pool.keeper import Keeper
from si_lod.engine.pool.place import aside
from si_lod.engine.pool.pool import Bounds, Pool
from si_lod.engine.pool.starting import started
from si_lod.engine.sharing.standing import QUICK, START, Standing
from si_lod.engine.sharing.turns import Turns
from si_lod.engine.worker.order import Order
from si_lod.engine.worker.timeslice import LONG
from si_lod.errors import Busy, OperatorError, Overdue
from tests.engine.conftest import MEBIBYTE, asking, eventually
from tests.engine.hostile.service import command
from tests.engine.worker.test_timeslice import SINCE_LINUX_6_12, timeslice

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"

LAST = 19
"""The priority of what computes behind all else."""
SLOW = frozenset({"slow", "slower"})


def soon() -> Deadline:
    return Deadline(60.0, monotonic() + 60.0)


@dataclass
class Clock:
    """Seconds that pass when the test says so."""

    now: float = 0.0

    def __call__(self) -> float:
        return self.now


@given(st.floats(QUICK * 2, 1000.0))
def test_a_long_query_is_remembered_while_it_runs_and_for_as_long_again(seconds: float) -> None:
    clock = Clock()
    standing = Standing(clock)
    with standing.evaluating("client"):
        assert not standing.is_slow("client")
        clock.now += seconds
        assert standing.is_slow("client")
        assert not standing.is_slow("another")
    clock.now += seconds * 0.9
    assert standing.is_slow("client")
    clock.now += seconds * 0.2
    assert not standing.is_slow("client")


def test_quick_queries_are_held_against_nobody() -> None:
    clock = Clock()
    standing = Standing(clock)
    for _ in range(100):
        with standing.evaluating("client"):
            clock.now += QUICK
        assert not standing.is_slow("client")


def test_who_ended_a_process_is_slow_for_as_long_as_it_takes_to_start_another() -> None:
    clock = Clock()
    standing = Standing(clock)
    with standing.evaluating("client"):
        clock.now += QUICK / 2
    standing.has_ended_process("client")
    clock.now += START * 0.9
    assert standing.is_slow("client")
    assert not standing.is_slow("another")
    clock.now += START * 0.2
    assert not standing.is_slow("client")


def test_a_query_whose_time_is_over_before_it_is_asked_costs_no_process(folder: Path, pool: Pool) -> None:
    pool.answer(folder, asking("ASK {}"))
    assert eventually(lambda: len(pool.crew.idle()) == 2)
    before = pool.crew.idle()
    with pool.crew.member(folder, soon()) as evaluator:
        with pytest.raises(Overdue):
            evaluator.ask(asking("ASK {}"), Deadline(1.0, 0.0), 1000)
        assert not evaluator.is_spent
    for _ in range(5):
        with pytest.raises(Overdue):
            pool.answer(folder, asking("ASK {}", seconds=1e-9))
    assert set(before) <= set(pool.crew.idle())


def test_a_client_whose_queries_end_processes_is_slow_however_short_they_are(folder: Path, pool: Pool) -> None:
    pool.answer(folder, asking("ASK {}"))
    with pytest.raises(Overdue):
        pool.answer(folder, asking(ENDLESS, client="hasty", seconds=0.5))
    assert pool._standing.is_slow("hasty")


def test_no_one_waits_for_a_new_process_beyond_the_deadline_and_it_is_not_said_of_the_query(
    folder: Path, pool: Pool
) -> None:
    held = threading.Event()
    pool.crew._keeper.begin(held.wait)
    with pytest.raises(Busy, match=r"no process was ready within 1 s") as caught:
        pool.answer(folder, asking("ASK {}", seconds=1.0))
    assert caught.value.retry_after > 0
    held.set()
    assert pool.answer(folder, asking("ASK {}")).content


def test_a_process_that_comes_too_late_is_ready_for_whoever_comes_next(pool: Pool) -> None:
    begun, held = threading.Event(), threading.Event()
    taken: list[str] = []

    def task() -> str:
        begun.set()
        held.wait()
        return "late"

    with ThreadPoolExecutor(1) as other:
        waiting = other.submit(pool.crew._keeper.do, task, 0.2, taken.append)
        assert begun.wait(20.0)
        with pytest.raises(TimeoutError):
            waiting.result()
    held.set()
    assert eventually(lambda: taken == ["late"])


def test_all_who_are_slow_together_leave_a_place_to_who_is_not() -> None:
    turns = Turns(3, 6, 0.05, SLOW.__contains__)
    with turns.turn("slow"), turns.turn("slower"):
        with pytest.raises(Busy), turns.turn("slower"):
            pytest.fail("a third place for those who are slow")
        with turns.turn("quick"):
            pass


def test_who_is_slow_never_goes_before_who_is_not_however_long_they_wait() -> None:
    turns = Turns(2, 8, 60.0, SLOW.__contains__)
    order: list[str] = []
    waiting = turns._waiting

    def take(client: str) -> None:
        with turns.turn(client):
            order.append(client)

    with ThreadPoolExecutor(4) as clients, turns.turn("first"):
        with turns.turn("second"):
            for number, client in enumerate(["slow", "slower", "quick", "slow"], 1):
                clients.submit(take, client)
                assert eventually(lambda: len(waiting) == number)  # noqa: B023  it is asked at once
        assert eventually(lambda: len(order) > 0)
    assert order[0] == "quick"
    assert sorted(order) == ["quick", "slow", "slow", "slower"]


def test_those_who_are_slow_fill_half_of_the_queue_only() -> None:
    turns = Turns(2, 4, 60.0, SLOW.__contains__)
    held = threading.Event()
    with ThreadPoolExecutor(4) as clients:

        def take(client: str) -> None:
            with turns.turn(client):
                held.wait()

        with turns.turn("first"), turns.turn("second"):
            for number, client in enumerate(["slow", "slower"], 1):
                clients.submit(take, client)
                assert eventually(lambda: len(turns._waiting) == number)  # noqa: B023  it is asked at once
            with pytest.raises(Busy), turns.turn("slow"):
                pytest.fail("more than half of the queue for those who are slow")
            clients.submit(take, "quick")
            assert eventually(lambda: len(turns._waiting) == 3)
            held.set()


def test_a_query_that_takes_long_computes_behind_all_else(folder: Path, pool: Pool) -> None:
    pool.answer(folder, asking("ASK {}"))
    with ThreadPoolExecutor(1) as other:
        answer = other.submit(pool.answer, folder, asking(ENDLESS, client="greedy", seconds=4.0))
        assert eventually(lambda: _behind() == {True, False})
        with pytest.raises(Overdue):
            answer.result()
    assert pool.answer(folder, asking("ASK {}", client="modest")).content
    assert eventually(lambda: _behind() == {False})


def test_who_is_slow_has_a_process_that_is_behind_from_its_start_and_takes_none_that_is_ready(
    folder: Path, pool: Pool
) -> None:
    pool.answer(folder, asking("ASK {}"))
    assert eventually(lambda: len(pool.crew.idle()) == 2)
    ready = pool.crew.idle()
    with pool.crew.member(folder, soon(), slow=True) as slow:
        assert slow.is_behind
        assert slow.process.popen.pid not in ready
        assert eventually(lambda: os.getpriority(os.PRIO_PROCESS, slow.process.popen.pid) == LAST)
        assert slow.ask(asking("ASK {}"), soon(), 1000).content
    with pool.crew.member(folder, soon()) as quick:
        assert quick.process.popen.pid in ready


@pytest.mark.skipif(len(os.sched_getaffinity(0)) < 2, reason="with one processor, there is none to keep from it")
def test_one_of_several_processors_is_kept_from_queries_that_take_long(folder: Path, pool: Pool) -> None:
    first, *others = sorted(os.sched_getaffinity(0))
    with pool.crew.member(folder, soon(), slow=True) as born:
        assert eventually(lambda: _processors(born) == set(others))
    with pool.crew.member(folder, soon()) as become:
        assert eventually(lambda: _processors(become) == {first, *others})
        become.process.place.behind()
        assert eventually(lambda: _processors(become) == set(others))


@pytest.mark.skipif(len(os.sched_getaffinity(0)) < 2, reason="with one processor, there is none to keep from it")
def test_a_process_leaves_one_of_several_processors_to_others_from_its_beginning() -> None:
    everywhere = os.sched_getaffinity(0)
    with aside():
        code = "import os; print(*sorted(os.sched_getaffinity(0)))"
        born = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert list(map(int, born.split())) == sorted(everywhere)[1:]
    assert os.sched_getaffinity(0) == everywhere


@SINCE_LINUX_6_12
@pytest.mark.skipif(len(os.sched_getaffinity(0)) < 2, reason="with one processor, they compute when nothing else does")
def test_who_is_slow_computes_for_so_long_at_a_time_that_whoever_wakes_goes_first(folder: Path, pool: Pool) -> None:
    with pool.crew.member(folder, soon()) as evaluator:
        thread = evaluator.process.place.evaluating
        assert eventually(lambda: timeslice(thread) == timeslice(0))
        evaluator.process.place.behind()
        assert eventually(lambda: timeslice(thread) == LONG > timeslice(0))
        assert os.getpriority(os.PRIO_PROCESS, thread) == LAST


def test_where_there_is_one_processor_they_compute_when_nothing_else_does(folder: Path, pool: Pool) -> None:
    had = os.sched_getaffinity(0)
    with pool.crew.member(folder, soon()) as evaluator:
        os.sched_setaffinity(0, {min(had)})
        try:
            evaluator.process.place.behind()
        finally:
            os.sched_setaffinity(0, had)
        thread = evaluator.process.place.evaluating
        assert eventually(lambda: os.sched_getscheduler(thread) & ~os.SCHED_RESET_ON_FORK == os.SCHED_IDLE)
        evaluator.is_spent = True
        evaluator.process.kill()
        assert eventually(lambda: not Path(f"/proc/{evaluator.process.popen.pid}/task/{thread}").exists())


@given(st.frozensets(st.integers(0, 4095)), st.booleans())
def test_an_order_is_understood_as_it_was_meant(processors: frozenset[int], is_behind: bool) -> None:  # noqa: FBT001
    order = Order(processors, is_behind=is_behind)
    assert Order.of(order.line()) == order
    assert len(order.line()) < select.PIPE_BUF


def test_a_process_that_is_behind_or_of_another_store_makes_room_for_one_that_is_ready(
    folder: Path, pool: Pool
) -> None:
    with (
        pool.crew.member(folder, soon(), slow=True),
        pool.crew.member(folder, soon(), slow=True),
    ):
        pass
    assert eventually(lambda: len(pool.crew.idle()) == 3)  # the room is full: two that are behind, and one that is not
    with pool.crew.member(folder, soon()):
        assert eventually(lambda: pool.crew._idle.is_ready(folder, None))
    assert pool.crew.idle()


def test_who_is_quick_does_not_wait_until_a_process_for_who_is_slow_is_ready(folder: Path, pool: Pool) -> None:
    held = threading.Event()
    pool.crew._patient.begin(held.wait)
    with ThreadPoolExecutor(1) as other:

        def slowly() -> bytes:
            with pool.crew.member(folder, soon(), slow=True) as slow:
                return slow.ask(asking("ASK {}"), soon(), 1000).content

        waiting = other.submit(slowly)
        assert pool.answer(folder, asking("ASK {}")).content
        assert not waiting.done()
        held.set()
        assert waiting.result()


def test_a_task_that_fails_is_logged_and_the_next_one_is_done(caplog: pytest.LogCaptureFixture) -> None:
    keeper, done = Keeper(), threading.Event()
    assert keeper.begin(lambda: 1 / 0)
    assert keeper.begin(done.set)
    assert done.wait(20.0)
    assert "ZeroDivisionError" in caplog.text
    keeper.close()


def test_nothing_is_started_when_all_is_closed(folder: Path, pool: Pool, caplog: pytest.LogCaptureFixture) -> None:
    held = threading.Event()
    pool.crew._keeper.begin(held.wait)
    for _ in range(100):
        pool.crew.prepare(folder)
    closing = threading.Thread(target=pool.crew.close)
    closing.start()
    assert eventually(lambda: pool.crew.is_closed)
    held.set()
    closing.join()
    assert pool.figures.read()["started"] == 0
    assert not caplog.text


def test_a_process_that_nobody_wants_any_more_is_not_waited_for(folder: Path) -> None:
    before = set(_evaluating(os.getpid()))
    with pytest.raises(OperatorError, match="did not start"):
        started(folder, MEBIBYTE, is_wanted=lambda: False)
    assert eventually(lambda: set(_evaluating(os.getpid())) <= before)


def test_who_waits_goes_when_they_are_slow_no_longer_though_nobody_left() -> None:
    clock = Clock()
    turns = Turns(2, 4, 60.0, lambda client: client == "greedy" or clock.now < 1.0)
    with ThreadPoolExecutor(1) as other, turns.turn("greedy"):

        def take() -> bool:
            with turns.turn("late"):
                return True

        waiting = other.submit(take)
        assert eventually(lambda: len(turns._waiting) == 1)
        clock.now = 2.0
        assert waiting.result(20.0)


@pytest.mark.skipif(
    os.geteuid() != 0 or not shutil.which("setpriv"), reason="only the superuser can give privileges up"
)
def test_a_server_that_may_move_and_end_no_other_users_process_is_hurt_by_none(folder: Path) -> None:
    few = [f"--{kind}=-all,+setuid,+setgid,+dac_override" for kind in ("bounding-set", "inh-caps")]
    program = [sys.executable, "-m", "tests.engine.sharing.unprivileged", str(folder)]
    done = subprocess.run(["setpriv", *few, *program], capture_output=True, text=True, timeout=120, check=False)
    assert (done.stdout.split(), done.returncode) == (["Overdue", "behind", "Overdue", "behind", "answered"], 0), (
        done.stderr
    )


def test_a_process_that_is_behind_is_kept_for_those_who_are_slow_and_for_nobody_else(folder: Path, pool: Pool) -> None:
    long = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f VALUES ?x { 1 2 3 4 5 6 7 8 9 10 11 12 } }"
    assert b"27000000" in pool.answer(folder, asking(long, client="slow")).content
    assert eventually(lambda: len(pool.crew.idle()) == 2)
    for _ in range(3):
        with pool.crew.member(folder, soon(), slow=True) as slow, pool.crew.member(folder, soon()) as quick:
            assert (slow.is_behind, quick.is_behind) == (True, False)
            assert eventually(lambda: _behind() == {True, False})
    with pool.crew.member(folder, soon()) as first, pool.crew.member(folder, soon()) as second:
        assert (first.is_behind, second.is_behind) == (False, False)
    assert pool.answer(folder, asking("ASK {}", client="slow")).content


def test_places_that_slow_clients_hold_leave_one_to_a_new_client(folder: Path) -> None:
    pool = Pool(Bounds(places=2), lambda _client, _seconds: None)
    with ThreadPoolExecutor(1) as other:
        for client in ("slow", "slower"):
            with pytest.raises(Overdue):
                pool.answer(folder, asking(ENDLESS, client=client, seconds=1.0))
        answer = other.submit(pool.answer, folder, asking(ENDLESS, client="slow", seconds=4.0))
        assert eventually(lambda: True in _behind())
        with pytest.raises((Busy, Overdue)):
            pool.answer(folder, asking(ENDLESS, client="slower", seconds=4.0))
        assert pool.answer(folder, asking("ASK {}", client="new")).content
        assert isinstance(answer.exception(), Overdue)
    pool.crew.close()


def _behind() -> set[bool]:
    """Return which of both there are among the processes that evaluate: such as are behind, and such as are not."""
    found = set()
    for child in _evaluating(os.getpid()):
        with suppress(ProcessLookupError):
            found.add(os.getpriority(os.PRIO_PROCESS, child) == LAST)
    return found


def _processors(evaluator: Evaluator) -> set[int]:
    return os.sched_getaffinity(evaluator.process.place.evaluating)


def _evaluating(parent: int) -> Iterator[int]:
    for task in Path(f"/proc/{parent}/task").iterdir():
        with suppress(FileNotFoundError, ProcessLookupError):
            children = [int(child) for child in (task / "children").read_text().split()]
            yield from (child for child in children if b"si_lod.engine.worker" in command(child))
