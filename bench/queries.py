"""How long light queries take: in this process, in one of their own, and over HTTP while others ask too much.

Start a service with bounds that end hopeless queries soon, then measure it::

    SI_LOD_QUERY_SECONDS=3 si-lod serve --port 8000 &
    python bench/queries.py releases/current/store http://127.0.0.1:8000/sparql

Nothing is asserted: how quick a machine is, is a figure and no promise. All load is on this machine and bounded.
"""

from __future__ import annotations

import sys
import threading
import time
from http import HTTPStatus
from http.client import HTTPConnection
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pyoxigraph import QueryResultsFormat, Store

from si_lod.engine.evaluation import QueryRequest
from si_lod.engine.local import LocalEngine
from si_lod.engine.policy import admit
from si_lod.engine.pool import Bounds, Pool

if TYPE_CHECKING:
    from collections.abc import Callable

LIGHT = "SELECT ({} AS ?n) {{ ?s ?p ?o }} LIMIT 1"
HOPELESS = {
    "nobody": None,
    "cross products": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "sorting": "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f",
    "long mistakes": "SELECT " + "?x," * 30_000 + "?y { ?s ?p ?o }",
    "long texts": "SELECT * { VALUES ?x { " + "1 " * 90_000 + "} ?x ?y ?z }",
}
NUMBER = 400
GREEDY = 4


def measured(ask: Callable[[int], object], number: int = NUMBER, pause: float = 0.0) -> str:
    """Return the median, the 99th percentile and the longest of so many calls, in milliseconds."""
    times = []
    for turn in range(number):
        begun = time.perf_counter()
        ask(turn)
        times.append((time.perf_counter() - begun) * 1000)
        time.sleep(pause)
    times.sort()
    return f"median {times[number // 2]:7.2f}  p99 {times[number * 99 // 100]:7.2f}  longest {times[-1]:7.2f} ms"


def request(turn: int) -> QueryRequest:
    """Return a light query that is another one each turn."""
    return QueryRequest(admit(LIGHT.format(turn)), QueryResultsFormat.JSON)


def isolation(folder: Path) -> None:
    """Print what a process of its own costs a query."""
    local, pool = LocalEngine(Store.read_only(str(folder))), Pool(Bounds(), lambda _client, _seconds: None)
    pool.answer(folder, request(-1))
    print(f"in this process         {measured(lambda turn: local.answer(request(turn)))}")
    print(f"in a process of its own {measured(lambda turn: pool.answer(folder, request(turn)))}")
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


def siege(address: str) -> None:
    """Print how a modest client fares while a greedy one asks for too much, four at a time."""
    for name, hopeless in HOPELESS.items():
        is_over = threading.Event()

        def attack(query: str, is_over: threading.Event = is_over) -> None:
            while not is_over.is_set():
                if ask(address, "127.0.0.3", query) == HTTPStatus.SERVICE_UNAVAILABLE:
                    time.sleep(0.2)

        attackers = [threading.Thread(target=attack, args=(hopeless,)) for _ in range(GREEDY if hopeless else 0)]
        for attacker in attackers:
            attacker.start()
        time.sleep(1)
        stamp = time.monotonic_ns()
        shown = measured(lambda turn, stamp=stamp: ask(address, "127.0.0.2", LIGHT.format(stamp + turn)), pause=0.01)
        print(f"beside {name:16} {shown}")
        is_over.set()
        for attacker in attackers:
            attacker.join()


if __name__ == "__main__":
    isolation(Path(sys.argv[1]).resolve())
    if sys.argv[2:]:
        siege(sys.argv[2])
