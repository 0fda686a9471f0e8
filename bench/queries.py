"""How long light queries take: in this process, in one of their own, and over HTTP while others ask too much.

Start a service with bounds that end hopeless queries soon, then measure it::

    SI_LOD_QUERY_SECONDS=3 si-lod serve --port 8000 &
    python bench/queries.py releases/current/store http://127.0.0.1:8000/sparql

Nothing is asserted: how quick a machine is, is a figure and no promise. All load is on this machine and bounded.
"""

from __future__ import annotations

import multiprocessing
import os
import statistics
import sys
import time
from collections import Counter
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPConnection
from pathlib import Path
from queue import Empty
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pyoxigraph import QueryResultsFormat, Store

from si_lod.engine.evaluation import QueryRequest
from si_lod.engine.policy.admission import admit
from si_lod.engine.pool.pool import Bounds, Pool
from si_lod.engine.store.local import LocalEngine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from multiprocessing.queues import Queue
    from multiprocessing.synchronize import Event

LIGHT = "SELECT ({} AS ?n) {{ ?s ?p ?o }} LIMIT 1"
HOPELESS = {
    "cross products": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "sorting": "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f",
    "long mistakes": "SELECT " + "?x," * 30_000 + "?y { ?s ?p ?o }",
    "long texts": "SELECT * { VALUES ?x { " + "1 " * 90_000 + "} ?x ?y ?z }",
    "rows": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "patterns": "SELECT * { ?a ?b ?c . ?d ?e ?f FILTER(REGEX(CONCAT(STR(?c), STR(?f)), '(a+)+[bcd]*x$')) }",
    "memory": "SELECT (STRLEN(?x40) AS ?n) { BIND('xxxxxxxxxx' AS ?x0) "
    + "".join(f"BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1}) " for n in range(40))
    + "}",
}
NUMBER = 400
GREEDY = 4
ROUNDS = 3


@dataclass(frozen=True)
class Times:
    """How long each of some calls took, in milliseconds, in the order of length."""

    sorted: list[float]

    @classmethod
    def of(cls, ask: Callable[[int], object], number: int = NUMBER, pause: float = 0.0) -> Times:
        """Measure so many calls, with a pause of so many seconds after each."""
        times = []
        for turn in range(number):
            begun = time.perf_counter()
            ask(turn)
            times.append((time.perf_counter() - begun) * 1000)
            time.sleep(pause)
        return cls(sorted(times))

    @property
    def p99(self) -> float:
        """What one in a hundred took longer than."""
        return self.sorted[len(self.sorted) * 99 // 100]

    def __str__(self) -> str:
        """Return the median, the 99th percentile and the longest."""
        median = self.sorted[len(self.sorted) // 2]
        return f"median {median:7.2f}  p99 {self.p99:7.2f}  longest {self.sorted[-1]:7.2f} ms"


def request(turn: int) -> QueryRequest:
    """Return a light query that is another one each turn."""
    return QueryRequest(admit(LIGHT.format(turn)), QueryResultsFormat.JSON)


def isolation(folder: Path) -> None:
    """Print what a process of its own costs a query."""
    local, pool = LocalEngine(Store.read_only(str(folder))), Pool(Bounds(), lambda _client, _seconds: None)
    pool.answer(folder, request(-1))
    print(f"in this process         {Times.of(lambda turn: local.answer(request(turn)))}")
    print(f"in a process of its own {Times.of(lambda turn: pool.answer(folder, request(turn)))}")
    pool.crew.close()


def ask(address: str, client: str, query: str) -> int:
    """Return the status of one answer over a connection of its own."""
    parts = urlsplit(address)
    connection = HTTPConnection(parts.hostname or "", parts.port, 60, source_address=(client, 0))
    try:
        connection.request("POST", parts.path, query.encode(), {"Content-Type": "application/sparql-query"})
        response = connection.getresponse()
        response.read()
        return response.status
    finally:
        connection.close()


def light(address: str) -> Times:
    """Return how a modest client fares just now; no two of its queries are alike, so none is remembered."""
    stamp = time.monotonic_ns()

    def one(turn: int) -> None:
        status = ask(address, "127.0.0.2", LIGHT.format(stamp + turn))
        if status != HTTPStatus.OK:
            sys.exit(f"{address}: expected an answer to a light query, found status {status}; is it the endpoint?")

    return Times.of(one, pause=0.01)


def attack(address: str, hopeless: str, is_over: Event, statuses: Queue[int]) -> None:
    """Ask for too much, again and again, until it is over; no two are alike, so none is remembered."""
    while not is_over.is_set():
        status = ask(address, "127.0.0.3", f"{hopeless} # {time.monotonic_ns()}")
        statuses.put(status)
        if status == HTTPStatus.SERVICE_UNAVAILABLE:
            time.sleep(0.2)


@contextmanager
def besieged(address: str, hopeless: str) -> Iterator[Counter[int]]:
    """Have a greedy client ask for too much, four at a time, while this is held; its answers are counted by status.

    Each is a process of its own, since what the modest client waits for is to be the service and nothing else.
    """
    context = multiprocessing.get_context("spawn")
    is_over, statuses, answers = context.Event(), context.Queue(), Counter[int]()
    attackers = [context.Process(target=attack, args=(address, hopeless, is_over, statuses)) for _ in range(GREEDY)]
    for attacker in attackers:
        attacker.start()
    time.sleep(2)
    try:
        yield answers
    finally:
        is_over.set()
        while any(attacker.is_alive() for attacker in attackers) or not statuses.empty():
            with suppress(Empty):
                answers[statuses.get(timeout=0.1)] += 1


def siege(address: str) -> None:
    """Print how a modest client fares while a greedy one asks for too much, and just before, again and again."""
    ratios: dict[str, list[float]] = {name: [] for name in HOPELESS}
    for _ in range(ROUNDS):
        for name, hopeless in HOPELESS.items():
            quiet = light(address)
            with besieged(address, hopeless) as answers:
                besides = light(address)
            ratios[name].append(besides.p99 / quiet.p99)
            load = os.getloadavg()[0]
            print(f"alone {quiet}\nbeside {name:16} {besides}  p99 times {ratios[name][-1]:.2f}  (load {load:.1f})")
            print(f"       its answers      {', '.join(f'{number} of {status}' for status, number in answers.items())}")
    for name, found in ratios.items():
        print(f"beside {name:16} p99 times {statistics.median(found):.2f} in the middle of {ROUNDS}")


if __name__ == "__main__":
    isolation(Path(sys.argv[1]).resolve())
    if sys.argv[2:]:
        siege(sys.argv[2])
