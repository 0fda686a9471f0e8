"""A result shown to people costs the server little, however large it is and however often it is asked for."""

from __future__ import annotations

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote

import pytest
from pyoxigraph import QueryResultsFormat

from si_lod.engine.evaluation import Asker, QueryRequest
from si_lod.engine.policy.admission import admit
from si_lod.engine.sharing.budgets import Budgets
from si_lod.errors import Busy
from si_lod.releases import Releases
from si_lod.serve.app import gateway_over
from si_lod.serve.current import Current
from si_lod.serve.pages.queries.results import MOST_ROWS, ResultTable, most_rows
from si_lod.serve.sparql.results import read_table
from si_lod.serve.sparql.showing import Showing
from si_lod.serve.transport.figures import Figures
from si_lod.settings import Settings
from tests.engine.conftest import eventually
from tests.serve.transport.client import Direct
from tests.serve.transport.conftest import direct

QUERY = "SELECT * { ?s ?p ?o }"
TARGET = f"/sparql?query={quote(QUERY)}"
HTML = {"Accept": "text/html", "Accept-Language": "en"}


def asking(client: str) -> QueryRequest:
    return QueryRequest(admit("ASK {}"), QueryResultsFormat.JSON, asker=Asker(client))


@pytest.mark.parametrize("columns", [1, 2, 3, 40, 5000])
def test_only_the_rows_that_are_shown_are_kept_and_the_others_counted(columns: int) -> None:
    names = [f"c{number}" for number in range(columns)]
    row = "{" + ",".join(f'"{name}":{{"type":"literal","value":"x"}}' for name in names) + "}"
    heads = ",".join(f'"{name}"' for name in names)
    content = f'{{"head":{{"vars":[{heads}]}},"results":{{"bindings":[{",".join([row] * 700)}]}}}}'
    table = read_table(admit("SELECT * {}"), content.encode())
    assert isinstance(table, ResultTable)
    assert len(table.rows) == most_rows(columns) <= MOST_ROWS
    assert len(table.rows) + table.more == 700


def test_a_page_of_a_result_is_made_once_for_everybody(mills: Releases) -> None:
    gateway = direct(mills)
    first = gateway.get(TARGET, HTML)
    again = gateway.get(TARGET, HTML)
    assert (again.status, again.content) == (200, first.content)
    assert gateway.figure("si_lod_memory_total", outcome="hit") == 1
    assert gateway.get(TARGET, HTML | {"If-None-Match": first.headers["etag"]}).status == 304
    assert gateway.get(TARGET, HTML | {"Accept-Language": "nl"}).headers["content-language"] == "nl"
    assert gateway.get(TARGET, {"Accept": "text/csv"}).headers["content-type"].startswith("text/csv")


def test_a_page_with_chance_or_with_somebodys_budget_on_it_is_made_for_each(mills: Releases) -> None:
    gateway = direct(mills)
    chance = f"/sparql?query={quote('SELECT (RAND() AS ?x) {}')}"
    assert gateway.get(chance, HTML).content != gateway.get(chance, HTML).content
    current = Current(mills)
    current.serving()
    settings = Settings(releases=mills.root, error_budget="30/hour", time_budget="100/hour")
    counted = Direct(gateway_over(current, settings, Figures(), Budgets.of(settings)))
    assert "ratelimit" in counted.get(TARGET, HTML).headers
    counted.get(TARGET, HTML)
    assert counted.figure("si_lod_memory_total", outcome="hit") == 0


def test_one_client_makes_one_page_at_a_time_and_pays_for_it() -> None:
    paid: Counter[str] = Counter()
    showing = Showing(lambda client, seconds: paid.update({client: seconds > 0}))
    done = threading.Event()

    def hold(client: str) -> None:
        with showing._turn(asking(client)):
            done.wait()

    with ThreadPoolExecutor(3) as threads:
        threads.submit(hold, "greedy")
        assert eventually(lambda: showing.turns._running["greedy"] == 1)
        for _ in range(2):
            threads.submit(hold, "greedy")
        assert eventually(lambda: len(showing.turns._waiting) == 2)
        with pytest.raises(Busy), showing._turn(asking("greedy")):
            pytest.fail("a third page of one client waits")
        with showing._turn(asking("modest")):
            pass
        done.set()
    assert paid["modest"] == 1
    assert paid["greedy"] >= 1
