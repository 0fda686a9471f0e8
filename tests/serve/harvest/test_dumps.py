"""Downloads: each as it is, with ranges, a digest, and what leads on from it."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import os
import shutil
import tracemalloc
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from si_lod.releases import TURNED, Releases
from si_lod.serve.app import create_app
from si_lod.serve.transport.answer import ask
from si_lod.serve.transport.delivery import deliver
from tests.serve.harvest.conftest import BASE, told
from tests.serve.site import facts, publish

NT = "/dump/visits.nt"


def content(twice: Path, name: str = "visits.nt") -> bytes:
    return (twice / "2/dump" / name).read_bytes()


def test_every_file_is_sent_as_it_is_with_its_length_and_digest(client: FlaskClient, twice: Path) -> None:
    names = sorted(path.name for path in (twice / "2/dump").iterdir())
    assert len(names) > 30
    for name in names:
        response = client.get(f"/dump/{name}", headers={"Accept-Encoding": "gzip, br"}, buffered=True)
        expected = content(twice, name)
        assert response.data == expected, name
        assert "Content-Encoding" not in response.headers, "the file is what the catalogue tells the size of"
        assert response.headers["Content-Length"] == str(len(expected))
        digest = base64.b64encode(hashlib.sha256(expected).digest()).decode()
        assert response.headers["Repr-Digest"] == f"sha-256=:{digest}:"
        head = client.head(f"/dump/{name}")
        assert (head.status_code, head.data) == (200, b"")
        assert told(head.headers) == told(response.headers)


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("visits.ttl", "text/turtle; charset=utf-8"),
        ("visits.nt", "application/n-triples"),
        ("visits.nq", "application/n-quads"),
        ("visits.rdf", "application/rdf+xml"),
        ("visits.jsonld", "application/ld+json"),
        ("visits.csv", "text/csv; charset=utf-8; header=present"),
        ("visits.csv.gz", "application/gzip"),
        ("visits.ttl.gz", "application/gzip"),
        ("visits.csv-metadata.json", "application/csvm+json"),
        ("SHA256SUMS", "text/plain; charset=utf-8"),
    ],
)
def test_a_file_has_the_media_type_of_its_content(client: FlaskClient, name: str, media_type: str) -> None:
    assert client.head(f"/dump/{name}").headers["Content-Type"] == media_type


def test_a_table_leads_to_its_metadata_its_data_set_and_its_licence(client: FlaskClient) -> None:
    links = client.head("/dump/branches.csv").headers["Link"]
    assert '</dump/branches.csv-metadata.json>; rel="describedby"; type="application/csvm+json"' in links
    assert '</doc/dataset/branches>; rel="collection"; type="text/html"' in links
    assert '</linkset/dataset/branches>; rel="linkset"; type="application/linkset+json"' in links
    assert '<https://creativecommons.org/publicdomain/zero/1.0/>; rel="license"' in links
    assert f'<{BASE}dump/branches.csv>; rel="canonical"' in links
    back = client.head("/dump/branches.csv-metadata.json").headers["Link"]
    assert '</dump/branches.csv>; rel="describes"; type="text/csv"' in back


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/dump/", 404),
        ("/dump/../manifest.json", 308),
        ("/dump/%2e%2e/manifest.json", 308),
        ("/dump/..%2fmanifest.json", 400),
        ("/dump/..%5cmanifest.json", 308),
        ("/dump//etc/passwd", 404),
        ("/dump/visits.nt%00", 400),
        ("/dump/.hidden", 404),
        ("/dump/none.ttl", 404),
    ],
)
def test_nothing_but_a_file_of_the_folder_is_there(client: FlaskClient, path: str, status: int) -> None:
    response = client.get(path, buffered=True)
    assert response.status_code == status
    if response.status_code == 308:
        assert client.get(response.headers["Location"], buffered=True).status_code == 404


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    releases = Releases(tmp_path / "releases")
    publish(releases, "1", facts())
    folder = releases.root / "1/dump"
    folder.mkdir()
    (folder / "out.ttl").symlink_to(releases.root / "1/manifest.json")
    (folder / "in.ttl").write_text("", encoding="utf-8")
    client = create_app(releases).test_client()
    assert client.get("/dump/out.ttl", buffered=True).status_code == 404
    assert client.get("/dump/in.ttl", buffered=True).status_code == 200


@given(first=st.integers(0, 3000), length=st.integers(1, 3000))
def test_a_range_is_that_part_of_the_file(twice: Path, first: int, length: int) -> None:
    client, whole = create_app(Releases(twice)).test_client(), content(twice)
    response = client.get(NT, headers={"Range": f"bytes={first}-{first + length - 1}"}, buffered=True)
    part = whole[first : first + length]
    assert (response.status_code, response.data) == (206, part)
    assert response.headers["Content-Range"] == f"bytes {first}-{first + len(part) - 1}/{len(whole)}"
    assert response.headers["Content-Length"] == str(len(part))


def test_the_end_of_a_file_can_be_had(client: FlaskClient, twice: Path) -> None:
    whole = content(twice)
    for asked, part in (("bytes=-10", whole[-10:]), (f"bytes={len(whole) - 5}-", whole[-5:])):
        response = client.get(NT, headers={"Range": asked}, buffered=True)
        assert (response.status_code, response.data) == (206, part)


def test_a_range_past_the_end_is_refused_with_the_size(client: FlaskClient, twice: Path) -> None:
    size = len(content(twice))
    response = client.get(NT, headers={"Range": f"bytes={size}-"}, buffered=True)
    assert (response.status_code, response.headers["Content-Range"]) == (416, f"bytes */{size}")


@pytest.mark.parametrize("asked", ["bytes=0-1,4-5", "bytes=x", "items=0-1", "bytes=5-2", "bytes", "bytes=-"])
def test_several_ranges_and_what_is_none_get_the_whole_or_are_refused(
    client: FlaskClient, twice: Path, asked: str
) -> None:
    response = client.get(NT, headers={"Range": asked}, buffered=True)
    if asked == "bytes=5-2":
        assert response.status_code == 416
    else:
        assert (response.status_code, response.data) == (200, content(twice))


def test_a_range_is_of_the_file_that_the_client_began_with_or_it_gets_the_whole_new_one(client: FlaskClient) -> None:
    etag = client.head(NT).headers["ETag"]
    asked = {"Range": "bytes=0-9"}
    assert client.get(NT, headers={**asked, "If-Range": etag}, buffered=True).status_code == 206
    assert client.get(NT, headers={**asked, "If-Range": '"another"'}, buffered=True).status_code == 200
    assert client.get(NT, headers={**asked, "If-None-Match": etag}, buffered=True).status_code == 304
    assert client.get(NT, headers={**asked, "If-Match": '"another"'}, buffered=True).status_code == 412
    assert client.head(NT, headers=asked).status_code == 200


def test_the_digests_are_those_of_the_files(client: FlaskClient, twice: Path) -> None:
    lines = client.get("/dump/SHA256SUMS", buffered=True).text.splitlines()
    stated = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    files = {path.name: path for path in (twice / "2/dump").iterdir() if path.name != "SHA256SUMS"}
    assert stated == {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in files.items()}


def test_a_release_that_states_no_digests_has_the_same_validators(
    client: FlaskClient, twice: Path, tmp_path: Path
) -> None:
    stated = client.head(NT).headers["ETag"]
    releases = Releases(tmp_path / "releases")
    publish(releases, "1", facts())
    (releases.root / "1/dump").mkdir()
    (releases.root / "1/dump/visits.nt").write_bytes(content(twice))
    assert create_app(releases).test_client().head(NT).headers["ETag"] == stated


def test_memory_does_not_grow_with_a_file(tmp_path: Path) -> None:
    size = 96 * 1024 * 1024
    releases = Releases(tmp_path / "releases")
    publish(releases, "1", facts())
    (releases.root / "1/dump").mkdir()
    (releases.root / "1/dump/SHA256SUMS").write_text(f"{'0' * 64}  large.ttl\n", encoding="utf-8")
    with (releases.root / "1/dump/large.ttl").open("wb") as file:
        file.truncate(size)
    app = create_app(releases)
    app.test_client().head("/dump/large.ttl")
    sent = 0

    async def send(message: Mapping[str, Any]) -> None:
        nonlocal sent
        sent += len(message.get("body", b""))

    async def receive() -> Mapping[str, Any]:
        await asyncio.Event().wait()
        return {}

    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": "/dump/large.ttl",
        "SCRIPT_NAME": "",
        "QUERY_STRING": "",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "wsgi.url_scheme": "http",
    }
    tracemalloc.start()
    asyncio.run(deliver(ask(app.wsgi_app, environ), "GET", receive, send))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert sent == size
    assert peak < size / 16


@pytest.fixture
def past(twice: Path, tmp_path: Path) -> Releases:
    """The same releases, made an hour and half an hour ago, of which the first is served."""
    releases = Releases(tmp_path / "releases")
    shutil.copytree(twice, releases.root, symlinks=True)
    moments = {path: path.stat().st_mtime for path in releases.root.glob("[12]/dump/*")}
    for path, moment in moments.items():
        is_kept = moment == moments.get(releases.root / "1/dump" / path.name)
        os.utime(path, (moment, moment - (3600 if is_kept else 1800)))
    releases.switch("1")
    os.utime(releases.root / TURNED, (0, 0))
    return releases


def test_a_file_keeps_its_date_until_its_bytes_change(past: Releases) -> None:
    client = create_app(past).test_client()
    kept, changed = "/dump/visits.csv", "/dump/branches.csv"
    before = {path: client.head(path) for path in (kept, changed)}
    past.switch("2", onward=True)
    for path, is_same in ((kept, True), (changed, False)):
        after = client.head(path)
        for name in ("ETag", "Last-Modified"):
            assert (after.headers[name] == before[path].headers[name]) is is_same, (path, name)
        held = client.head(path, headers={"If-Modified-Since": before[path].headers["Last-Modified"]})
        assert (held.status_code == 304) is is_same


def test_after_a_way_back_no_file_is_older_than_that(past: Releases) -> None:
    client = create_app(past).test_client()
    past.switch("2", onward=True)
    held = client.head("/dump/branches.csv").headers["Last-Modified"]
    past.switch("1")
    back = client.head("/dump/branches.csv", headers={"If-Modified-Since": held})
    assert back.status_code == 200
    assert back.last_modified is not None
    assert int(back.last_modified.timestamp()) == int(past.turned())


@pytest.mark.parametrize(
    ("accept", "name"),
    [("text/csv", "branches.csv"), ("application/n-quads", "branches.nq"), ("application/n-quads", "visits.nq")],
)
def test_who_wants_a_data_set_as_a_file_is_told_where_it_is(client: FlaskClient, accept: str, name: str) -> None:
    asked = {"Accept": accept, "Accept-Language": "en"}
    response = client.get(f"/doc/dataset/{name.partition('.')[0]}", headers=asked)
    assert response.status_code == 406
    assert f"{accept}  /dump/{name}" in response.text.splitlines()
    assert ".ttl\n" not in response.text.partition("/dump/")[2]
    assert response.text.endswith("text/html  /catalog\n")
    assert client.head(f"/dump/{name}").status_code == 200
    assert "/catalog" not in client.get("/doc/branch/harbour", headers=asked).text
