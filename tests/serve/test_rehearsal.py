"""The rehearsal as the site shows it: of which release, when, and what to do where there is none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from si_lod.errors import CannotWrite
from si_lod.rehearsals import Rehearsals, Rehearsed
from si_lod.releases import Releases
from si_lod.sentences import LANGUAGES, counted, say, told
from si_lod.serve.app import create_app
from tests.serve.harvest.conftest import told as headers_of
from tests.serve.pages.page import Page
from tests.serve.site import BASE, facts, publish

HOSTILE = '<script>alert("x")</script> & \N{BOOKS}'


NAME = "CKAN (ckanext-dcat)"
HEADLINE = counted(
    "{name}: takes {taken} of {number} data set", "{name}: takes {taken} of {number} data sets", 2, name=NAME, taken=1
)
POINTS = told("{reached} of {possible} points for {dataset}", reached=9, possible=10, dataset=f"{BASE}id/dataset/a")
UNJUDGED = told("the official shapes of {what} were not asked: give their folder with --shapes", what="NDE")


def rehearsed(release: str, when: str = "2025-03-01T12:00:00Z", message: str = "") -> Rehearsed:
    """Return what a rehearsal of that release came to, told in both languages."""
    content = {}
    for tag in LANGUAGES:
        said = say(message or told("has no {what}", what="dct:title"), tag)
        group = {"effect": "drops", "word": say(told("drop"), tag), "more": ""}
        group["findings"] = [{"about": f"{BASE}id/dataset/a", "message": said}]  # type: ignore[assignment]
        portal = {"portal": "ckan", "whole": False, "headline": say(HEADLINE, tag), "points": [say(POINTS, tag)]}
        portal |= {"unjudged": [say(UNJUDGED, tag)], "groups": [group]}
        nothing = {"portal": "nde", "whole": True, "headline": "NDE", "points": [], "unjudged": [], "groups": []}
        text = f"{say(HEADLINE, tag)}\n"
        content[tag] = {"text": text, "document": {"whole": False}, "portals": [portal, nothing]}
    return Rehearsed(release, when, whole=False, told=content)


@pytest.fixture
def shelf(tmp_path: Path) -> Releases:
    releases = Releases(tmp_path / "releases")
    publish(releases, "2025.1", facts())
    return releases


@pytest.fixture
def visitor(shelf: Releases) -> FlaskClient:
    return create_app(shelf).test_client()


def html(visitor: FlaskClient, language: str) -> Page:
    return Page(visitor.get("/rehearsal", headers={"Accept": "text/html", "Accept-Language": language}).text)


@pytest.mark.parametrize(("language", "word"), [("en", "was not rehearsed yet"), ("nl", "nog niet gerepeteerd")])
def test_a_site_that_was_not_rehearsed_says_how_that_is_done(visitor: FlaskClient, language: str, word: str) -> None:
    for accept in ("text/html", "application/json", "text/plain"):
        response = visitor.get("/rehearsal", headers={"Accept": accept, "Accept-Language": language})
        assert response.status_code == 404
        assert word in response.text
        assert "si-lod rehearse https://mills.example/ --save" in response.text


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["takes 1 of 2 data sets", "1 March 2025", "Nothing to remark.", "has no", "9 of 10 points"]),
        ("nl", ["neemt 1 van 2", "1 maart 2025", "Niets op te merken.", "heeft geen", "9 van 10 punten"]),
    ],
)
def test_people_read_what_each_portal_would_take_and_when_that_was_found(
    shelf: Releases, visitor: FlaskClient, language: str, words: list[str]
) -> None:
    Rehearsals(shelf.root).keep(rehearsed("2025.1"))
    page = html(visitor, language)
    assert not page.misplaced
    assert all(word in page.html for word in [*words, "dct:title", "NDE"])
    assert "is served now" not in page.html
    assert '<meta name="robots" content="noindex">' in page.html


def test_programs_get_it_as_a_document_and_as_text(shelf: Releases, visitor: FlaskClient) -> None:
    Rehearsals(shelf.root).keep(rehearsed("2025.1"))
    assert json.loads(visitor.get("/rehearsal.json").data) == {
        "release": "2025.1",
        "rehearsed": "2025-03-01T12:00:00Z",
        "current": True,
        "whole": False,
    }
    lines = visitor.get("/rehearsal.txt?lang=en").text.splitlines()
    assert lines == ["release 2025.1, rehearsed 2025-03-01T12:00:00Z", "", f"{NAME}: takes 1 of 2 data sets"]


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [("*/*", "text/html"), ("", "text/html"), ("text/plain", "text/plain"), ("application/json", "application/json")],
)
def test_who_names_no_form_gets_the_page_as_of_all_that_is_no_data(
    shelf: Releases, visitor: FlaskClient, accept: str, media_type: str
) -> None:
    Rehearsals(shelf.root).keep(rehearsed("2025.1"))
    assert visitor.get("/rehearsal", headers={"Accept": accept}).mimetype == media_type
    assert visitor.get("/release", headers={"Accept": "*/*"}).mimetype == "text/turtle"


def test_of_another_release_it_says_so_in_every_form(shelf: Releases, visitor: FlaskClient) -> None:
    Rehearsals(shelf.root).keep(rehearsed("2025.1"))
    publish(shelf, "2025.2", facts(), issued="2025-03-02")
    assert "Release 2025.2 is served now and was not rehearsed." in html(visitor, "en").html
    assert "Nu is versie 2025.2 te lezen" in html(visitor, "nl").html
    assert json.loads(visitor.get("/rehearsal.json").data)["current"] is False
    assert "release 2025.2 is served now and was not rehearsed" in visitor.get("/rehearsal.txt?lang=en").text


def test_it_is_that_of_the_release_that_is_served_also_after_a_way_back(shelf: Releases, visitor: FlaskClient) -> None:
    publish(shelf, "2025.2", facts(), issued="2025-03-02")
    Rehearsals(shelf.root).keep(rehearsed("2025.1"))
    Rehearsals(shelf.root).keep(rehearsed("2025.2", "2025-03-02T12:00:00Z"))
    assert json.loads(visitor.get("/rehearsal.json").data)["release"] == "2025.2"
    shelf.switch("2025.1")
    assert json.loads(visitor.get("/rehearsal.json").data)["release"] == "2025.1"


def test_a_new_one_is_seen_while_the_same_release_is_served(shelf: Releases, visitor: FlaskClient) -> None:
    Rehearsals(shelf.root).keep(rehearsed("2025.1"))
    first = visitor.get("/rehearsal.json")
    held = {"If-None-Match": first.headers["ETag"]}
    assert visitor.get("/rehearsal.json", headers=held).status_code == 304
    assert first.headers["Cache-Control"] == "public, no-cache"
    Rehearsals(shelf.root).keep(rehearsed("2025.1", "2025-03-01T13:00:00Z"))
    again = visitor.get("/rehearsal.json", headers=held)
    assert again.status_code == 200
    assert again.headers["ETag"] != first.headers["ETag"]


def test_the_list_of_releases_leads_to_it_once_there_is_one(shelf: Releases, visitor: FlaskClient) -> None:
    def linked() -> tuple[bool, str]:
        response = visitor.get("/release", headers={"Accept": "text/html"})
        return 'href="/rehearsal' in response.text, response.headers["ETag"]

    is_linked, before = linked()
    assert not is_linked
    Rehearsals(shelf.root).keep(rehearsed("2025.1"))
    is_linked, after = linked()
    assert is_linked
    assert before != after


def test_hostile_text_is_text_on_the_page(shelf: Releases, visitor: FlaskClient) -> None:
    Rehearsals(shelf.root).keep(rehearsed("2025.1", message=HOSTILE))
    page = html(visitor, "en")
    assert "&lt;script&gt;alert(" in page.html
    assert "<script>alert" not in page.html


def test_head_says_what_get_says(shelf: Releases, visitor: FlaskClient) -> None:
    Rehearsals(shelf.root).keep(rehearsed("2025.1"))
    for path in ("/rehearsal", "/rehearsal.json", "/rehearsal.txt", "/rehearsal.html"):
        head, get = visitor.head(path), visitor.get(path)
        assert (head.status_code, head.data) == (200, b"")
        assert headers_of(head.headers) == headers_of(get.headers)
    assert visitor.get("/rehearsal.ttl").status_code == 404


def test_below_a_release_it_leads_to_that_of_what_is_served(visitor: FlaskClient) -> None:
    response = visitor.get("/release/2025.1/rehearsal.json")
    assert (response.status_code, response.headers["Location"]) == (302, "/rehearsal.json")


@pytest.mark.parametrize("text", ["", "not JSON", "[]", "{}", '{"release": "2025.9"}'])
def test_what_is_no_rehearsal_is_none(shelf: Releases, visitor: FlaskClient, text: str) -> None:
    (shelf.root / "rehearsed").mkdir()
    (shelf.root / "rehearsed/2025.1.json").write_text(text, encoding="utf-8")
    assert visitor.get("/rehearsal").status_code == 404
    Rehearsals(shelf.root).keep(rehearsed("2025.1"))
    assert visitor.get("/rehearsal").status_code == 200
    assert [path.name for path in (shelf.root / "rehearsed").iterdir()] == ["2025.1.json"]


def test_the_folder_of_rehearsals_is_no_release(shelf: Releases) -> None:
    Rehearsals(shelf.root).keep(rehearsed("2025.1"))
    (shelf.root / "rehearsed/manifest.json").touch()
    assert shelf.versions() == ["2025.1"]


def test_a_rehearsal_that_cannot_be_written_is_said_to_be(shelf: Releases) -> None:
    (shelf.root / "rehearsed").write_text("a file", encoding="utf-8")
    with pytest.raises(CannotWrite, match="the rehearsal cannot be written"):
        Rehearsals(shelf.root).keep(rehearsed("2025.1"))
