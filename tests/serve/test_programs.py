"""The programs of the query page run as they are, whatever their query has in it and however long it is."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from contextlib import contextmanager
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from si_lod.engine.evaluation import Form
from si_lod.serve.pages.queries.snippets import snippets
from tests.serve.test_server import answered, running

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from si_lod.releases import Releases

RUN = {"curl": ["bash"], "python": [sys.executable], "r": ["Rscript", "--vanilla"], "javascript": ["node"]}
ODD = (
    '\N{FAMILY} \N{WOMAN}\u200d\N{GIRL} € é \\ \\n \'"` \'\'\' """ ``` ${x} $(ls) $HOME !x 100%20+& )---" '
    "\r \t \0\x01\x7f\u202e\u2028\ufeff\nQUERY\n"
)
TEXTS = {
    "odd": ODD,
    "line": "a 'line' \\ \" " * 1000,
    "unicode": "€🎉\\\"'" * 3000,
    "argument": "more than 'one' argument\n" * 8000,
}


@pytest.fixture(scope="module")
def endpoint(mills: Releases) -> Iterator[str]:
    with running(mills) as (_, address):
        assert answered(address, "/health/ready")[0] == 200
        yield f"{address}/sparql"


def asking(text: str) -> str:
    """A query that has ``text`` as a literal and in comments, and says what it read."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    remark = text.replace("\r", " ").replace("\n", "\n# LOAD ")
    return f'# {remark}\nSELECT (SHA256("""{escaped}""") AS ?digest) {{}}'


def shown(endpoint: str, folder: Path, name: str, query: str, graphs: Sequence[tuple[str, str]] = ()) -> str:
    """What the program of that name prints."""
    if not shutil.which(RUN[name][0]):
        pytest.skip(f"{RUN[name][0]} is not installed")
    program = folder / ("program.mjs" if name == "javascript" else "program")
    code = next(one.code for one in snippets(endpoint, query, Form.SELECT, graphs) if one.name == name)
    program.write_text(code, encoding="utf-8", newline="")
    done = subprocess.run(
        [*RUN[name], program], capture_output=True, text=True, check=False, env={**os.environ, "LC_ALL": "C.UTF-8"}
    )
    assert done.stderr == ""
    return done.stdout


# R takes a minute to read what is no argument any more.
@pytest.mark.parametrize(("name", "kind"), [pair for pair in product(RUN, TEXTS) if pair != ("r", "argument")])
def test_a_program_asks_the_query_as_it_is(endpoint: str, tmp_path: Path, name: str, kind: str) -> None:
    printed = shown(endpoint, tmp_path, name, asking(TEXTS[kind]))
    assert sha256(TEXTS[kind].encode()).hexdigest() in printed


@contextmanager
def leading(endpoint: str, status: int) -> Iterator[str]:
    """An address that only leads to the endpoint, with the query that the address has."""

    class Leading(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self.send_response(status)
            self.send_header("Location", endpoint + self.path.removeprefix("/w/sparql"))
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_POST = do_HEAD = do_GET  # noqa: N815  the names that http.server asks for

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Leading) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/w/sparql"
        server.shutdown()


@pytest.mark.parametrize("kind", ["odd", "line"])
@pytest.mark.parametrize(("name", "status"), list(product(RUN, [301, 302, 303, 307, 308])))
def test_a_program_asks_where_the_endpoints_address_leads(
    endpoint: str, tmp_path: Path, name: str, status: int, kind: str
) -> None:
    with leading(endpoint, status) as address:
        printed = shown(address, tmp_path, name, asking(TEXTS[kind]))
    assert sha256(TEXTS[kind].encode()).hexdigest() in printed


GRAPHS = [("default-graph-uri", "http://a.example/it's?a&b=é#c"), ("named-graph-uri", "http://a.example/d")]


@pytest.mark.parametrize("length", [1, 9000])
@pytest.mark.parametrize("name", RUN)
def test_a_program_asks_of_the_graphs_that_were_asked(endpoint: str, tmp_path: Path, name: str, length: int) -> None:
    query = f"SELECT (SHA256(STR(COUNT(*))) AS ?digest) {{ ?s ?p ?o }} # {'x' * length}"
    with leading(endpoint, 302) as address:
        printed = [shown(address, tmp_path, name, query, graphs) for graphs in (GRAPHS, [])]
    assert [sha256(b"0").hexdigest() in one for one in printed] == [True, False]
