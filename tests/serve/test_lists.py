"""Lists: chosen, sorted and paged by plain forms, and the same as CSV."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from si_lod.releases import Releases
from si_lod.serve.app import create_app
from si_lod.serve.pages.lists.members import MOST_IN_CELL
from tests.serve.pages.page import Page
from tests.serve.site import BASE, facts, publish

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask.testing import FlaskClient

HTML: Final = {"Accept": "text/html", "Accept-Language": "en"}
KINDS: Final = ("post", "tower")
MANY: Final = 120
LABEL: Final = "rdfs:label"


def described() -> Iterator[Triple]:
    """Yield mills of two kinds, along three rivers, from many years; a tenth without a river."""
    yield from facts()
    text = [
        f"@prefix m: <{BASE}def/m#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .",
        f'<{BASE}id/kind/post> rdfs:label "post mill"@en , "standerdmolen"@nl .',
        f'<{BASE}id/kind/tower> rdfs:label "tower mill"@en , "torenmolen"@nl .',
        f'<{BASE}id/mill/only> a m:Mill ; rdfs:label "Only" ; m:owner "Óscar" .',
    ]
    for number in range(MANY):
        river = f"; m:river <{BASE}id/river/r{number % 3}>" if number % 10 else ""
        text.append(
            f'<{BASE}id/mill/n{number:03}> a m:Mill ; rdfs:label "Mill {number:03}" '
            f"; m:kind <{BASE}id/kind/{KINDS[number % 2]}> ; m:height {200 - number} {river} ."
        )
    yield from (quad.triple for quad in parse("\n".join(text), format=RdfFormat.TURTLE))


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Releases:
    releases = Releases(tmp_path_factory.mktemp("lists") / "releases")
    publish(releases, "2025.1", described())
    return releases


@pytest.fixture
def reader(shelf: Releases) -> FlaskClient:
    return create_app(shelf).test_client()


def page(reader: FlaskClient, query: str = "", **headers: str) -> Page:
    return Page(reader.get(f"/list/mill{query}", headers=HTML | headers).text)


def names(reader: FlaskClient, query: str = "") -> list[str]:
    return page(reader, query).texts("th", scope="row")


def table(reader: FlaskClient, query: str = "") -> list[list[str]]:
    response = reader.get(f"/list/mill.csv{query}", headers={"Accept-Language": "en"})
    assert response.mimetype == "text/csv"
    return list(csv.reader(io.StringIO(response.text)))


def test_a_list_is_called_what_the_site_calls_many_of_them(reader: FlaskClient) -> None:
    assert page(reader).texts("h1") == ["mills"]
    home = Page(reader.get("/", headers=HTML).text)
    assert home.texts("a", href="/list/mill")[0].endswith(" mills")


def test_a_list_comes_in_pages_that_link_to_one_another(reader: FlaskClient) -> None:
    pages = [names(reader, f"?page={number}") for number in (1, 2, 3)]
    assert [len(part) for part in pages] == [50, 50, MANY + 3 - 100]
    assert len({name for part in pages for name in part}) == MANY + 3
    links = reader.get("/list/mill?page=2", headers=HTML).headers["Link"]
    assert '</list/mill>; rel="prev"' in links
    assert '</list/mill?page=3>; rel="next"' in links
    assert reader.get("/list/mill?page=4", headers=HTML).status_code == 404
    assert reader.get("/list/mill?page=x", headers=HTML).status_code == 400


def test_a_property_with_few_values_can_be_chosen_by_with_how_many_there_are(reader: FlaskClient) -> None:
    shown = page(reader)
    assert {select.attributes["name"] for select in shown.all("select")} == {"kind", "river"}
    assert {"any", "post mill (60)", "tower mill (60)", "r0 (36)"} <= set(shown.texts("option"))
    assert names(reader, "?kind=post&river=r1")[0] == "Mill 004"
    assert names(reader, f"?kind={BASE}id/kind/post&river=r1") == names(reader, "?kind=post&river=r1")


def test_the_counts_of_a_choice_are_of_what_fits_all_the_others(reader: FlaskClient) -> None:
    options = page(reader, "?kind=post&river=r1").texts("option")
    fitting = len(table(reader, "?kind=post&river=r1")) - 1
    assert f"post mill ({fitting})" in options
    assert f"r1 ({fitting})" in options
    assert f"tower mill ({len(table(reader, '?kind=tower&river=r1')) - 1})" in options


def test_choices_that_nothing_fits_together_are_an_empty_list_and_no_error(reader: FlaskClient) -> None:
    assert "Nothing in this list fits." in page(reader, "?kind=post&q=tower").html
    assert table(reader, "?kind=post&q=tower") == [["iri", "name", "height", "kind", "river"]]


def test_a_value_that_nothing_has_is_told_with_those_that_there_are(reader: FlaskClient) -> None:
    shown = page(reader, "?kind=%3Cb%3Enone&river=r1")
    [told] = [text for text in shown.texts("p", class_="past") if "none" in text]
    assert told == "Nothing in this list has “<b>none” as its kind. Choose from: post mill, tower mill."
    assert "<b>none" not in shown.html
    assert shown.texts("a", href="/list/mill?kind=post&river=r1") == ["post mill"]
    assert "Kies uit: standerdmolen" in page(reader, "?kind=none", **{"Accept-Language": "nl"}).html.replace(
        '<a href="/list/mill?kind=post"><bdi>', ""
    )


def test_a_program_is_told_of_a_value_that_nothing_has_instead_of_getting_nothing(reader: FlaskClient) -> None:
    json = {"Accept": "application/json", "Accept-Language": "en"}
    refused = reader.get("/list/mill.csv?kind=none", headers=json)
    assert refused.status_code == 400
    assert refused.json["detail"] == 'kind: nothing in this list has the value "none"; there is post, tower'  # type: ignore[index]
    near = reader.get("/list/mill.csv?owner=%C3%93scra", headers=json)
    assert near.json["detail"].endswith("there is Óscar")  # type: ignore[index]
    far = reader.get("/list/mill.csv?owner=x", headers=json | {"Accept-Language": "nl"})
    assert far.json["detail"].endswith("wel is er niets wat er in schrijfwijze op lijkt")  # type: ignore[index]


def test_words_are_looked_for_in_everything_that_a_thing_says_without_accents(reader: FlaskClient) -> None:
    assert names(reader, "?q=oscar") == ["Only"]
    assert names(reader, "?q=TOWER+mill+007") == ["Mill 007"]
    assert names(reader, "?q=%22%3C%27") == []


def test_a_list_is_sorted_either_way_and_what_says_nothing_comes_last(reader: FlaskClient) -> None:
    first = [row[1] for row in table(reader, "?sort=height")[1:]]
    turned = [row[1] for row in table(reader, "?sort=-height")[1:]]
    assert (first[0], turned[0]) == ("Mill 119", "Mill 000")
    assert first[-3:] == turned[-3:], "they have no height"
    assert table(reader, "?sort=-name")[1][1] == "Only"
    by_river = [row[4] for row in table(reader, "?sort=river")[1:]]
    assert by_river == sorted(filter(None, by_river)) + [""] * by_river.count("")


def test_the_heading_of_a_column_leads_to_its_order_and_back(reader: FlaskClient) -> None:
    heads = {a.text: a.attributes["href"] for a in page(reader, "?kind=post&sort=height").all("a", rel="nofollow")}
    assert heads["height"] == "/list/mill?kind=post&sort=-height"
    assert heads["Name"] == "/list/mill?kind=post&sort=name"
    [sorted_by] = page(reader, "?sort=height").all("th", aria_sort="ascending")
    assert sorted_by.text.strip() == "height"


def test_the_csv_has_exactly_what_the_page_shows_on_all_its_pages(reader: FlaskClient) -> None:
    query = "?kind=tower&sort=-height"
    rows = table(reader, query)[1:]
    assert rows
    assert [row[1] for row in rows] == names(reader, query) + names(reader, f"{query}&page=2")
    assert all(row[0].startswith(f"{BASE}id/mill/") and row[3] == "tower mill" for row in rows)
    link = page(reader, query).all("a", type="text/csv")[0].attributes["href"]
    assert link == "/list/mill.csv?kind=tower&sort=-height"


def test_the_csv_of_everything_has_every_property_and_the_iris_of_things(reader: FlaskClient) -> None:
    head, *rows = table(reader, "?columns=all")
    assert len(rows) == MANY + 3
    assert {"owner", "kind", "kind (IRI)", "sails"} <= set(head)
    row = dict(zip(head, rows[0], strict=True))
    assert (
        row["kind (IRI)"] == f"{BASE}id/kind/post" if row["kind"] == "post mill" else row["kind"] in ("", "tower mill")
    )


@pytest.mark.parametrize(
    ("asked", "accept", "status", "media_type"),
    [
        ("/list/mill", "*/*", 200, "text/html"),
        ("/list/mill", "text/csv", 200, "text/csv"),
        ("/list/mill?format=csv", "text/html", 200, "text/csv"),
        ("/list/mill.csv", "text/html", 200, "text/csv"),
        ("/list/mill.html", "text/csv", 200, "text/html"),
        ("/list/mill", "text/turtle", 406, None),
        ("/list/mill.ttl", "*/*", 404, None),
        ("/list/mill?format=ttl", "*/*", 400, None),
        ("/list/nope", "*/*", 404, None),
        ("/list/nope.csv", "*/*", 404, None),
    ],
)
def test_the_format_follows_the_address_and_else_what_is_accepted(
    reader: FlaskClient, asked: str, accept: str, status: int, media_type: str | None
) -> None:
    response = reader.get(asked, headers={"Accept": accept})
    assert response.status_code == status
    assert media_type in (None, response.mimetype)


def test_a_parameter_that_means_nothing_is_told_to_people_and_refused_to_programs(reader: FlaskClient) -> None:
    shown = page(reader, "?colour=%3Cb%3Ered&sort=colour")
    assert "Not looked at, because this list does not know it:" in shown.html
    assert len(shown.texts("th", scope="row")) == 50
    refused = reader.get("/list/mill.csv?colour=red", headers={"Accept": "application/json"})
    assert refused.status_code == 400
    assert "colour" in refused.json["detail"]  # type: ignore[index]
    tags = {reader.get(f"/list/mill{query}", headers=HTML).headers["ETag"] for query in ("", "?colour=red", "?hue=red")}
    assert len(tags) == 3, "what is told differs"


def test_a_column_that_only_one_thing_would_fill_is_not_shown(reader: FlaskClient) -> None:
    assert "owner" not in page(reader).texts("th", scope="col")


def test_what_things_have_to_say_stands_beside_names_that_say_little(tmp_path: Path) -> None:
    said = {f"m{number}": f"This is what mill {number} tells, and it takes {'very ' * 20}long." for number in range(3)}
    text = "\n".join(
        f'<{BASE}id/mill/{name}> a <{BASE}def/m#Mill> ; rdfs:label "Mill" ; schema:text "{words}"@en .'
        for name, words in said.items()
    )
    prefixes = "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix schema: <https://schema.org/> .\n"
    releases = Releases(tmp_path)
    publish(releases, "2025.1", (quad.triple for quad in parse(prefixes + text, format=RdfFormat.TURTLE)))
    reader = create_app(releases).test_client()
    assert page(reader).texts("td") == list(said.values())
    assert [row[2] for row in table(reader)[1:]] == list(said.values())
    assert [row[2] for row in table(reader, "?columns=all")[1:]] == list(said.values())


def test_the_headings_of_the_csv_are_in_one_language(reader: FlaskClient) -> None:
    dutch = reader.get("/list/mill.csv", headers={"Accept-Language": "nl"})
    assert dutch.text.startswith("iri,naam,")


def test_a_list_in_a_named_release_stays_there(reader: FlaskClient) -> None:
    shown = Page(reader.get("/release/2025.1/list/mill?kind=post", headers=HTML).text)
    [form] = [form for form in shown.all("form") if "search" not in form.attributes["action"]]
    assert form.attributes["action"] == "/release/2025.1/list/mill"
    links = [a.attributes["href"] for a in shown.all("a", rel="nofollow")]
    assert links
    assert all(link.startswith("/release/2025.1/") for link in links)


def test_what_the_site_remarks_on_a_list_stands_above_it_and_on_the_home_page(client: FlaskClient) -> None:
    for path in ("/list/mill", "/"):
        assert "Only mills that have a name." in Page(client.get(path, headers=HTML).text).texts("p")


@pytest.mark.parametrize(
    "query",
    [
        "kind=post&kind=tower",
        "q=a&q=b",
        "sort=height&sort=name",
        "page=1&page=2",
        "columns=foo",
        "columns=all&columns=all",
    ],
)
@pytest.mark.parametrize("suffix", ["", ".csv", ".html"])
def test_a_parameter_that_cannot_be_meant_is_refused(reader: FlaskClient, query: str, suffix: str) -> None:
    response = reader.get(f"/list/mill{suffix}?{query}", headers=HTML)
    assert response.status_code == 400


@pytest.mark.parametrize("query", ["foo=", "foo=1", "format=nonsense", "format=html", "kind=post&foo="])
def test_a_program_is_refused_what_the_list_does_not_know_even_if_it_is_empty(reader: FlaskClient, query: str) -> None:
    assert reader.get(f"/list/mill.csv?{query}").status_code == 400


def test_a_form_that_is_not_filled_in_chooses_nothing(reader: FlaskClient) -> None:
    form = "q=&kind=&river=&sort=&columns=&format=csv&page=1"
    assert reader.get(f"/list/mill.csv?{form}").data == reader.get("/list/mill.csv").data


def test_a_page_left_empty_is_the_first_and_there_is_none_before_it(reader: FlaskClient) -> None:
    first = reader.get("/list/mill", headers=HTML)
    for path in ("/list/mill?page=", "/search?q=mill&page=&lang=en", "/doc/mill/de-hoop?page="):
        assert reader.get(path, headers=HTML).status_code == 200
    document = reader.get("/doc/mill/de-hoop", headers=HTML)
    for path, had in (("/list/mill?page=0", first), ("/doc/mill/de-hoop?page=0", document)):
        for headers in (HTML, HTML | {"If-None-Match": had.headers["ETag"]}):
            assert reader.get(path, headers=headers).status_code == 404


def test_a_list_has_no_second_address(reader: FlaskClient) -> None:
    for path in ("/list/mill.", "/list/mill.?format=csv", "/list/mill..csv"):
        assert reader.get(path, headers=HTML).status_code == 404


def test_a_cell_with_very_many_values_shows_some_and_how_many_more_and_the_csv_has_all(tmp_path: Path) -> None:
    comment, mill = NamedNode("http://www.w3.org/2000/01/rdf-schema#comment"), f"{BASE}id/mill/de-hoop"
    said = [Triple(NamedNode(mill), comment, Literal(f"word {number:05}")) for number in range(3000)]
    others = [
        Triple(triple.subject, comment, Literal("one word"))
        for triple in facts()
        if triple.object == NamedNode(f"{BASE}def/m#Mill")
    ]
    releases = Releases(tmp_path / "releases")
    publish(releases, "1", [*facts(), *said, *others])
    client = create_app(releases).test_client()
    page = client.get("/list/mill", headers=HTML).text
    assert 0 < page.count("word 0") <= MOST_IN_CELL
    assert "2,989 more" in page
    assert client.get("/list/mill.csv").text.count("word 0") == 3000
