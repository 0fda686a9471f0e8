"""Content from files: whole, in the coding that its tag says, and in pieces where it is large."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import brotli
import pytest

from si_lod.releases import Releases
from si_lod.serve.app import create_app
from tests.serve.site import facts, publish

if TYPE_CHECKING:
    from pathlib import Path

    from flask.testing import FlaskClient

LINE = "a mill was seen\n"
SIZES = {"small": 100, "large": 200_000}
UNPACK = {"br": brotli.decompress, "gzip": gzip.decompress}
PATH = "/release/2025.1/report.txt?lang=en"


@pytest.fixture(params=SIZES)
def content(request: pytest.FixtureRequest) -> bytes:
    return (LINE * SIZES[request.param]).encode()


@pytest.fixture
def client(tmp_path: Path, content: bytes) -> FlaskClient:
    """The server over a release whose report is that long."""
    releases = Releases(tmp_path / "releases")
    publish(releases, "2025.1", facts())
    (releases.open("2025.1").path / "report.txt").write_bytes(content)
    return create_app(releases).test_client()


@pytest.mark.parametrize("coding", ["", *UNPACK])
def test_content_from_a_file_comes_whole_in_the_coding_that_its_tag_names(
    client: FlaskClient, content: bytes, coding: str
) -> None:
    got = client.get(PATH, headers={"Accept-Encoding": coding})
    assert ("Content-Length" in got.headers) == (not coding or len(content) <= 1024 * 1024)
    assert UNPACK.get(coding, bytes)(got.data) == content
    assert got.headers.get("Content-Encoding", "") == coding
    assert got.headers["ETag"].endswith(f'-en-{coding}"' if coding else '-en"')
    assert "Accept-Encoding" in got.headers["Vary"]


@pytest.mark.parametrize("coding", ["", *UNPACK])
def test_head_of_content_from_a_file_says_what_get_says(client: FlaskClient, coding: str) -> None:
    get, head = (client.open(PATH, method=method, headers={"Accept-Encoding": coding}) for method in ("GET", "HEAD"))
    for response in (get, head):
        response.headers.pop("Date")
    assert (head.status_code, head.headers, head.data) == (200, get.headers, b"")


@pytest.mark.parametrize("coding", ["", *UNPACK])
def test_who_has_content_from_a_file_in_that_coding_is_told_so(client: FlaskClient, coding: str) -> None:
    tag = client.get(PATH, headers={"Accept-Encoding": coding}).headers["ETag"]
    again = client.get(PATH, headers={"Accept-Encoding": coding, "If-None-Match": tag})
    assert (again.status_code, again.data, again.headers.get("Content-Encoding")) == (304, b"", None)
    other = client.get(PATH, headers={"Accept-Encoding": "" if coding else "br", "If-None-Match": tag})
    assert other.status_code == 200
