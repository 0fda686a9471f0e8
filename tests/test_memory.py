"""How many heaps the threads of a process take memory from."""

from __future__ import annotations

import os
import platform
import subprocess
import sys

import pytest

TAKING = """
import ctypes, threading
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
"""What twelve threads take at once, and how many heaps there are then (``man 3 malloc_stats``)."""
GLIBC = pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="other C libraries have other heaps")


def heaps(code: str, *arguments: str) -> int:
    """Return how many heaps there are when the code has been run and the threads have taken what they take."""
    told = {name: value for name, value in os.environ.items() if name not in {"MALLOC_ARENA_MAX", "GLIBC_TUNABLES"}}
    taking = f"{code}\n{TAKING}\nimport os; os._exit(0)"
    run = subprocess.run([sys.executable, "-c", taking, *arguments], capture_output=True, check=False, env=told)
    assert run.returncode == 0, run.stderr.decode()
    return run.stderr.count(b"\nArena ") + run.stderr.startswith(b"Arena ")


@GLIBC
def test_threads_share_as_many_heaps_as_there_may_be() -> None:
    assert heaps("from si_lod.memory import share_heaps; share_heaps(2)") <= 2 < heaps("")
