"""A program that is run with few privileges: it evaluates what never ends, and says how that went."""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path
from time import monotonic, sleep

from si_lod.engine.pool.pool import Bounds, Pool
from si_lod.errors import ClientError
from tests.engine.conftest import asking

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
LAST = 19


def main(folder: Path) -> None:
    pool = Pool(Bounds(places=2, seconds=60.0), lambda _client, _seconds: None)
    pool.answer(folder, asking("ASK {}", client="modest"))
    for client in ("greedy", "another"):
        outcome: list[str] = []

        def ask(client: str = client, outcome: list[str] = outcome) -> None:
            try:
                pool.answer(folder, asking(ENDLESS, client=client, seconds=5.0))
            except ClientError as error:
                outcome.append(type(error).__name__)

        asked = threading.Thread(target=ask)
        asked.start()
        until = monotonic() + 5.0
        while LAST not in (nice := niceness()) and monotonic() < until:
            sleep(0.05)
        asked.join()
        say(*outcome, "behind" if LAST in nice else str(sorted(nice)))
    until = monotonic() + 20.0
    while pool._turns._running.total() and monotonic() < until:
        sleep(0.05)
    for number in range(5):
        pool.answer(folder, asking(f"ASK {{ BIND({number} AS ?n) }}", client="modest"))
    say("answered")
    pool.crew.close()


def say(*words: str) -> None:
    sys.stdout.write(" ".join(words) + "\n")


def niceness() -> set[int]:
    """Return the priorities of the processes that this one has started."""
    found = set()
    for task in Path(f"/proc/{os.getpid()}/task").iterdir():
        for child in (task / "children").read_text().split():
            found.add(os.getpriority(os.PRIO_PROCESS, int(child)))
    return found


if __name__ == "__main__":
    main(Path(sys.argv[1]))
