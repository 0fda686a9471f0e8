"""Which release answers."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Literal, NamedNode, Triple

from si_lod.errors import NoRelease, UnknownRelease
from si_lod.releases import Releases
from si_lod.serve.app import create_app
from si_lod.serve.current import Current
from si_lod.serve.nodes import TYPE
from si_lod.serve.opened import Opened, Serving
from si_lod.serve.sparql.queries import Queries
from si_lod.settings import Settings
from tests.serve.site import BASE, publish

if TYPE_CHECKING:
    from pathlib import Path

THING = NamedNode(f"{BASE}id/mill/new")
LABEL = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")


def named(name: str) -> list[Triple]:
    return [Triple(THING, LABEL, Literal(name))]


def test_a_new_release_is_served_at_once_and_a_rollback_too(tmp_path: Path) -> None:
    releases = Releases(tmp_path)
    publish(releases, "1", named("first"))
    client = create_app(releases).test_client()
    tags = [client.get("/doc/mill/new.ttl").headers["ETag"]]
    publish(releases, "2", named("second"))
    second = client.get("/doc/mill/new.ttl")
    assert "second" in second.text
    tags.append(second.headers["ETag"])
    releases.switch("1")
    assert "first" in client.get("/doc/mill/new.ttl").text
    assert len(set(tags)) == 2


def test_a_release_that_is_made_anew_as_the_same_version_is_the_one_that_answers_in_pages_and_queries(
    tmp_path: Path,
) -> None:
    releases = Releases(tmp_path)
    queries = Queries.of(Settings(releases=tmp_path), lambda _: None)
    publish(releases, "0", named("of before"), issued="2025-01-01")
    publish(releases, "1", named("first"))
    client = create_app(releases, queries).test_client()
    query = f"sparql?query=SELECT+*+{{{THING}+?p+?o}}&format=csv"

    def answers(what: str, *below: str) -> set[bool]:
        return {what in client.get(f"{room}{page}").text for room in below for page in (query, "doc/mill/new.ttl")}

    try:
        for version, rooms in (("1", ("/", "/release/1/")), ("0", ("/release/0/",))):
            before = "first" if version == "1" else "of before"
            assert answers(before, *rooms) == {True}
            shutil.rmtree(tmp_path / version)
            # Nothing is there for a while, and who asks for what is current is answered from what was.
            assert version == "0" or answers(before, "/") == {True}
            publish(releases, version, named("anew"), issued="2025-03-02" if version == "1" else "2025-01-02")
            releases.switch("1")
            assert answers("anew", *rooms) == {True}
    finally:
        queries.evaluation.pool.crew.close()


def test_who_reads_an_older_release_reads_it_to_the_end(tmp_path: Path) -> None:
    releases = Releases(tmp_path)
    publish(releases, "1", named("first"))
    current = Current(releases)
    reading = current.serving()
    publish(releases, "2", named("second"))
    assert current.serving() is not reading
    assert [triple.object for triple in reading.engine.match(THING, None, None)] == [Literal("first")]


def test_without_a_release_the_answer_is_503_and_says_so(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    client = create_app(Releases(tmp_path)).test_client()
    for accept in ("text/html", "text/turtle", "*/*"):
        response = client.get("/id/mill/new", headers={"Accept": accept})
        assert response.status_code == 503
        assert "Retry-After" in response.headers
        assert str(tmp_path) not in response.text
    assert str(tmp_path) in caplog.text


def test_a_release_that_cannot_be_opened_leaves_the_last_good_one(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    releases = Releases(tmp_path)
    publish(releases, "1", named("first"))
    client = create_app(releases).test_client()
    assert client.get("/doc/mill/new.ttl").status_code == 200
    publish(releases, "2", named("second"))
    shutil.rmtree(tmp_path / "2/store")
    for _ in range(2):
        assert "first" in client.get("/doc/mill/new.ttl").text
    assert len([record for record in caplog.records if record.levelname == "ERROR"]) == 1


@pytest.mark.parametrize("damaged", ["CURRENT", "MANIFEST-*", "*.sst"])
@pytest.mark.parametrize("part", [0, 2])
def test_a_damaged_release_leaves_the_last_good_one_and_takes_no_page_along(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, damaged: str, part: int
) -> None:
    releases = Releases(tmp_path)
    publish(releases, "1", named("first"), issued="2025-01-01")
    client = create_app(releases).test_client()
    assert client.get("/doc/mill/new.ttl").status_code == 200
    publish(releases, "2", named("second"), issued="2025-02-01")
    damage(tmp_path / "2/store", damaged, part)
    for _ in range(2):
        assert "first" in client.get("/doc/mill/new.ttl").text
    assert len([record for record in caplog.records if record.levelname == "ERROR"]) == 1
    assert client.get("/health/ready").json["cannot-open"] == "2"  # type: ignore[index]
    assert client.get("/release/2/doc/mill/new").status_code == 503
    assert client.get("/nothing", headers={"Accept": "text/html"}).status_code == 404
    # A process that never held a good one opens the last that is.
    fresh = create_app(releases).test_client()
    assert "first" in fresh.get("/doc/mill/new.ttl").text
    assert fresh.get("/health/ready").json["cannot-open"] == "2"  # type: ignore[index]


def test_what_is_served_in_place_of_another_release_has_no_date_of_it(tmp_path: Path) -> None:
    releases = Releases(tmp_path)
    publish(releases, "1", named("first"))
    client = create_app(releases).test_client()
    first = client.get("/doc/mill/new.ttl")
    assert "Last-Modified" in first.headers
    publish(releases, "2", named("second"))
    (tmp_path / "2/store").rename(tmp_path / "2/away")
    (tmp_path / "2/store").mkdir()
    later = {"If-Modified-Since": "Tue, 01 Jan 2080 00:00:00 GMT"}
    instead = client.get("/doc/mill/new.ttl", headers=later)
    assert (instead.status_code, instead.text) == (200, first.text)
    assert "Last-Modified" not in instead.headers
    assert client.get("/doc/mill/new.ttl", headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    (tmp_path / "2/store").rmdir()
    (tmp_path / "2/away").rename(tmp_path / "2/store")
    second = create_app(releases).test_client().get("/doc/mill/new.ttl")
    assert "second" in second.text
    assert "Last-Modified" in second.headers


def test_a_damaged_release_of_before_hides_no_other(tmp_path: Path) -> None:
    releases = Releases(tmp_path)
    publish(releases, "1", named("first"), issued="2025-01-01")
    publish(releases, "2", named("second"), issued="2025-02-01")
    damage(tmp_path / "1/store", "*.sst", 2)
    client = create_app(releases).test_client()
    for path in ("/timemap/doc/mill/none", "/def/m/9.9.9"):
        assert client.get(path).status_code == 404
    assert client.get("/doc/mill/new.ttl").status_code == 200


def damage(store: Path, pattern: str, part: int) -> None:
    """Leave nothing of a file of the store, or a half (2), as a copy does that was broken off."""
    path = next(store.glob(pattern))
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // part] if part else b"")


def test_a_release_with_one_wrong_bit_in_its_store_leaves_the_last_good_one(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    releases = Releases(tmp_path)
    publish(releases, "1", named("first"))
    queries = Queries.of(Settings(releases=tmp_path), lambda _: None)
    client = create_app(releases, queries).test_client()
    publish(releases, "2", named("second"))
    path = next((tmp_path / "2/store").glob("*.log"))
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)
    try:
        releases.switch("1")
        assert "first" in client.get("/doc/mill/new.ttl").text
        releases.switch("2")
        for address in ("/doc/mill/new.ttl", f"/sparql?query=SELECT+*+{{{THING}+?p+?o}}&format=csv"):
            assert "first" in client.get(address).text
    finally:
        queries.evaluation.pool.crew.close()
    assert "is not as it was written" in caplog.text


def test_where_no_release_is_good_every_page_says_so_each_is_read_once_and_one_that_is_made_anew_answers_at_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    releases = Releases(tmp_path)
    for version in ("1", "2"):
        publish(releases, version, named(version), issued=f"2025-0{version}-01")
        damage(tmp_path / version / "store", "*.sst", 2)
    client = create_app(releases).test_client()
    for path in ("/", "/doc/mill/new", "/nothing", "/health/ready"):
        assert client.get(path, headers={"Accept": "text/html"}).status_code == 503
    assert caplog.text.count("release 1 cannot be opened either") == 1
    shutil.rmtree(tmp_path / "2")
    publish(releases, "2", named("anew"), issued="2025-02-01")
    assert "anew" in client.get("/doc/mill/new.ttl").text


def test_of_several_releases_that_cannot_be_opened_the_last_one_that_can_be_is_served(tmp_path: Path) -> None:
    releases = Releases(tmp_path)
    for version in ("1", "2", "3", "4"):
        publish(releases, version, named(version), issued=f"2025-0{version}-01")
    damage(tmp_path / "3/store", "*.sst", 2)
    shutil.rmtree(tmp_path / "4/store")
    client = create_app(releases).test_client()
    assert '"2"' in client.get("/doc/mill/new.ttl").text
    assert client.get("/health/ready").json["cannot-open"] == "4"  # type: ignore[index]


@pytest.mark.parametrize(("error", "times"), [(NoRelease, 1), (UnknownRelease, 3)])
def test_an_older_release_that_cannot_be_opened_is_not_tried_by_every_request_unless_that_costs_nothing(
    error: type[NoRelease], times: int
) -> None:
    opened, tried = Opened(), []

    def opening() -> Serving:
        tried.append(error)
        raise error("it cannot be")

    for _ in range(3):
        with pytest.raises(error, match="it cannot be"):
            opened.get("1", opening)
    assert len(tried) == times


def test_an_error_inside_has_an_identifier_that_is_in_the_log_and_no_words(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    releases = Releases(tmp_path)
    publish(releases, "1", named("first"))
    app = create_app(releases)
    app.add_url_rule("/broken", "broken", lambda: str(1 // 0))
    response = app.test_client().get("/broken", headers={"Accept": "application/json"})
    assert response.status_code == 500
    assert response.json is not None
    assert response.json["id"] in caplog.text
    assert "ZeroDivisionError" in caplog.text
    assert "ZeroDivisionError" not in response.text


def test_only_a_query_over_a_release_of_before_starts_a_process_for_it(tmp_path: Path) -> None:
    releases = Releases(tmp_path)
    publish(releases, "1", [*named("first"), Triple(THING, TYPE, NamedNode(f"{BASE}def/m#Mill"))], issued="2025-01-01")
    publish(releases, "2", named("second"), issued="2025-02-01")

    def started(*paths: str) -> int:
        counted: list[str] = []
        queries = Queries.of(Settings(releases=releases.root), counted.append)
        client = create_app(releases, queries).test_client()
        for path in ("/doc/mill/new", "/timemap/doc/mill/new", "/release/1/doc/mill/new", "/release/1/", *paths):
            assert client.get(path).status_code == 200
        # What was to be made ready has been, when this is done.
        queries.evaluation.pool.crew._keeper.do(lambda: None, 60.0, lambda _late: None)
        queries.evaluation.pool.crew.close()
        return counted.count("started")

    assert started() == 1
    assert started("/release/1/sparql?query=ASK%7B%7D") > 1
