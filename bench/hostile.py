"""How long each of the hostile requests takes beyond its deadline, and what memory the service has before and after.

::

    PYTHONPATH=. python bench/hostile.py

It starts a service of its own, as the tests do, and sends it their corpus: three requests at a time from one client,
while another client asks for little. Nothing is asserted: how quick a machine is, is a figure and no promise. All load
is on this machine and bounded.
"""

from __future__ import annotations

import os
import tempfile
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from tests.engine.hostile.corpus import attacks
from tests.engine.hostile.service import MODEST, light, running

if TYPE_CHECKING:
    from tests.engine.hostile.corpus import Attack
    from tests.engine.hostile.service import Service

SECONDS = 5
"""The deadline of what names none."""
MEBIBYTE = 1024 * 1024
SHOWN = 8


def timed(service: Service, attack: Attack) -> tuple[float, int]:
    """Return how many seconds the answer came after the deadline, less than none if it came before, and its status."""
    named = parse_qs(urlsplit(attack.target).query).get("timeout", [""])[0]
    deadline = float(named) if named.replace(".", "").isdecimal() else SECONDS
    begun = time.monotonic()
    status, _, _ = service.ask(attack)
    return time.monotonic() - begun - deadline, status


def besides(service: Service, is_over: threading.Event) -> list[float]:
    """Return how many seconds each light query of another client took meanwhile."""
    took: list[float] = []
    while not is_over.is_set():
        begun = time.monotonic()
        service.ask(light(f"SELECT ({len(took)} AS ?n) {{ ?s ?p ?o }} LIMIT 1".encode()), MODEST)
        took.append(time.monotonic() - begun)
        time.sleep(0.05)
    return took


def main() -> None:
    """Send them all and print what came of it."""
    bounds = {"query_seconds": SECONDS, "query_memory": 128, "result_size": 4, "evaluators": 8}
    with tempfile.TemporaryDirectory() as folder, running(Path(folder), **bounds) as service:
        corpus, is_over, before = attacks(), threading.Event(), service.memory()
        with ThreadPoolExecutor(4) as clients:
            modest = clients.submit(besides, service, is_over)
            outcomes = list(clients.map(lambda attack: timed(service, attack), corpus))
            is_over.set()
        time.sleep(2)
        after = service.memory()
    slowest = sorted(zip(corpus, outcomes, strict=True), key=lambda each: -each[1][0])[:SHOWN]
    print(f"{len(corpus)} requests, statuses {dict(Counter(status for _, status in outcomes))}")
    for attack, (late, status) in slowest:
        print(f"{late:+.2f} s of its deadline: {status} {attack.name}")
    took = sorted(modest.result())
    print(f"besides, {len(took)} light queries: median {took[len(took) // 2] * 1000:.1f} ms, longest {took[-1]:.2f} s")
    print(f"memory of the server: {before / MEBIBYTE:.0f} MiB before, {after / MEBIBYTE:.0f} MiB after")
    print(f"load of the machine {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
