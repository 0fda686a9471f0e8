"""Asking an endpoint that may be anything: what is printed as its answer is an answer, and all of it."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import Message
from http.client import BadStatusLine
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.error import URLError

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from si_lod.client import Asking
from si_lod.complaints import Complaint
from si_lod.contents import no_answer
from si_lod.errors import EndpointFailed, InvalidQuery, InvalidSetting
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
    (SELECT, "csv", "text/csv", b"s\r\n\xff\r\n", "it is no UTF-8 at byte 3"),
    (SELECT, "json", JSON, b"", "no object of JSON"),
    (SELECT, "json", JSON, b"[]", "no object of JSON"),
    (ASK, "csv", JSON, b"", "Expecting value"),
    (ASK, "csv", JSON, b"[]", "neither true nor false"),
    (ASK, "csv", JSON, b"{}", "neither true nor false"),
    (ASK, "json", JSON, b'{"boolean":"true"}', "neither true nor false"),
]


@contextmanager
def saying(
    media_type: str, content: bytes, *, missing: int = 0, status: int = 200, heard: list[Message] | None = None
) -> Iterator[str]:
    """Give the address of a server that says so to everybody, and ends so many bytes before the end.

    The headers of each request are ``heard``.
    """

    asked: list[Message] = [] if heard is None else heard

    class Saying(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            asked.append(self.headers)
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
        assert Asking(endpoint, query, form).result() == expected


@pytest.mark.parametrize(("query", "form", "media_type", "content", "said"), NO_ANSWERS)
def test_what_is_no_answer_is_not_given_for_one(
    query: str, form: str, media_type: str, content: bytes, said: str
) -> None:
    with saying(media_type, content) as endpoint, pytest.raises(EndpointFailed, match=said) as caught:
        Asking(endpoint, query, form).result()
    assert endpoint in str(caught.value)


def test_why_it_is_no_answer_is_told_in_the_readers_language() -> None:
    with saying("text/html", b"") as endpoint, pytest.raises(EndpointFailed) as caught:
        Asking(endpoint, SELECT).result()
    assert "het is text/html, verwacht werd text/csv" in say(caught.value.args[0], "nl")


def test_an_answer_that_is_cut_off_or_endless_is_none() -> None:
    with saying("text/csv", b"s\r\n1", missing=9) as endpoint, pytest.raises(EndpointFailed, match="cut off"):
        Asking(endpoint, SELECT).result()
    with saying("text/csv", b"x" * 100) as endpoint, pytest.raises(EndpointFailed, match="more than 99 bytes"):
        Asking(endpoint, SELECT, most=99).result()


def test_an_error_with_a_reason_that_ends_early_is_still_told() -> None:
    with saying("text/plain", b"", missing=9, status=503) as endpoint, pytest.raises(EndpointFailed, match="503"):
        Asking(endpoint, SELECT).result()


BAD = "SELECT *\n{ ?s ?p ?o ?x }"
PAGE = b"""<html><head><title>Oops</title><style>p {}</style></head>
<body><h1>Oops</h1><p>It&#39;s\n bad</p><script>alert(1)</script></body></html>"""
DETAILS: dict[str, object] = {
    "title": "Ongeldig verzoek",
    "status": 400,
    "detail": "regel 2, kolom 12: punt vergeten",
    "line": 2,
    "column": 12,
}


@pytest.mark.parametrize(
    ("media_type", "content", "said"),
    [
        ("text/plain", b"error at 2:12: expected one of \".\"\r\n", 'error at 2:12: expected one of "."'),
        ("text/plain; charset=latin-1", "naïef".encode("latin-1"), "naïef"),
        ("text/plain; charset=of-nobody", "naïef".encode(), "naïef"),
        ("text/plain", b"\x1b[2Jgone", "\ufffd[2Jgone"),
        ("text/plain", b"line\n\n\n" * 100, "\n".join(["line"] * 12) + " …"),
        ("text/plain", b"x" * 100_000, "x" * 1000 + " …"),
        ("application/json", json.dumps({"message": "Unknown variable"}).encode(), "Unknown variable"),
        ("application/json", b'{"code": 7}', '{"code": 7}'),
        ("text/html", PAGE, "Oops\nIt's bad"),
        ("text/plain", b"<?xml version='1.0'?><e><why>no dot</why></e>", "no dot"),
        ("text/html", b"<html><script>1</script></html>", "it sends a page without words"),
        ("image/png", bytes(range(128, 256)), "it says so in 128 bytes of image/png, which are no text"),
        ("text/plain", b"", "it does not say why"),
        ("text/plain", b" \n", "it does not say why"),
    ],
)  # fmt: skip
@pytest.mark.parametrize(("status", "kind"), [(400, InvalidQuery), (500, EndpointFailed), (503, EndpointFailed)])
def test_what_an_endpoint_says_of_a_query_is_told_as_a_text_that_people_can_read(
    media_type: str, content: bytes, said: str, status: int, kind: type[Exception]
) -> None:
    with saying(media_type, content, status=status) as endpoint, pytest.raises(kind) as caught:
        Asking(endpoint, BAD).result()
    told = str(caught.value)
    assert told.startswith(endpoint)
    assert told.endswith(f": {said}")
    assert status == 400 or f"answers {status}" in told


def test_an_endpoint_is_asked_for_its_words_in_the_language_wanted_and_its_place_is_shown() -> None:
    heard: list[Message] = []
    content = json.dumps(DETAILS).encode()
    details = saying("application/problem+json", content, status=400, heard=heard)
    with details as endpoint, pytest.raises(InvalidQuery) as caught:
        Asking(endpoint, BAD, language="nl").result()
    assert heard[0]["Accept-Language"] == "nl"
    assert "application/problem+json" in heard[0]["Accept"]
    assert say(caught.value.args[0], "nl") == f"{endpoint} weigert de vraag: {DETAILS['detail']}"
    assert caught.value.exit_status == 1
    assert caught.value.__notes__ == ["2 | { ?s ?p ?o ?x }\n  |            ^^"]


@pytest.mark.parametrize(("line", "column"), [(0, 1), (3, 1), (10**9, 1), ("2", "1"), (2, None), (True, True), (2, -5)])
def test_a_place_that_the_query_has_not_is_not_shown(line: object, column: object) -> None:
    content = json.dumps(DETAILS | {"line": line, "column": column}).encode()
    with saying("application/problem+json", content, status=400) as endpoint, pytest.raises(InvalidQuery) as caught:
        Asking(endpoint, BAD).result()
    assert not hasattr(caught.value, "__notes__") or "^" in caught.value.__notes__[0]


def test_a_query_that_no_endpoint_would_take_is_told_with_its_place() -> None:
    with pytest.raises(InvalidQuery, match='line 2, column 6: the prefix "ex:" is not declared') as caught:
        Asking("http://127.0.0.1:9/", "SELECT *\n{ ?s ex:p ?o }").result()
    assert caught.value.exit_status == 1
    assert caught.value.__notes__ == ["2 | { ?s ex:p ?o }\n  |      ^^^^"]


@settings(max_examples=200)
@given(st.binary(max_size=200), st.sampled_from(["text/plain", "text/html", "application/json", "a/b; charset=utf-16"]))
def test_whatever_an_endpoint_says_is_told_in_a_few_lines_that_steer_no_terminal(content: bytes, kind: str) -> None:
    headers = Message()
    headers["Content-Type"] = kind
    said = Complaint.of(content, headers, BAD).said
    assert 0 < len(said) <= 1100
    assert all(character.isprintable() or character in "\n\t" or ord(character) >= 0xA0 for character in said)


@pytest.mark.parametrize("endpoint", ["", "ftp://a/sparql", "http://127.0.0.1:99999/sparql", "http://me:secret@a:b/"])
def test_what_is_no_address_is_wrong_usage(endpoint: str) -> None:
    with pytest.raises(InvalidSetting, match="the endpoint: expected an address such as http") as caught:
        Asking(endpoint, SELECT).result()
    assert (caught.value.exit_status, "secret" in str(caught.value)) == (2, False)


@pytest.mark.parametrize(
    ("error", "dutch"),
    [
        (URLError(ConnectionRefusedError(111, "Connection refused")), "de verbinding werd geweigerd"),
        (URLError(TimeoutError("timed out")), "er kwam niet op tijd antwoord"),
        (TimeoutError("timed out"), "er kwam niet op tijd antwoord"),
        (BadStatusLine("no\nHTTP\x1b[2J"), r"de melding van de lezer luidt, in het Engels: no\nHTTP\x1b[2J"),
        (ValueError(), "de melding van de lezer luidt, in het Engels: ValueError"),
    ],
)
def test_why_nobody_answers_is_told_in_the_readers_language(error: Exception, dutch: str) -> None:
    assert say(no_answer(error), "nl") == dutch


def test_a_password_in_the_address_of_an_endpoint_is_not_repeated() -> None:
    for host in ("127.0.0.1:9", "127.0.0.1"):
        with pytest.raises(EndpointFailed, match="no user or password may stand in its address") as caught:
            Asking(f"http://me:secret@{host}/sparql", SELECT).result()
        assert str(caught.value).startswith(f"http://…@{host}/sparql: ")
        assert "secret" not in str(caught.value)
