"""How many heaps the threads of a process take memory from."""

from __future__ import annotations

import platform
import subprocess
import sys

import pytest

TOLD = """
import ctypes, sys, threading
from si_lod.memory import share_heaps
if sys.argv[1:]:
    share_heaps(int(sys.argv[1]))
kept, all_there = [], threading.Barrier(12)
def take():
    all_there.wait()
    kept.append([bytes(5000) for _ in range(200)])
    all_there.wait()
threads = [threading.Thread(target=take) for _ in range(12)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
ctypes.CDLL(None).malloc_stats()
"""

pytestmark = pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="other C libraries have other heaps")


def heaps(*arguments: str) -> int:
    """Return how many heaps twelve threads came to have."""
    run = subprocess.run([sys.executable, "-c", TOLD, *arguments], capture_output=True, check=True)
    return run.stderr.count(b"\nArena ") + run.stderr.startswith(b"Arena ")


def test_threads_share_as_many_heaps_as_there_may_be() -> None:
    assert heaps("2") <= 2 < heaps()
