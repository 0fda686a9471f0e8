"""Whatever is sent, the answer is HTTP, no fault of ours, and if it is a problem, in the words of the client."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Final

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.serve.transport.client import Got, spoken
from tests.serve.transport.test_refusals import FORMATS, INSIDE, Address

MARK: Final = b"<xss\"'>"
"""What may stand nowhere in a page as it was sent."""
PARTS: Final = [
    *(
        b"/",
        b"//",
        b"/.",
        b"/..",
        b"/%2e%2e",
        b"%2F",
        b"%5c",
        b"\\",
        b";",
        b":",
        b"@",
        b"*",
        b"?",
        b"#",
        b"&",
        b"=",
        b"+",
    ),
    *(b"%", b"%zz", b"%00", b"%0d%0aX-A: b", b"%7f", b"%c3", b"%c3%a9", b"%ff", b"%ed%a0%80", b"%F0%9F%92%A5"),
    *(
        MARK,
        b"%3Cxss%22'%3E",
        b"javascript:alert(1)",
        b"\xc3\xa9",
        b"\xff",
        b"\x7f",
        b"\t",
        b" ",
        b"'",
        b'"',
        b"{",
        b"|",
    ),
    *(b"doc", b"id", b"mill", b"de-hoop", b"release", b"2025.1", b"list", b"search", b"sparql", b"files", b"static"),
    *(
        b"catalog",
        b"chart",
        b"embed",
        b"oembed",
        b"timemap",
        b"def",
        b"dump",
        b"feed",
        b"sitemap",
        b"places",
        b"report",
    ),
    *(b".ttl", b".html", b".json", b".svg", b".csv", b".", b"..ttl", b"x" * 3000, b"9" * 400, b"query=ASK{}", b"q=%22"),
    *(b"query=SELECT", b"page=", b"page=-1", b"format=", b"format=csv", b"row=1", b"url=", b"release=1", b"timeout=x"),
]
TARGETS: Final = st.lists(st.sampled_from(PARTS) | st.binary(max_size=3), max_size=9).map(b"".join)
VALUES: Final = st.one_of(
    st.sampled_from([b"*", b'"', b'W/"', b"bytes=", b"bytes=1-0", b"bytes=-", b"gzip;q=x", b"//evil.example", MARK]),
    st.binary(max_size=40),
    st.sampled_from([b"Thu, 01 Jan 99999 00:00:00 GMT", b"9" * 500, b"," * 3000, b"a/b;q=0." + b"9" * 2000]),
)
NAMES: Final = st.sampled_from(
    [
        *("If-None-Match", "If-Match", "If-Modified-Since", "If-Unmodified-Since", "If-Range", "Range", "Cookie"),
        *("Accept-Datetime", "Accept-Encoding", "Accept-Charset", "Content-Type", "Host", "Origin", "Forwarded"),
        *("X-Forwarded-Prefix", "X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "X_Odd", "Expect", "TE"),
    ]
)
METHODS: Final = st.sampled_from(["GET", "GET", "GET", "HEAD", "POST", "OPTIONS", "TRACE", "PUT", "BREW"])
ODD: Final = dict.fromkeys(b"\r\n\x00")
"""What would end a line, and so begin something else."""


@dataclass(frozen=True)
class Sent:
    """A request, in which ``target`` and the value of one header are anything that fits on a line."""

    method: str
    target: bytes
    name: str = "Range"
    value: bytes = b""
    accept: str = "text/html"
    language: str = "nl"

    @property
    def request(self) -> bytes:
        host = [] if self.name == "Host" else [b"Host: localhost"]
        head = self.method.encode() + b" /" + _in_one_line(self.target) + b" HTTP/1.1"
        wishes = f"Accept: {self.accept}\r\nAccept-Language: {self.language}"
        odd = self.name.encode() + b": " + _in_one_line(self.value)
        length = b"Connection: close\r\nContent-Length: 0"
        return b"\r\n".join([head, wishes.encode(), length, odd, *host, b"", b""])


REQUESTS: Final = st.builds(
    Sent, METHODS, TARGETS, NAMES, VALUES, st.sampled_from([*FORMATS]), st.sampled_from(["nl", "en"])
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=300)
@example(Sent("GET", b"doc/mill/" + MARK))
@example(Sent("GET", b"search?q=" + MARK, "Range", b"bytes=0-3"))
@example(Sent("OPTIONS", b"doc%2Fmill", accept="text/turtle"))
@given(REQUESTS)
def test_every_answer_is_http_and_every_refusal_is_told_as_the_client_wants(live: Address, sent: Sent) -> None:
    got = spoken(live, sent.request)
    assert got.status < 500
    if "x-request-id" not in got.headers:
        # No request by the grammar of HTTP; the server says so before anybody could tell what the client accepts.
        assert (got.status, got.content, got.headers["connection"]) == (400, b"", "close")
        return
    assert int(got.headers.get("content-length", "0")) == len(got.content) or sent.method == "HEAD"
    assert MARK not in got.content or not got.headers["content-type"].startswith("text/html")
    assert got.headers["x-content-type-options"] == "nosniff"
    assert got.status == 200 or not INSIDE.search(got.content.decode("utf-8", "replace"))
    assert got.headers.get("location", "/")[:2] not in {"//", "/\\"}
    assert not any(character.isdigit() for character in got.headers["server"])
    if got.status >= 400 and sent.method != "HEAD":
        _check(got, sent.accept, sent.language)


def _in_one_line(text: bytes) -> bytes:
    return bytes(byte for byte in text if byte not in ODD)


def _check(got: Got, accept: str, language: str) -> None:
    assert (got.headers["content-type"], got.headers["content-language"]) == (FORMATS[accept], language)
    assert {"Accept", "Accept-Language"} <= set(got.headers["vary"].split(", "))
    if accept in {"text/turtle", "application/ld+json"}:
        details = json.loads(got.content)
        assert (details["status"], details["type"]) == (got.status, "about:blank")
        assert details["title"]
        assert details["detail"]
    elif accept == "text/html":
        assert f'<html lang="{language}"' in got.text
    else:
        assert got.text.startswith(f"{got.status} ")
