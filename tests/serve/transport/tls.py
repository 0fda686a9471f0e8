"""A proxy that ends TLS before a server, as deployments have one: it takes the certificate off and says so."""

from __future__ import annotations

import http.client
import os
import shutil
import ssl
import subprocess
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import pytest

from tests.serve.transport.client import Got

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HOP: Final = {"connection", "host", "keep-alive", "transfer-encoding"}
"""Headers of one connection, which a proxy does not pass on (RFC 9110 §7.6.1)."""


@dataclass(frozen=True)
class Ended:
    """Where TLS is spoken, and the certificate that a client has to trust for it."""

    origin: str
    context: ssl.SSLContext

    def ask(self, path: str, *headers: tuple[str, str], method: str = "GET") -> Got:
        """Return what is answered over TLS, whose certificate is looked at."""
        parts = urlsplit(self.origin)
        connection = http.client.HTTPSConnection(
            parts.hostname or "", parts.port, timeout=20, context=self.context, blocksize=65536
        )
        connection.request(method, path, headers=dict(headers))
        response = connection.getresponse()
        got = Got(response.status, {name.lower(): value for name, value in response.getheaders()}, response.read())
        connection.close()
        return got


@contextmanager
def ending_tls(folder: Path, address: str) -> Iterator[Ended]:
    """Give a proxy before the server at ``address``; without openssl, which makes its certificate, there is none."""
    signed, key = certificate(folder)
    proxy = ThreadingHTTPServer(("127.0.0.1", 0), type("Before", (_Proxy,), {"behind": urlsplit(address).netloc}))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(signed, key)
    proxy.socket = context.wrap_socket(proxy.socket, server_side=True)
    thread = Thread(target=proxy.serve_forever)
    thread.start()
    try:
        trusting = ssl.create_default_context(cafile=str(signed))
        yield Ended(f"https://127.0.0.1:{proxy.server_address[1]}", trusting)
    finally:
        proxy.shutdown()
        thread.join()
        proxy.server_close()


def certificate(folder: Path) -> tuple[Path, Path]:
    """Return the files of a certificate that nobody trusts and of its key."""
    openssl = shutil.which("openssl")
    if openssl is None:
        assert not os.environ.get("CI"), "openssl makes the certificate of the proxy"
        pytest.skip("there is no openssl to make a certificate with")
    signed, key = folder / "certificate.pem", folder / "key.pem"
    names = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    made = ["-newkey", "rsa:2048", "-nodes", "-keyout", str(key), "-out", str(signed), "-days", "2"]
    subprocess.run([openssl, "req", "-x509", *made, *names], check=True, capture_output=True)
    return signed, key


class _Proxy(BaseHTTPRequestHandler):
    """Passes a request on with the path as it came, and adds its own to what is said of the way so far."""

    behind = ""

    def do_GET(self) -> None:
        asked = {name: value for name, value in self.headers.items() if name.lower() not in HOP}
        for name, value in (("X-Forwarded-For", self.client_address[0]), ("X-Forwarded-Proto", "https")):
            asked[name] = ", ".join(filter(None, [self.headers.get(name), value]))
        connection = http.client.HTTPConnection(self.behind, timeout=20)
        connection.request(self.command, self.path, headers={"Host": self.headers["Host"], **asked})
        response = connection.getresponse()
        content = response.read()
        self.send_response_only(response.status)
        for name, value in response.getheaders():
            if name.lower() not in HOP:
                self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)
        connection.close()

    def do_HEAD(self) -> None:
        self.do_GET()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  its name there
        """Say nothing."""
