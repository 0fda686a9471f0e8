"""Room for deep recursion: the store's parser and planner recurse, and an overflow ends the process."""

from __future__ import annotations

import threading
from concurrent.futures import Future
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Result = TypeVar("Result")

STACK: Final = 256 * 1024 * 1024
"""The stack's size in bytes; it is address space, and becomes memory only where it is used."""

_SIZE_LOCK: Final = threading.Lock()
"""``threading.stack_size`` is of the whole process, so it is set by one thread at a time."""


def run_with_deep_stack(work: Callable[[], Result]) -> Result:
    """Return what ``work`` returns or raise what it raises, after running it in a thread with a large stack."""
    outcome: Future[Result] = Future()
    thread = threading.Thread(target=_settle, args=(outcome, work), daemon=True)
    with _SIZE_LOCK:
        usual = threading.stack_size(STACK)
        try:
            thread.start()
        finally:
            threading.stack_size(usual)
    return outcome.result()


def _settle(outcome: Future[Result], work: Callable[[], Result]) -> None:
    try:
        outcome.set_result(work())
    except BaseException as error:  # noqa: BLE001  it belongs to whoever waits
        outcome.set_exception(error)
