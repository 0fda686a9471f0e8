"""Asking an endpoint that may be anything: what is printed as its answer is an answer, and all of it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from si_lod.client import ask
from si_lod.errors import EndpointFailed
from si_lod.sentences import say

JSON = "application/sparql-results+json"
SELECT, ASK, CONSTRUCT = "SELECT * { ?s ?p ?o }", "ASK {}", "CONSTRUCT WHERE { ?s ?p ?o }"
ANSWERS = {
    (SELECT, "csv"): ("text/csv; charset=utf-8", b"s\r\n1\r\n", "s\r\n1\r\n"),
    (SELECT, "json"): (JSON, b'{"head":{},"results":{}}', '{"head":{},"results":{}}'),
    (ASK, "csv"): ("application/json", b'{"boolean":true}', "true\n"),
    (ASK, "json"): (JSON, b'{"boolean":false}', '{"boolean":false}'),
    (CONSTRUCT, "csv"): ("text/turtle", b"<a:a> <a:b> <a:c> .", "<a:a> <a:b> <a:c> ."),
}
NO_ANSWERS = [
    (SELECT, "csv", "text/html", b"<html>please log in</html>", "it is text/html, expected text/csv"),
    (SELECT, "json", "text/html", b"<html>please log in</html>", "it is text/html, expected"),
    (ASK, "csv", "text/html", b"<html>please log in</html>", "it is text/html, expected"),
    (CONSTRUCT, "csv", "text/html", b"<html>please log in</html>", "it is text/html, expected"),
    (SELECT, "csv", "text/csv", b"s\r\n\xff\r\n", "can't decode"),
    (SELECT, "json", JSON, b"", "no object of JSON"),
    (SELECT, "json", JSON, b"[]", "no object of JSON"),
    (ASK, "csv", JSON, b"", "Expecting value"),
    (ASK, "csv", JSON, b"[]", "expected an answer"),
    (ASK, "csv", JSON, b"{}", "expected an answer"),
    (ASK, "json", JSON, b'{"boolean":"true"}', "neither true nor false"),
]


@contextmanager
def saying(media_type: str, content: bytes, *, missing: int = 0, status: int = 200) -> Iterator[str]:
    """Give the address of a server that says so to everybody, and ends so many bytes before the end."""

    class Saying(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(status)
            self.send_header("Content-Type", media_type)
            self.send_header("Content-Length", str(len(content) + missing))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  its name there
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Saying) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}/sparql"
        finally:
            server.shutdown()
            thread.join()


@pytest.mark.parametrize(("query", "form"), ANSWERS)
def test_an_answer_is_given_as_it_is(query: str, form: str) -> None:
    media_type, content, expected = ANSWERS[query, form]
    with saying(media_type, content) as endpoint:
        assert ask(endpoint, query, form=form) == expected


@pytest.mark.parametrize(("query", "form", "media_type", "content", "said"), NO_ANSWERS)
def test_what_is_no_answer_is_not_given_for_one(
    query: str, form: str, media_type: str, content: bytes, said: str
) -> None:
    with saying(media_type, content) as endpoint, pytest.raises(EndpointFailed, match=said) as caught:
        ask(endpoint, query, form=form)
    assert endpoint in str(caught.value)


def test_why_it_is_no_answer_is_told_in_the_readers_language() -> None:
    with saying("text/html", b"") as endpoint, pytest.raises(EndpointFailed) as caught:
        ask(endpoint, SELECT)
    assert "het is text/html, verwacht werd text/csv" in say(caught.value.args[0], "nl")


def test_an_answer_that_is_cut_off_or_endless_is_none() -> None:
    with saying("text/csv", b"s\r\n1", missing=9) as endpoint, pytest.raises(EndpointFailed, match="cut off"):
        ask(endpoint, SELECT)
    with saying("text/csv", b"x" * 100) as endpoint, pytest.raises(EndpointFailed, match="more than 99 bytes"):
        ask(endpoint, SELECT, most=99)


def test_an_error_with_a_reason_that_ends_early_is_still_told() -> None:
    with saying("text/plain", b"", missing=9, status=503) as endpoint, pytest.raises(EndpointFailed, match="503"):
        ask(endpoint, SELECT)
