"""A web worker hears that it is asked to end, whenever that is."""

from __future__ import annotations

import subprocess
import sys

import pytest

ENDING = """
import asyncio, os, signal, sys, time
from si_lod.serve.transport.ending import Ending, hold
signal.signal(signal.SIGTERM, lambda *_: print("heard by nobody of this process"))
hold()
os.kill(os.getpid(), getattr(signal, sys.argv[1]))
time.sleep(0.01)
loop = asyncio.new_event_loop()
ended = loop.create_future()
Ending(0.0, lambda: loop.call_soon_threadsafe(ended.set_result, "given up")).listen(loop)
loop.add_signal_handler(getattr(signal, sys.argv[1]), print, "heard by the server")
print(loop.run_until_complete(ended))
"""


@pytest.mark.parametrize("number", ["SIGTERM", "SIGINT"])
def test_who_is_asked_to_end_before_it_listens_hears_it_then_and_the_server_as_well(number: str) -> None:
    run = subprocess.run([sys.executable, "-c", ENDING, number], capture_output=True, text=True, check=True, timeout=60)
    assert set(run.stdout.splitlines()) == {"heard by the server", "given up"}
