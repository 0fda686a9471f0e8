"""Bad input over a real connection: each gets its status and a problem in the client's format, and nothing breaks."""

from __future__ import annotations

import json
import re
import socket

import pytest

from tests.serve.transport.client import Got, spoken

Address = tuple[str, int]

MILL = "/doc/mill/de-hoop"
CAFE = "/doc/mill/caf%C3%A9"
FORMATS = {
    "text/html": "text/html; charset=utf-8",
    "text/turtle": "application/problem+json",
    "application/ld+json": "application/problem+json",
    "*/*": "text/plain; charset=utf-8",
}
INSIDE = re.compile(r"Traceback|File \"|\.py\b|site-packages|werkzeug|granian/|python", re.IGNORECASE)

PATHS = {
    # percent-encoding
    "/doc%2Fmill/de-hoop": 400,
    "/doc/mill%2fde-hoop": 400,
    "/doc/mill/de%2Dhoop": 308,
    "/doc/mill/%64%65-hoop": 308,
    "/doc/mill/de-hoop%20": 404,
    "/doc/mill/de%20hoop": 404,
    "/doc/mill/100%25": 404,
    "/doc/mill/%zz": 400,
    "/doc/mill/%": 400,
    "/doc/mill/%f": 400,
    "/doc/mill/caf%C3%A9": 404,
    "/doc/mill/caf%c3%a9": 308,
    "/doc/mill/cafe%CC%81": 404,
    "/doc/mill/%ff%fe": 400,
    "/doc/mill/%c0%af": 400,
    "/doc/mill/%ed%a0%80": 400,
    # bytes that are no text
    "/doc/mill/%00": 400,
    "/%00": 400,
    "/doc/mill/%7f": 400,
    "/doc/mill/%0d%0aSet-Cookie:%20a=b": 400,
    "/id/mill/x%0d%0aLocation:%20http://evil.example/": 400,
    # detours and slashes
    "/doc/../doc/mill/de-hoop": 308,
    "/%2e%2e/%2e%2e/etc/passwd": 308,
    "/static/../../secret.txt": 308,
    "/static/%2e%2e/secret.txt": 308,
    "/static/..%2f..%2fsecret.txt": 400,
    "/static/..%5c..%5csecret.txt": 308,
    "//evil.example/%2e%2e": 404,
    "/a/..//evil.example": 404,
    "/doc//mill/de-hoop": 404,
    f"/{MILL}": 404,
    f"//{MILL}": 404,
    "/release/2025.1//": 404,
    f"/release/2025.1/{MILL}": 404,
    f"/release//2025.1{MILL}": 404,
    "/static/style.css/": 308,
    "/static//style.css": 404,
    f"{MILL}/": 308,
    # case, matrix parameters, colons, and what is long
    "/DOC/mill/de-hoop": 404,
    "/doc/mill/DE-HOOP": 404,
    f"{MILL};v=1": 404,
    "/doc/mill/de:hoop": 404,
    "/doc/mill/" + "x" * 5000: 404,
    "/doc/mill/" + "x" * 40_000: 414,
    # queries
    f"{MILL}?x=1&y[]=%zz&lang=xx": 200,
    f"{MILL}?page=%00": 400,
    f"{MILL}?page=%3Cscript%3E": 400,
    f"{MILL}?lang=%0d%0aX:y": 200,
    "/release/2025.1/../2025.1/": 308,
    "/release/%2e%2e/": 308,
}


def asked(address: Address, path: str, *headers: str, method: str = "GET") -> Got:
    lines = [f"{method} {path} HTTP/1.1", "Host: localhost", "Connection: close", *headers]
    return spoken(address, "\r\n".join([*lines, "", ""]).encode("latin-1"))


def check(got: Got, status: int, media_type: str) -> None:
    assert got.status == status
    assert not INSIDE.search(got.text)
    assert got.headers["access-control-allow-origin"] == "*"
    assert got.headers["x-content-type-options"] == "nosniff"
    assert "x-request-id" in got.headers
    location = got.headers.get("location", "/")
    assert location.startswith("/")
    assert not location.startswith("//")
    if status >= 400:
        assert got.headers["content-type"] == media_type
        assert "Accept" in got.headers["vary"]
        if media_type == "application/problem+json":
            assert json.loads(got.text)["status"] == status


@pytest.mark.parametrize("accept", FORMATS)
@pytest.mark.parametrize(("path", "status"), PATHS.items(), ids=[path[:40] for path in PATHS])
def test_each_path_has_its_status_and_a_problem_in_the_clients_format(
    live: Address, path: str, status: int, accept: str
) -> None:
    check(asked(live, path, f"Accept: {accept}"), status, FORMATS[accept])


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_problem_is_told_in_the_readers_language(live: Address, language: str) -> None:
    for path in ("/doc/mill%2Fde-hoop", "/doc/nope", "/" + "x" * 40_000):
        got = asked(live, path, "Accept: text/html", f"Accept-Language: {language}")
        assert got.headers["content-language"] == language
        assert f'<html lang="{language}"' in got.text


LEADING = {
    "/doc/mill/de%2Dhoop": (MILL, 200),
    "/doc/mill/%64%65-hoop": (MILL, 200),
    "/doc/mill/caf%c3%a9": (CAFE, 404),
    "/doc/../doc/mill/de-hoop": (MILL, 200),
    "/%2e%2e/%2e%2e/etc/passwd": ("/etc/passwd", 404),
    "/static/../../secret.txt": ("/secret.txt", 404),
    "/static/%2e%2e/secret.txt": ("/secret.txt", 404),
    "/static/..%5c..%5csecret.txt": ("/static/..%5C..%5Csecret.txt", 404),
    f"{MILL}/": (MILL, 200),
    "/static/style.css/": ("/static/style.css", 200),
    "/release/2025.1/../2025.1/": ("/release/2025.1/", 200),
    "/release/%2e%2e/": ("/", 200),
}


def test_each_redirect_leads_to_the_one_spelling_and_there_is_what_is_there(live: Address) -> None:
    assert set(LEADING) == {path for path, status in PATHS.items() if status == 308}
    for path, (target, status) in LEADING.items():
        assert asked(live, path).headers["location"] == target
        assert asked(live, target, "Accept: text/html").status == status


RAW = {
    "/doc/mill/caf\xe9": CAFE,
    "/doc/mill/caf\xe9/": f"{CAFE}/",
    "/release/2025.1/doc/mill/caf\xe9": f"/release/2025.1{CAFE}",
    f"{MILL}/?x=caf\xe9&y=%C3%A9&lang=en": f"{MILL}?x=caf%C3%A9&y=%C3%A9&lang=en",
    "/doc/mill/caf\xe9?x=\u20ac": f"{CAFE}?x=%E2%82%AC",
}


@pytest.mark.parametrize(("path", "target"), RAW.items())
def test_what_is_sent_as_raw_utf8_leads_to_what_is_percent_encoded(live: Address, path: str, target: str) -> None:
    got = asked(live, path.encode().decode("latin-1"))
    assert (got.status, got.headers["location"]) == (308, target)


def test_words_are_looked_for_whether_they_are_sent_raw_or_encoded(live: Address) -> None:
    raw = asked(live, "/search.json?q=\xe9\xe9n".encode().decode("latin-1"))
    assert (raw.status, raw.content) == (200, asked(live, "/search.json?q=%C3%A9%C3%A9n").content)
    assert json.loads(raw.text)["query"] == "\xe9\xe9n"


@pytest.mark.parametrize("accept", FORMATS)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_redirect_says_where_it_leads_and_has_no_text(live: Address, accept: str, method: str) -> None:
    for path in (f"{MILL}/", "/id/mill/de-hoop", "/report", "/.well-known/void", "/favicon.ico", "/feed", *RAW):
        got = asked(live, path.encode().decode("latin-1"), f"Accept: {accept}", method=method)
        assert got.status in {302, 303, 308}
        assert (got.content, got.headers["content-length"]) == (b"", "0")
        assert "content-type" not in got.headers
        assert "content-language" not in got.headers


LONGEST_HEARD = 65_534
"""Bytes of an address: the server's library counts them in 16 bits, the last value of which stands for none."""
MOST_HEARD = 100
"""Headers, of which the server's library has room for so many."""


@pytest.mark.parametrize("accept", FORMATS)
@pytest.mark.parametrize("size", [32 * 1024 + 1, LONGEST_HEARD])
def test_a_long_address_is_refused_in_the_clients_words_as_long_as_the_server_hears_it(
    live: Address, size: int, accept: str
) -> None:
    for address in ("/" + "x" * (size - 1), "/search?q=" + "x" * (size - 10)):
        check(asked(live, address, f"Accept: {accept}"), 414, FORMATS[accept])


def test_what_is_too_long_for_the_server_itself_is_refused_by_it_and_harms_nobody(live: Address) -> None:
    for status, got in (
        (414, asked(live, "/" + "x" * LONGEST_HEARD)),
        (414, asked(live, "/" + "x" * 100_000)),
        (431, asked(live, "/", *(f"X-{number}: y" for number in range(MOST_HEARD - 1)))),
    ):
        assert (got.status, got.content) == (status, b"")
        assert (got.headers["connection"], got.headers["content-length"]) == ("close", "0")
    assert asked(live, MILL, *(f"X-{number}: y" for number in range(MOST_HEARD - 2))).status == 200


@pytest.mark.parametrize("accept", FORMATS)
def test_huge_headers_are_refused(live: Address, accept: str) -> None:
    check(asked(live, MILL, f"Accept: {accept}", "X-Long: " + "x" * 100_000), 431, FORMATS[accept])
    cookie = asked(live, MILL, "Accept: text/turtle", "Cookie: " + "c" * 20_000)
    assert cookie.status == 200


@pytest.mark.parametrize("accept", FORMATS)
def test_too_much_content_is_refused_whether_its_length_is_told_or_not(live: Address, accept: str) -> None:
    size = 5 * 1024 * 1024
    lines = ["POST /sparql HTTP/1.1", "Host: x", "Connection: close", "Content-Type: application/sparql-query"]
    told = [*lines, f"Accept: {accept}", f"Content-Length: {size}", "", ""]
    check(spoken(live, "\r\n".join(told).encode(), b"#" * size), 413, FORMATS[accept])
    chunked = [*lines, f"Accept: {accept}", "Transfer-Encoding: chunked", "", ""]
    chunk = b"100000\r\n" + b"#" * 0x100000 + b"\r\n"
    check(spoken(live, "\r\n".join(chunked).encode(), chunk * 5, b"0\r\n\r\n"), 413, FORMATS[accept])


def test_content_in_chunks_is_read_whole(live: Address) -> None:
    head = (
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAccept: text/csv\r\nTransfer-Encoding: chunked\r\n"
    )
    kind = b"Content-Type: application/sparql-query\r\n\r\n"
    got = spoken(live, head + kind + b"5\r\nSELEC\r\n17\r\nT ?x { BIND(41 + 1 AS ?\r\n4\r\nx) }\r\n0\r\n\r\n")
    assert (got.status, got.text.split()) == (200, ["x", "42"])


def test_packed_content_is_not_unpacked(live: Address) -> None:
    bomb = b"\x1f\x8b\x08\x00" + b"\x00" * 100
    head = b"POST /sparql HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Encoding: gzip\r\nContent-Length: 104\r\n"
    kind = b"Accept: text/turtle\r\nContent-Type: application/sparql-query\r\n\r\n"
    check(spoken(live, head + kind + bomb), 415, "application/problem+json")
    # What says that it is packed and is none of that is no query either.
    plain = head.replace(b"104", b"6") + kind + b"ASK {}"
    check(spoken(live, plain), 415, "application/problem+json")
    assert spoken(live, plain.replace(b"gzip", b"identity").replace(b"text/turtle", b"*/*")).status == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "TRACE", "CONNECT", "BREW"])
@pytest.mark.parametrize("path", [MILL, "/", "/id/mill/de-hoop", "/health/live"])
def test_other_methods_are_refused_with_those_that_are_allowed(live: Address, path: str, method: str) -> None:
    got = asked(live, path, "Accept: text/turtle", "Content-Length: 0", method=method)
    check(got, 405, "application/problem+json")
    assert set(got.headers["allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


@pytest.mark.parametrize("accept", FORMATS)
def test_the_address_of_no_resource_is_for_options_alone(live: Address, accept: str) -> None:
    for method in ("GET", "POST", "DELETE"):
        check(asked(live, "*", f"Accept: {accept}", method=method), 400, FORMATS[accept])


@pytest.mark.parametrize("path", [MILL, "/id/mill/de-hoop", "/sparql", "/doc/nope", "*"])
def test_options_says_what_is_allowed_and_who_may(live: Address, path: str) -> None:
    preflight = ("Origin: https://other.example", "Access-Control-Request-Method: GET")
    got = asked(live, path, *preflight, method="OPTIONS")
    assert (got.status, got.content) == (200, b"")
    assert {"GET", "HEAD", "OPTIONS"} <= set(got.headers["allow"].split(", "))
    assert got.headers["access-control-allow-methods"] == got.headers["allow"]
    assert got.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in got.headers


@pytest.mark.parametrize(
    "request_line",
    [
        b"GET /a b HTTP/1.1",
        b"GET /\xff HTTP/1.1",
        b"GET /\x00 HTTP/1.1",
        b"GET",
        b"\x16\x03\x01\x02\x00\x01",
        b"GET / HTTP/9.9",
    ],
)
def test_what_is_no_http_is_refused_and_harms_nobody(live: Address, request_line: bytes) -> None:
    assert spoken(live, request_line + b"\r\nHost: x\r\nConnection: close\r\n\r\n").status == 400
    assert asked(live, MILL).status == 200


@pytest.mark.parametrize("accept", FORMATS)
def test_an_address_that_does_not_begin_with_a_slash_and_two_hosts_are_refused(live: Address, accept: str) -> None:
    head = f"Accept: {accept}\r\nConnection: close\r\n\r\n".encode()
    check(spoken(live, b"GET robohouse HTTP/1.1\r\nHost: x\r\n" + head), 400, FORMATS[accept])
    check(spoken(live, b"GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n" + head), 400, FORMATS[accept])
    assert spoken(live, b"GET / HTTP/1.1\r\nHost: x\r\nAccept: */*\r\nConnection: close\r\n\r\n").status == 200
    assert asked(live, "http://evil.example").status == 200


def test_a_header_that_is_no_text_harms_nobody(live: Address) -> None:
    got = asked(live, MILL, "Accept: text/turtle;x=\xff\xfe", "If-None-Match: \xe9", "Accept-Language: \xe9")
    assert got.status == 200


def test_a_target_with_a_host_is_asked_of_this_one(live: Address) -> None:
    got = asked(live, f"http://evil.example{MILL}/")
    assert (got.status, got.headers["location"]) == (308, MILL)


def test_half_a_request_and_a_client_that_hangs_up_harm_nobody(live: Address) -> None:
    for part in (b"GET / HT", b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nquery", b""):
        for _ in range(20):
            with socket.create_connection(live, timeout=10) as connection:
                connection.sendall(part)
    assert asked(live, MILL).status == 200
