"""A result of a gigabyte comes whole, and the service has it in memory at no time."""

from __future__ import annotations

import http.client
from pathlib import Path
from urllib.parse import quote

from tests.engine.conftest import MEBIBYTE
from tests.engine.hostile.service import MODEST, running

ROWS = 1030
LETTERS = 20
QUERY = (
    "SELECT ?x20 { BIND('x' AS ?x0) "
    + "".join(f"BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1}) " for n in range(LETTERS))
    + f"?a ?b ?c . ?d ?e ?f }} LIMIT {ROWS}"
)


def test_a_gigabyte_passes_through_little_memory(tmp_path: Path) -> None:
    with running(tmp_path, result_size=2048, query_memory=128, query_seconds=120) as service:
        before = service.memory()
        connection = http.client.HTTPConnection("127.0.0.1", service.port, 300, source_address=(MODEST, 0))
        connection.request("GET", f"/sparql?format=csv&query={quote(QUERY)}", headers={"Accept-Encoding": "identity"})
        response = connection.getresponse()
        length = int(response.headers["Content-Length"])
        assert (response.status, length) == (200, 5 + ROWS * ((1 << LETTERS) + 2))
        received, most = 0, before
        while piece := response.read(MEBIBYTE):
            received += len(piece)
            if received % (64 * MEBIBYTE) < MEBIBYTE:
                most = max(most, service.memory())
        connection.close()
        assert received == length > 1 << 30
        assert most - before < 64 * MEBIBYTE
