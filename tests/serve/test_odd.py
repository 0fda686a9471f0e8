"""Odd things: whatever a literal holds, its page is right, and every format says the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest
from pyoxigraph import RdfFormat, parse

from si_lod.releases import Releases
from si_lod.serve.app import create_app
from si_lod.serve.pages.words.wording import LONGEST_LINK
from tests.serve.pages.page import Page
from tests.serve.site import BASE, HERE, facts, publish

if TYPE_CHECKING:
    from flask.testing import FlaskClient

ODD: Final = HERE / "fixtures/odd.ttl"
NAMES: Final = sorted({triple.subject.value.rpartition("/")[2] for triple in parse(path=ODD, format=RdfFormat.TURTLE)})
HUGE: Final = f"1{'0' * 112}1"
SYNTAXES: Final = (RdfFormat.TURTLE, RdfFormat.JSON_LD, RdfFormat.RDF_XML)


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Releases:
    releases = Releases(tmp_path_factory.mktemp("odd") / "releases")
    odd = (quad.triple for quad in parse(path=ODD, format=RdfFormat.TURTLE))
    publish(releases, "2025.1", [*facts(), *odd])
    return releases


@pytest.fixture
def guest(shelf: Releases) -> FlaskClient:
    return create_app(shelf).test_client()


def page(guest: FlaskClient, name: str, language: str = "en") -> Page:
    response = guest.get(f"/doc/odd/{name}.html?lang={language}")
    assert response.status_code == 200
    return Page(response.text)


@pytest.mark.parametrize("name", NAMES)
def test_every_format_says_the_same_or_says_that_it_cannot(guest: FlaskClient, name: str) -> None:
    wanted = {str(t) for t in parse(guest.get(f"/doc/odd/{name}.nt").data, format=RdfFormat.N_TRIPLES)}
    for syntax in SYNTAXES:
        response = guest.get(f"/doc/odd/{name}.{syntax.file_extension}")
        if name == "control" and syntax == RdfFormat.RDF_XML:
            assert response.status_code == 406, "XML has no way to write a control character"
        else:
            assert {str(t) for t in parse(response.data, format=syntax)} == wanted


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_whole_and_nothing_in_it_runs(guest: FlaskClient, name: str, language: str) -> None:
    shown = page(guest, name, language)
    assert not shown.misplaced
    assert [one.tag for one in shown.open] == []
    assert all(heading.strip() for tag in ("h1", "h2", "h3", "title") for heading in shown.texts(tag))
    assert not [one for one in shown.elements if any(name.startswith("on") for name in one.attributes)]
    scripts = [one for one in shown.all("script") if one.attributes.get("type") != "application/ld+json"]
    assert scripts == []
    assert not [a for a in shown.all("a") if a.attributes["href"].startswith(("javascript:", "data:", "urn:"))]
    assert not any(ord(character) < ord(" ") and character not in "\t\n\r" for character in shown.html)


def test_markup_is_shown_as_it_is_and_templates_in_it_stay_text(guest: FlaskClient) -> None:
    shown = page(guest, "markup")
    assert shown.texts("h1") == ['</title><script>alert(1)</script> & "quoted"']
    assert shown.texts("p", class_="lead") == ["{{ 7 * 7 }} <img src=x onerror=alert(1)> ]]> --> &amp;"]
    assert not shown.all("img", src="x")


def test_a_text_from_right_to_left_has_its_language_and_runs_its_own_way(guest: FlaskClient) -> None:
    shown = page(guest, "right-to-left")
    assert [one.attributes["dir"] for one in (*shown.all("h1"), *shown.all("p", class_="lead"))] == ["auto", "auto"]
    assert {one.attributes.get("lang") for one in shown.all("bdi") if "مطحنة" in one.text} == {"ar"}


def test_lines_stay_lines(guest: FlaskClient) -> None:
    [lead] = page(guest, "lines").all("p", class_="lead")
    assert lead.text.splitlines() == ["line one", "line two", "", "\tand three"]


def test_a_control_character_is_shown_as_its_picture(guest: FlaskClient) -> None:
    assert page(guest, "control").texts("h1") == ["before\N{SYMBOL FOR START OF HEADING}after"]


@pytest.mark.parametrize(("name", "called"), [("nameless", "nameless"), ("blank", "blank")])
def test_a_thing_without_a_name_to_be_seen_is_called_by_its_identifier(
    guest: FlaskClient, name: str, called: str
) -> None:
    assert page(guest, name).texts("h1") == [called]
    assert called in Page(guest.get("/list/mill?lang=en", headers={"Accept": "text/html"}).text).texts("a")


def test_a_value_of_nothing_says_so(guest: FlaskClient) -> None:
    assert page(guest, "blank").texts("span", class_="empty") == ["empty"]


@pytest.mark.parametrize(
    ("name", "language", "name_language"),
    [
        ("german", "en", "de"),
        ("german", "nl", "de"),
        ("dutch", "en", "nl"),
        ("dutch", "nl", None),
        ("untagged", "en", None),
    ],
)
def test_a_name_in_one_language_or_none_is_shown_in_every_page_and_told_where_it_differs(
    guest: FlaskClient, name: str, language: str, name_language: str | None
) -> None:
    shown = page(guest, name, language)
    [heading] = shown.texts("h1")
    assert {one.attributes.get("lang") for one in shown.all("bdi") if one.text == heading} == {name_language}


def test_values_that_no_one_can_read_are_shown_as_they_stand(guest: FlaskClient) -> None:
    numbers = page(guest, "numbers").texts("li")
    assert {"NaN", "INF", "twelve", "0", HUGE} <= set(numbers)
    dates = page(guest, "dates").texts("li")
    assert {"2020-02-30", "2020-13", "-0044-03-15", "soon", "12020", "2020-01-01+14:00"} <= set(dates)
    values = page(guest, "values").texts("li")
    assert {"x", "<b>bold</b>", "maybe", "javascript:alert(1)", "urn:isbn:123"} <= set(values)


def test_a_very_long_name_is_whole_on_its_own_page_and_cut_where_it_is_mentioned(guest: FlaskClient) -> None:
    [name] = page(guest, "long").texts("h1")
    assert len(name) > LONGEST_LINK
    listed = Page(guest.get("/list/mill?lang=en&q=long", headers={"Accept": "text/html"}).text)
    [mention] = [a.text for a in listed.all("a", href="/doc/odd/long?lang=en")]
    assert mention.endswith("…")
    assert name.startswith(mention[:-1])


def test_odd_things_are_found_and_listed_like_any_other(guest: FlaskClient) -> None:
    for words, name in {
        "script alert": "markup",
        "مطحنة": "right-to-left",
        "mühle": "german",
        "numbers": "numbers",
    }.items():
        found = guest.get("/search.json", query_string={"q": words}).json
        assert found is not None
        assert f"{BASE}id/odd/{name}" in {result["iri"] for result in found["results"]}
    rows = guest.get("/list/mill.csv?columns=all").text
    assert "{{ 7 * 7 }}" in rows, "what a thing says is told as it is"
    assert rows.count("/id/odd/") >= len(NAMES)
