"""Content codings: which is chosen, and that the content is the same."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from si_lod.serve.transport.coding import CODINGS, choose_coding, coded, coded_pieces

if TYPE_CHECKING:
    from tests.serve.transport.client import Direct

UNPACK = {"": bytes, "gzip": gzip.decompress, "br": brotli.decompress}
VECTORS = {
    "": "",
    "identity": "",
    "gzip": "gzip",
    "GZIP": "gzip",
    "br": "br",
    "gzip, deflate, br, zstd": "br",
    "gzip, deflate": "gzip",
    "gzip;q=1.0, br;q=0.5": "gzip",
    "br;q=0": "",
    "gzip;q=0, *": "br",
    "*": "br",
    "*;q=0": "",
    "br;q=0, *": "gzip",
    "identity, gzip;q=0.5": "",
    "identity;q=0.5, gzip": "gzip",
    "identity;q=0": "",
    "x-unknown": "",
    "gzip;q=high": "",
    ",;=": "",
}


@pytest.mark.parametrize(("header", "expected"), VECTORS.items())
def test_the_coding_is_the_one_wanted_most(header: str, expected: str) -> None:
    assert choose_coding(header) == expected


@given(st.text())
def test_no_header_breaks_the_choice(header: str) -> None:
    assert choose_coding(header) in {"", *CODINGS}


@given(st.dictionaries(st.sampled_from(["gzip", "br", "*", "identity", "zstd"]), st.integers(0, 1000)))
def test_a_refused_coding_is_never_sent_and_none_of_higher_quality_is_passed_over(wanted: dict[str, int]) -> None:
    chosen = choose_coding(", ".join(f"{name};q={quality / 1000:.3f}" for name, quality in wanted.items()))
    qualities = {name: wanted.get(name, wanted.get("*", 0)) for name in CODINGS}
    if chosen:
        assert qualities[chosen] == max(qualities.values()) > 0
    else:
        assert max(qualities.values()) == 0 or wanted.get("identity", 0) > max(qualities.values())


@given(st.text(), st.sampled_from(["", *CODINGS]))
def test_content_survives_its_coding_and_has_the_same_bytes_each_time(text: str, coding: str) -> None:
    packed = coded(text, coding)
    assert UNPACK[coding](packed).decode() == text
    assert packed == coded(text.encode(), coding)


@given(st.lists(st.binary()), st.sampled_from(["", *CODINGS]))
def test_content_in_pieces_survives_its_coding_and_has_the_same_bytes_each_time(
    pieces: list[bytes], coding: str
) -> None:
    packed = b"".join(coded_pieces(pieces, coding))
    assert UNPACK[coding](packed) == b"".join(pieces)
    assert packed == b"".join(coded_pieces(pieces, coding))


@pytest.mark.parametrize("accept", ["text/turtle", "text/html", "application/rdf+xml"])
def test_each_coding_is_a_representation_of_its_own_with_the_same_content(gateway: Direct, accept: str) -> None:
    plain = gateway.get("/doc/mill/de-hoop", {"Accept": accept})
    assert "content-encoding" not in plain.headers
    for coding in CODINGS:
        got = gateway.get("/doc/mill/de-hoop", {"Accept": accept, "Accept-Encoding": coding})
        assert got.headers["content-encoding"] == coding
        assert UNPACK[coding](got.content) == plain.content
        assert got.headers["etag"] != plain.headers["etag"]
        assert got.headers["content-length"] == str(len(got.content))
        for name in ("vary", "link", "content-location", "content-type", "last-modified"):
            assert got.headers[name] == plain.headers[name]
        held = {"Accept": accept, "Accept-Encoding": coding}
        assert gateway.get("/doc/mill/de-hoop", held | {"If-None-Match": plain.headers["etag"]}).status == 200
        again = gateway.get("/doc/mill/de-hoop", held | {"If-None-Match": got.headers["etag"]})
        assert (again.status, again.headers.get("content-encoding")) == (304, None)


def test_a_result_is_sent_in_a_coding_too(gateway: Direct) -> None:
    query = "/sparql?query=SELECT%20*%20%7B%20%3Fs%20%3Fp%20%3Fo%20%7D%20ORDER%20BY%20%3Fs%20%3Fp%20%3Fo"
    plain = gateway.get(query, {"Accept": "text/csv"})
    packed = gateway.get(query, {"Accept": "text/csv", "Accept-Encoding": "gzip"})
    assert gzip.decompress(packed.content) == plain.content
    # A tag of meaning is the same for all that mean the same.
    assert packed.headers["etag"] == plain.headers["etag"]
