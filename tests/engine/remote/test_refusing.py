"""A push to what is no graph store, or one that does not take it: told with what was expected, found and to be done."""

from __future__ import annotations

import re
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from si_lod.engine.remote.holding.graphstore import GraphStore
from si_lod.engine.remote.holding.shelf import Shelf
from si_lod.engine.remote.holding.transit import Transit
from si_lod.engine.remote.looking.naming import COMING
from si_lod.engine.remote.pushing import Push
from si_lod.engine.remote.speaking.credentials import Credentials
from si_lod.engine.remote.speaking.exchange import Exchange
from si_lod.errors import EndpointFailed
from si_lod.releases import Releases
from si_lod.sentences import say
from tests.acceptance.live import free_port
from tests.cli.command import si_lod
from tests.engine.conftest import eventually
from tests.engine.remote.machine import Oxigraph, disturbed
from tests.serve.library import BASE
from tests.serve.transport.tls import certificate

Handler = type[BaseHTTPRequestHandler]


@contextmanager
def listening(handler: Handler, keys: ssl.SSLContext | None = None) -> Iterator[str]:
    """Give the address of a server that answers so, as it would be spelled without TLS."""
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        if keys:
            server.socket = keys.wrap_socket(server.socket, server_side=True)
        server.handle_error = lambda *_: None  # type: ignore[method-assign]  # who hangs up is no news
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}/store"
        finally:
            server.shutdown()
            thread.join(20)


def website(get: int, put: int = 405, kind: str = "text/html", content: bytes = b"<html>", **headers: str) -> Handler:
    """Return what answers so, whatever the address."""
    sent = {"Content-Type": kind, "Content-Length": str(len(content))}
    sent |= {name.replace("_", "-"): value for name, value in headers.items()}

    class Website(BaseHTTPRequestHandler):
        def answer(self, status: int) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self.send_response(status)
            for name, value in sent.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content if self.command != "HEAD" else b"")

        def read(self) -> None:
            self.answer(get)

        def write(self) -> None:
            self.answer(put)

        do_GET = do_HEAD = read  # noqa: N815  the library's names
        do_PUT = do_POST = do_DELETE = write  # noqa: N815

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the library's name
            pass

    return Website


def refused(releases: Releases, address: str, message: str, user: str = "") -> EndpointFailed:
    """Return what a push to that address ends with, which says ``message``."""
    with pytest.raises(EndpointFailed, match=message) as caught:
        Push(releases.open("2"), GraphStore(address, Credentials(user, "x"), 20.0), 2).run()
    assert str(caught.value).startswith(f"{address}: ")
    assert say(caught.value.args[0], "nl") != str(caught.value)
    return caught.value


@pytest.mark.parametrize(
    ("site", "message"),
    [
        (website(200), "found: content of type text/html; give --to the address"),
        (website(200, kind="application/json", content=b"{}"), "found: content of type application/json; give --to"),
        (website(200, kind="text/plain", content=b"Hello, world"), "expected N-Triples: "),
        (website(404, 404), "that takes writing .* found at POST: 404 Not Found; give --to the address"),
        (website(404, 405), "that takes writing .* found at POST: 405 Method Not Allowed; give --to"),
        (website(404, 501), "found at POST: 501 Not Implemented; give --to the address"),
        (website(405), "expected a graph store .*, found: 405 Method Not Allowed; give --to the address"),
        (website(302, Location="/login"), "found a redirect to /login; if that is the engine, give its own address"),
        (website(404, 308, Location="https://a/"), "found a redirect to https://a/; if that is the engine"),
        (website(401), "wants to know who writes: 401 Unauthorized; give a user by --engine-user"),
        (website(404, 403), "POST is refused: 403 Forbidden; if the engine is read-only"),
        (website(404, 413), "larger than what is taken there: 413 .*; raise the engine's limit"),
        (website(404, 507), "the engine failed at POST: 507 Insufficient Storage; .* is its disk full"),
        (
            website(500, kind="text/plain", content=b"out of\n rooms"),
            "at GET: 500 Internal Server Error: out of rooms;",
        ),
        (website(404, 409), "POST failed: 409 Conflict"),
    ],
)
def test_what_is_no_graph_store_is_told_as_that(two: Releases, site: Handler, message: str) -> None:
    with listening(site) as address:
        assert "<html>" not in str(refused(two, address, message))


def test_a_user_who_is_not_known_is_named(two: Releases) -> None:
    with listening(website(401, WWW_Authenticate='Basic realm="x"')) as address:
        refused(two, address, 'does not know the user "me" with this password: 401', "me")


def test_a_store_of_files_gives_the_same_for_every_graph_and_keeps_nothing(two: Releases, tmp_path: Path) -> None:
    class Files(SimpleHTTPRequestHandler):
        """As a web server does that lets files be put and does not look at what is asked of them."""

        def guess_type(self, path: object) -> str:  # noqa: ARG002  whatever it is
            return "application/n-triples"

        def __init__(self, *arguments: object) -> None:
            super().__init__(*arguments, directory=str(tmp_path))  # type: ignore[arg-type]

        def do_PUT(self) -> None:
            (tmp_path / "store").write_bytes(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(201)
            self.end_headers()

        def do_POST(self) -> None:
            self.do_PUT()

        def do_DELETE(self) -> None:
            (tmp_path / "store").unlink()
            self.send_response(204)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the library's name
            pass

    with listening(Files) as address:
        error = refused(two, address, "found the same content for every graph")
        assert error.__notes__ == ["what was sent of it was taken away again"]
    assert list(tmp_path.iterdir()) == []


def test_tls_where_there_is_none_and_the_reverse_are_told_apart(two: Releases, tmp_path: Path) -> None:
    with listening(website(404)) as address:
        secure = address.replace("http:", "https:")
        refused(two, secure, r"expected TLS, found something else .*; is it http:// there")
    keys = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    keys.load_cert_chain(*certificate(tmp_path))
    with listening(website(404), keys) as address:
        refused(two, address, "expected an answer in HTTP, found none; is it https:// there")
        secure = address.replace("http:", "https:")
        refused(two, secure, "the engine's certificate is not trusted: .*SSL_CERT_FILE")


def test_an_engine_that_only_reads_is_told_as_that_and_the_release_stays_out(two: Releases, tmp_path: Path) -> None:
    port, command = free_port(), Path(sys.executable).with_name("oxigraph")
    subprocess.run(
        [command, "update", "--location", tmp_path, "--update", "INSERT DATA { <http://a/s> <http://a/p> 1 }"],
        check=True,
        capture_output=True,
        timeout=60,
    )
    with subprocess.Popen(
        [command, "serve-read-only", "--location", tmp_path, "--bind", f"127.0.0.1:{port}"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as engine:
        try:
            store = GraphStore(f"http://127.0.0.1:{port}/store", Credentials(), 20.0)
            assert eventually(lambda: _is_there(store))
            refused(two, store.address, "POST is refused: 403 .*read-only")
        finally:
            engine.kill()


def _is_there(store: GraphStore) -> bool:
    try:
        return Shelf.read(store, BASE).held == ()
    except EndpointFailed:
        return False


def test_what_the_engine_took_before_it_failed_is_taken_away_again_or_told(two: Releases, oxigraph: Oxigraph) -> None:
    direct = GraphStore(oxigraph.store, Credentials(), 20.0)
    asked = 0

    def full(answer: bytes) -> Iterator[bytes]:
        nonlocal asked
        asked += 1
        # what is in transit, twice, the shelf, what is in transit now, twice, a graph that there is not, the release
        yield answer if asked != 7 else b"HTTP/1.1 507 Insufficient Storage\r\nContent-Length: 0\r\n\r\n"

    def gone(answer: bytes) -> Iterator[bytes]:
        nonlocal asked
        asked += 1
        yield answer if asked < 7 else b""

    for disturb, note in ((full, r"taken away again$"), (gone, r"may be there still, as the graph <(\S+)>; no server")):
        asked = 0
        with disturbed(oxigraph.port, disturb) as port:
            error = refused(two, f"http://127.0.0.1:{port}/store", "at PUT")
        found = [re.search(note, text) for text in error.__notes__]
        graphs = {match[1] for match in found if match and match.re.groups}
        assert len(found) == 1
        assert all(found)
        assert Transit.read(direct, BASE).named(COMING) == graphs
    assert len(graphs) == 1
    assert Push(two.open("2"), direct, 2).run().cleared == 0
    assert Push(two.open("2"), direct, 2, is_alone=True).run().cleared == 1
    assert Transit.read(direct, BASE).triples == ()
    for graph in graphs:
        assert direct.read(graph) == []


def test_queries_that_go_nowhere_are_found_out_before_anything_is_sent(two: Releases, oxigraph: Oxigraph) -> None:
    graphs = GraphStore(oxigraph.store, Credentials(), 20.0)
    expected = "expected a SPARQL endpoint, found: {}.*; give --engine the address"
    for address, found in (
        ("http://127.0.0.1:9/query", ".*refused"),
        (oxigraph.store, "4.."),
        (oxigraph.query.replace("/query", "/"), "404 Not Found: POST / is not supported"),
    ):
        with pytest.raises(EndpointFailed, match=expected.format(found)):
            Push(two.open("2"), graphs, 2, Exchange(address, Credentials())).run()
    with listening(website(200, 200)) as address, pytest.raises(EndpointFailed, match=expected.format("")):
        Push(two.open("2"), graphs, 2, Exchange(address, Credentials())).run()
    assert Transit.read(graphs, BASE).triples == ()


def test_the_command_says_what_is_wrong_once_and_what_stays(two: Releases, oxigraph: Oxigraph) -> None:
    done = si_lod(two.root.parent, "push", "--to", oxigraph.query, "--releases", str(two.root), "--lang", "nl")
    assert (done.returncode, done.stdout) == (3, "")
    assert "verwacht werd een graph store" in done.stderr
    done = si_lod(
        two.root.parent, "push", "--to", oxigraph.store, "--engine", "http://127.0.0.1:9/q", "--releases", str(two.root)
    )
    assert (done.returncode, len(done.stderr.splitlines())) == (3, 1)
    assert "expected a SPARQL endpoint" in done.stderr
