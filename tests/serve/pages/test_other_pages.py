"""The home page, lists, the ontology's documentation, the query page, and problems."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Literal, NamedNode, Store

from si_lod.engine.store.local import LocalEngine
from si_lod.errors import InvalidQuery, Unanswered
from si_lod.serve import pages
from si_lod.serve.once import Once
from tests.serve.pages.conftest import BASE, SITE, Reader
from tests.serve.pages.page import Page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask
    from pyoxigraph import Triple

    from si_lod.engine.evaluation import Term
    from si_lod.errors import ClientError


def home(reader: Reader) -> Page:
    with reader.app.app_context():
        return Page(pages.home_page(reader.view))


def listed(reader: Reader, request: pages.RollRequest = pages.RollRequest()) -> Page:  # noqa: B008  it is frozen
    with reader.app.app_context():
        roll = pages.Roll.of(pages.Members.read(reader.view, SITE.lists[0]), request)
        return Page(pages.list_page(reader.view, roll, ()))


def queried(
    reader: Reader,
    query: str = "",
    *,
    result: pages.ResultTable | bool | None = None,
    problem: ClientError | None = None,
) -> Page:
    with reader.app.app_context():
        if problem:
            return Page(pages.refused_page(reader.view, query, problem))
        return Page(pages.query_page(reader.view, query, result))


def test_the_home_page_says_what_the_site_is_in_each_language(english: Reader, dutch: Reader) -> None:
    assert home(english).texts("h1") == ["Orchards"]
    assert home(dutch).texts("p", class_="lead") == ["Bomen, geteld."]


def test_a_headline_of_observations_reads_as_observations_do_in_the_order_of_the_query(dutch: Reader) -> None:
    page = home(dutch)
    assert page.texts("h3", id="figure-trees") == ["Hoeveel bomen telt elke bron?"]
    assert page.texts("td", data_label="Bomen")[1] == "ongeveer 1.680 bomen"
    assert page.texts("th", scope="row") == ["c", "b", "a"]


def test_another_headline_links_a_thing_by_the_name_beside_it_and_heads_its_columns_as_the_file_says(
    dutch: Reader,
) -> None:
    page = home(dutch)
    assert "Aantal boomgaarden" in page.texts("th", scope="col")
    assert page.texts("a", href="/doc/person/pomona") == ["Pomona"]


def test_a_headline_without_a_title_in_the_language_of_the_page_has_that_of_another(dutch: Reader) -> None:
    assert home(dutch).texts("h3", id="figure-keepers") == ["Who keeps most orchards?"]


def test_the_home_page_has_a_search_and_tells_the_release_with_its_verdict(english: Reader) -> None:
    manifest = replace(english.view.manifest, results={"Violation": 0, "Warning": 2})
    page = home(replace(english, view=replace(english.view, manifest=manifest)))
    assert page.all("form", role="search")[0].attributes["action"] == "/search"
    assert page.texts("a", href="/release/2025.1") == ["2025.1"]
    assert page.texts("a", href="/release/2025.1/report")[0] == "Validated: 0 violations, 2 warnings"


def test_the_home_page_leads_to_each_list_with_its_count(english: Reader) -> None:
    assert home(english).texts("a", href="/list/orchard") == ["3 orchard"]


def test_a_release_without_queries_has_a_home_page(english: Reader) -> None:
    store = Store()
    store.extend(quad for quad in english.view.engine.store if "id/query/" not in str(quad.subject))  # type: ignore[attr-defined]
    bare = replace(english, view=replace(english.view, engine=LocalEngine(store)))
    assert home(bare).texts("h2") == ["Browse", "For data users"]


def test_a_list_has_everything_of_its_class_by_name(english: Reader) -> None:
    assert listed(english).texts("th", scope="row") == ["bare", "Garden of the Hesperides", "بستان عدن"]


def test_a_list_counts_what_it_has(dutch: Reader) -> None:
    assert listed(dutch).texts("p", class_="lead")[0].startswith("3 in deze versie")


def test_the_name_in_a_lists_address_is_the_local_name_of_its_class() -> None:
    assert pages.kind_of("https://x.example/def#BigTree") == "bigtree"
    assert pages.kind_of("https://x.example/def/BigTree") == "bigtree"


def test_the_query_page_starts_with_the_first_headlines_query(english: Reader) -> None:
    text = queried(english).all("textarea")[0].text
    assert "# How many trees does each source count?" in text
    assert "SELECT" in text
    assert queried(english).texts("label", for_="query") == ["Your query"]


def test_a_result_is_a_table_with_links_to_the_pages_of_the_site(english: Reader) -> None:
    hesperides = NamedNode(f"{BASE}id/orchard/hesperides")
    result = pages.ResultTable(
        ("orchard", "note"), ((hesperides, Literal("<i>x</i>", language="la")), (hesperides, None))
    )
    page = queried(english, "SELECT ...", result=result)
    assert page.texts("th", scope="col") == ["orchard", "note"]
    assert page.texts("td") == [f"{BASE}id/orchard/hesperides", "<i>x</i>", f"{BASE}id/orchard/hesperides", ""]
    assert len(page.all("a", href="/doc/orchard/hesperides")) == 2
    assert page.texts("bdi", lang="la") == ["<i>x</i>"]


@pytest.mark.parametrize(("answer", "word"), [(True, "Ja"), (False, "Nee")])
def test_a_yes_or_no_question_is_answered_in_words(dutch: Reader, answer: bool, word: str) -> None:  # noqa: FBT001
    assert queried(dutch, "ASK {}", result=answer).texts("p", class_="figure")[0].startswith(word)


def test_an_empty_result_says_that_nothing_fits(english: Reader) -> None:
    assert "No rows" in queried(english, "SELECT ...", result=pages.ResultTable(("x",), ())).html


def test_a_result_longer_than_the_page_shows_says_how_much_there_is(dutch: Reader) -> None:
    rows = tuple((Literal(str(number)),) for number in range(1500))
    page = queried(dutch, "SELECT ...", result=pages.ResultTable(("x",), rows))
    assert len(page.all("td")) == 500
    assert "De eerste 500 van 1.500 rijen" in page.html


@pytest.mark.parametrize(
    ("query", "line", "column", "marked"),
    [
        ("SELECT *\nWHERE [ ?s", 2, 7, "["),
        ("SELECT * WHERE", 1, 15, "¶"),
        ("ASK", 9, 9, "¶"),
        ("SELECT  oops {}", 1, 7, "oops"),
    ],
)
def test_the_place_where_a_query_went_wrong_is_marked(
    english: Reader, query: str, line: int, column: int, marked: str
) -> None:
    page = queried(english, query, problem=InvalidQuery("cannot go on", line=line, column=column))
    assert page.texts("mark") == [marked]
    assert f"Line {line}, column {column}:" in page.texts("p")
    assert page.all("textarea")[0].text.strip() == query


def test_what_a_reader_typed_is_shown_and_does_nothing(english: Reader) -> None:
    page = queried(english, "</textarea><script>alert(1)</script>", problem=InvalidQuery("<b>no</b>", line=1, column=1))
    assert all("src" in script.attributes and not script.text for script in page.all("script"))
    assert not page.all("b")


def test_a_problem_is_told_in_the_readers_language_with_the_way_on(dutch: Reader) -> None:
    with dutch.app.app_context():
        page = Page(pages.problem_page(dutch.view, 404, "Not Found", "/x: nothing <here>", [("Turtle", "/x.ttl")]))
    assert page.texts("h1") == ["Deze pagina bestaat niet"]
    assert page.texts("p", class_="detail") == ["/x: nothing <here>"]
    assert page.texts("a", href="/x.ttl") == ["Turtle"]


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/doc/orchard/golden-garden.html", "golden garden"),
        ("/id/orchard/Eden_2/", "Eden 2"),
        ('/"><script>alert(1)</script>', "script"),
        ("/", ""),
        ("/" + "x" * 300, "x" * 80),
    ],
)
def test_a_page_that_is_not_there_offers_a_search_for_what_was_meant(english: Reader, path: str, words: str) -> None:
    lost = replace(english.view, path=path, chosen=True)
    with english.app.app_context():
        page = Page(pages.problem_page(lost, 404, "Not Found", "nothing"))
    (field,) = page.all("input", id="meant")
    assert (field.attributes["name"], field.attributes["value"]) == ("q", words)
    assert {form.attributes["action"] for form in page.all("form")} == {"/search"}
    assert page.all("input", name="lang")[-1].attributes["value"] == "en"
    assert not page.all("script")


def test_what_is_wrong_here_offers_no_search(english: Reader) -> None:
    with english.app.app_context():
        page = Page(pages.problem_page(english.view, 500, "Internal Server Error", "number 7"))
    assert not page.all("input", id="meant")


def test_a_problem_of_which_there_is_no_page_has_its_own_title(english: Reader) -> None:
    with english.app.app_context():
        page = Page(pages.problem_page(english.view, 418, "I'm a teapot", "short and stout"))
    assert page.texts("h1") == ["I'm a teapot"]


def test_a_problem_can_be_told_when_there_is_no_release(app: Flask) -> None:
    with app.app_context():
        page = Page(pages.problem_page(None, 503, "Service Unavailable", "no release yet"))
    assert page.texts("h1") == ["Not available for the moment"]
    assert page.all("html")[0].attributes["lang"] == "en"


@dataclass(frozen=True, slots=True)
class Silent(LocalEngine):
    """An engine that is away."""

    def match(
        self, subject: NamedNode | None, predicate: NamedNode | None, obj: Term | None, *, most: int | None = None
    ) -> Iterator[Triple]:
        raise Unanswered(f"no answer for {most} of {subject} {predicate} {obj}")


def test_a_problem_is_told_while_the_engine_is_away(english: Reader) -> None:
    away = replace(english.view, engine=Silent(Store()), once=Once())
    with english.app.app_context():
        page = pages.problem_page(away, 503, "Service Unavailable", "the engine is away")
    assert "the engine is away" in page


def test_a_problem_asks_the_engine_nothing(english: Reader) -> None:
    with english.app.app_context():
        pages.problem_page(english.view, 500, "Internal Server Error", "number 7")
    assert english.view.engine.queries == []  # type: ignore[attr-defined]


def test_every_page_offers_every_language_and_marks_the_one_it_is_in(english: Reader) -> None:
    moved = replace(
        english, view=replace(english.view, path="/sparql", arguments=(("query", "ASK {}"), ("lang", "en")))
    )
    page = queried(moved, "ASK {}", result=True)
    assert [a.attributes["href"] for a in page.all("a", hreflang="nl")] == ["/sparql?query=ASK+%7B%7D&lang=nl"]
    assert page.texts("a", aria_current="true") == ["English"]
    tongues = [link.attributes["hreflang"] for link in page.all("link", rel="alternate")]
    assert tongues == ["nl", "en", "x-default"]
