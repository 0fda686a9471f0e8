"""The files that a release was made of, and the way from a fact to the row of the table that it stands in."""

from __future__ import annotations

import csv
import io
import json
import shutil
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

import pytest
from pyoxigraph import RdfFormat, parse
from werkzeug.http import parse_etags
from werkzeug.test import EnvironBuilder

from si_lod.publish.road import publish
from si_lod.publish.source.files import Source
from si_lod.releases import Releases
from si_lod.serve.app import create_app
from si_lod.serve.transport.answer import ask
from tests.serve.library import BASE
from tests.serve.pages.page import Page

if TYPE_CHECKING:
    from pathlib import Path

    from flask.testing import FlaskClient

FILES: Final = "/release/1/files"
VISITS: Final = f"{FILES}/data/visits.csv"
HTML: Final = {"Accept": "text/html", "Accept-Language": "en"}


@pytest.fixture(scope="module")
def shelf(libraries: Path, tmp_path_factory: pytest.TempPathFactory) -> Releases:
    releases = Releases(tmp_path_factory.mktemp("files") / "releases")
    publish(Source.read(libraries), releases)
    return releases


@pytest.fixture
def visitor(shelf: Releases) -> FlaskClient:
    return create_app(shelf).test_client()


def table(root: Path, name: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO((root / f"data/{name}.csv").read_text(encoding="utf-8"))))


def test_every_observations_document_names_the_very_row_that_it_was_made_of(
    visitor: FlaskClient, libraries: Path
) -> None:
    for number, row in enumerate(table(libraries, "visits")[1:], start=2):
        document = visitor.get(f"/doc/count/{row[0]}.nt").data
        sources = [
            triple.object.value
            for triple in parse(document, format=RdfFormat.N_TRIPLES)
            if triple.predicate.value == "http://purl.org/dc/terms/source"
        ]
        assert sources == [f"{BASE}release/1/files/data/visits.csv#row={number}"]
        got = visitor.get(f"{VISITS}?row={number}").text
        assert list(csv.reader(io.StringIO(got))) == [table(libraries, "visits")[0], row]


def test_the_page_of_a_thing_leads_to_its_row_and_the_row_back_to_the_thing(visitor: FlaskClient) -> None:
    page = Page(visitor.get("/doc/count/v-2", headers=HTML).text)
    [link] = [a for a in page.all("a") if "row=" in a.attributes["href"]]
    assert link.text == "data/visits.csv, row 3"
    row = Page(visitor.get(link.attributes["href"], headers=HTML).text)
    assert row.texts("h1") == ["data/visits.csv, row 3"]
    assert row.texts("td")[0] == "v-2"
    assert row.all("a", href="/release/1/doc/count/v-2")
    assert [a.attributes["href"] for a in row.all("a", rel="next")] == [f"{VISITS}?row=4"]


def test_the_heading_is_a_row_and_nothing_comes_before_the_first_or_after_the_last(
    visitor: FlaskClient, libraries: Path
) -> None:
    rows = table(libraries, "visits")
    first, last = (Page(visitor.get(f"{VISITS}?row={row}", headers=HTML).text) for row in (1, len(rows)))
    assert (first.all("a", rel="prev"), last.all("a", rel="next")) == ([], [])
    assert list(csv.reader(io.StringIO(visitor.get(f"{VISITS}?row=1").text))) == [rows[0]]


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        (f"{VISITS}?row=0", 404),
        (f"{VISITS}?row=99", 404),
        (f"{VISITS}?row=", 400),
        (f"{VISITS}?row=-1", 400),
        (f"{VISITS}?row=1e3", 400),
        (f"{VISITS}?row={'9' * 400}", 400),
        (f"{FILES}/data/site.toml?row=1", 404),
        (f"{FILES}/data/nope.csv", 404),
        (f"{FILES}/data", 404),
        (f"{FILES}/", 404),
        (f"{FILES}/../manifest.json", 404),
        (f"{FILES}/data/../../manifest.json", 404),
        (f"{FILES}//etc/passwd", 404),
        (f"{FILES}/data/visits.csv%00", 400),
    ],
)
def test_only_the_files_of_the_release_are_there(visitor: FlaskClient, asked: str, status: int) -> None:
    assert visitor.get(asked, headers=HTML, follow_redirects=True).status_code == status


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("data/visits.csv", "text/csv"),
        ("data/csv-metadata.json", "application/json"),
        ("ontology/read.ttl", "text/turtle"),
        ("data/queries/visits.rq", "application/sparql-query"),
        ("data/site.toml", "application/toml"),
    ],
)
def test_a_file_is_sent_as_it_is(visitor: FlaskClient, libraries: Path, name: str, media_type: str) -> None:
    response = visitor.get(f"{FILES}/{name}", buffered=True)
    assert (response.data, response.mimetype) == ((libraries / name).read_bytes(), media_type)
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    again = visitor.get(f"{FILES}/{name}", headers={"If-None-Match": response.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert visitor.head(f"{FILES}/{name}").headers["Content-Length"] == str(len(response.data))


def test_a_table_says_whether_it_has_a_header(libraries: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    shutil.copytree(libraries, site)
    path, described = site / "data/branches.csv", site / "data/csv-metadata.json"
    path.write_text(path.read_text(encoding="utf-8").partition("\n")[2], encoding="utf-8")
    metadata = json.loads(described.read_text(encoding="utf-8"))
    bare = next(one for one in metadata["tables"] if one["url"] == "branches.csv")
    bare["dialect"] = {"header": False}
    described.write_text(json.dumps(metadata), encoding="utf-8")
    releases = Releases(tmp_path / "releases")
    publish(Source.read(site), releases)
    visitor = create_app(releases).test_client()
    for folder in ("/release/1/files/data", "/dump"):
        for name, header in (("branches", "absent"), ("visits", "present")):
            kind = visitor.head(f"{folder}/{name}.csv").headers["Content-Type"]
            assert kind == f"text/csv; charset=utf-8; header={header}"


def test_a_table_may_have_a_name_in_any_script(libraries: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    shutil.copytree(libraries, site)
    (site / "data/reports.csv").rename(site / "data/łódź.csv")
    described = site / "data/csv-metadata.json"
    described.write_text(described.read_text(encoding="utf-8").replace("reports.csv", "łódź.csv"), encoding="utf-8")
    releases = Releases(tmp_path / "releases")
    publish(Source.read(site), releases)
    app = create_app(releases)
    for query in ("", "?row=2", "?row=2&format=csv"):
        asked = EnvironBuilder(path=f"{FILES}/data/{quote('łódź.csv')}{query}", headers=[*HTML.items()])
        got = ask(app, asked.get_environ())
        tag = got.header(b"etag").decode("latin-1")
        assert (got.status, parse_etags(tag).as_set()) == (200, {tag.strip('"')})
        asked.headers["If-None-Match"] = tag
        assert ask(app, asked.get_environ()).status == 304


def test_a_part_of_a_file_can_be_had(visitor: FlaskClient, libraries: Path) -> None:
    response = visitor.get(VISITS, headers={"Range": "bytes=3-12"}, buffered=True)
    assert (response.status_code, response.data) == (206, (libraries / "data/visits.csv").read_bytes()[3:13])


def test_the_date_of_a_file_is_one_to_insist_on(visitor: FlaskClient) -> None:
    date = visitor.head(VISITS).headers["Last-Modified"]
    for header, time, status in (
        ("If-Unmodified-Since", date, 200),
        ("If-Unmodified-Since", "Thu, 01 Jan 2015 00:00:00 GMT", 412),
        ("If-Modified-Since", date, 304),
        ("If-Modified-Since", "Thu, 01 Jan 2015 00:00:00 GMT", 200),
    ):
        assert visitor.get(VISITS, headers={header: time}, buffered=True).status_code == status
    part = visitor.get(VISITS, headers={"Range": "bytes=0-3", "If-Range": date}, buffered=True)
    assert (part.status_code, len(part.data)) == (206, 4)


def test_without_a_release_an_address_leads_to_that_of_the_current_one(visitor: FlaskClient) -> None:
    response = visitor.get("/files/data/visits.csv?row=2")
    assert (response.status_code, response.headers["Location"]) == (302, f"{VISITS}?row=2")
    assert response.headers["Cache-Control"] == "no-cache"


def test_a_row_with_line_breaks_quotes_and_markup_is_counted_as_one_and_shown_as_it_is(
    libraries: Path, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    shutil.copytree(libraries, site)
    path = site / "data/branches.csv"
    text = path.read_text(encoding="utf-8")
    head, first, rest = text.split("\n", 2)
    named = first.replace("Harbour branch", '"Harbour\n\n""<b>branch</b>"""')
    assert named != first
    path.write_text("\n".join((head, named, rest)), encoding="utf-8")
    releases = Releases(tmp_path / "releases")
    publish(Source.read(site), releases)
    visitor = create_app(releases).test_client()
    page = Page(visitor.get("/doc/branch/hill", headers=HTML).text)
    assert "data/branches.csv, row 3" in page.texts("a")
    row = Page(visitor.get(f"{FILES}/data/branches.csv?row=2", headers=HTML).text)
    assert 'Harbour "<b>branch</b>"' in row.texts("td")
    assert not row.all("b")
