"""How a graph store is told who writes."""

from __future__ import annotations

import hashlib
import threading
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.request import Request, parse_http_list, parse_keqv_list

import pytest

from si_lod.engine.remote.holding.challenge import authorization
from si_lod.engine.remote.speaking.credentials import Credentials

SOMEBODY = Credentials("me", "sécret:x")


@contextmanager
def asking(challenge: str) -> Iterator[str]:
    """Give the address of a server that asks nobody in with that challenge, if there is one."""

    class Handler(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            self.send_response(401 if challenge else 200)
            if challenge:
                self.send_header("WWW-Authenticate", challenge)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the library's name
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}/store?graph=g"
        finally:
            server.shutdown()
            thread.join(20)


@pytest.mark.parametrize("challenge", ["", 'Basic realm="x"'])
def test_whoever_asks_for_no_digest_is_told_as_it_is(challenge: str) -> None:
    with asking(challenge) as address:
        found = authorization(Request(address, method="PUT"), SOMEBODY, 20.0)
        assert found == f"Basic {b64encode('me:sécret:x'.encode()).decode()}"
        assert authorization(Request(address, method="PUT"), Credentials(), 20.0) == ""


def test_whoever_asks_for_a_digest_gets_one_of_this_very_request_and_not_the_password() -> None:
    with asking('Digest realm="SPARQL", qop="auth", nonce="n1", algorithm=MD5') as address:
        found = authorization(Request(address, b"content", method="PUT"), Credentials("me", "secret:x"), 20.0)
    assert found.startswith("Digest ")
    said = parse_keqv_list(parse_http_list(found.removeprefix("Digest ")))
    who = hashlib.md5(b"me:SPARQL:secret:x", usedforsecurity=False).hexdigest()
    what = hashlib.md5(b"PUT:/store?graph=g", usedforsecurity=False).hexdigest()
    middle = f"{said['nonce']}:{said['nc']}:{said['cnonce']}:{said['qop']}"
    expected = hashlib.md5(f"{who}:{middle}:{what}".encode(), usedforsecurity=False).hexdigest()
    assert (said["username"], said["uri"], said["response"]) == ("me", "/store?graph=g", expected)
    assert "secret" not in found
