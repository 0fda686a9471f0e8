"""For how long at a time a thread computes, as the kernel says."""

from __future__ import annotations

import ctypes
import os
import platform
import re
import struct
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from si_lod.engine.worker.timeslice import LONG, LONGEST, USUAL, give

_RELEASE = tuple(map(int, re.findall(r"\d+", platform.release())[:2]))
_GET_ATTRIBUTES = {"x86_64": 315, "aarch64": 275, "riscv64": 275}
SINCE_LINUX_6_12 = pytest.mark.skipif(
    _RELEASE < (6, 12) or platform.machine() not in _GET_ATTRIBUTES,
    reason="before Linux 6.12, and on other machines, all threads have the same",
)


def timeslice(thread: int) -> int:
    """Return the nanoseconds that the thread computes at a time (``man 2 sched_getattr``)."""
    attributes = ctypes.create_string_buffer(48)
    number = _GET_ATTRIBUTES[platform.machine()]
    assert ctypes.CDLL(None, use_errno=True).syscall(number, thread, attributes, len(attributes), 0) == 0
    return int(struct.unpack_from("=Q", attributes, 24)[0])


@SINCE_LINUX_6_12
@pytest.mark.parametrize("nice", [-5, 0, 7])
def test_a_thread_has_the_time_that_it_is_given_and_keeps_its_priority(nice: int) -> None:
    def tell() -> list[int]:
        thread = threading.get_native_id()
        try:
            os.setpriority(os.PRIO_PROCESS, thread, nice)
        except PermissionError:
            pytest.skip("only the superuser goes before others")
        usual, told = timeslice(thread), []
        for nanoseconds in (LONG, LONGEST, USUAL):
            give(thread, nanoseconds)
            told.append(timeslice(thread))
            with ThreadPoolExecutor(1) as its_own:
                assert its_own.submit(os.getpriority, os.PRIO_PROCESS, 0).result() == nice
            assert os.getpriority(os.PRIO_PROCESS, thread) == nice
        assert told[-1] == usual
        return told[:2]

    with ThreadPoolExecutor(1) as other:
        assert other.submit(tell).result() == [LONG, LONGEST]


@SINCE_LINUX_6_12
def test_what_it_starts_has_the_usual_time() -> None:
    def tell() -> int:
        give(threading.get_native_id(), LONG)
        with ThreadPoolExecutor(1) as its_own:
            return its_own.submit(lambda: timeslice(threading.get_native_id())).result()

    with ThreadPoolExecutor(1) as other:
        assert other.submit(tell).result() == timeslice(0)


@pytest.mark.parametrize("policy", [os.SCHED_BATCH, os.SCHED_IDLE])
def test_a_thread_that_was_given_another_policy_keeps_it(policy: int) -> None:
    def tell() -> int:
        thread = threading.get_native_id()
        os.sched_setscheduler(thread, policy, os.sched_param(0))
        give(thread, LONG)
        return os.sched_getscheduler(thread)

    with ThreadPoolExecutor(1) as other:
        assert other.submit(tell).result() == policy


def test_what_cannot_be_given_is_an_error_of_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ProcessLookupError):
        give(2**30, LONG)
    monkeypatch.setattr(os, "uname", lambda: os.uname_result(("Linux", "here", "6.12", "", "abacus")))
    with pytest.raises(OSError, match="abacus"):
        give(0, LONG)
