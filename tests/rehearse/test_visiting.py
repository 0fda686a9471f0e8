"""A visitor is bounded, stays where it is, and reads headers and lists as the standards have them."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Triple

from si_lod.rehearse import lists
from si_lod.rehearse.directions import Robots
from si_lod.rehearse.documents import document, keeps_out
from si_lod.rehearse.faults import value_faults
from si_lod.rehearse.graph import Graph
from si_lod.rehearse.headers import Link, links
from si_lod.rehearse.profile import RULES
from si_lod.rehearse.site import Site, base_of
from si_lod.rehearse.structured import texts
from si_lod.rehearse.telling import plain
from si_lod.rehearse.visiting import Visitor
from si_lod.sentences import say
from tests.rehearse.served import File, serving

SLUG = st.from_regex(r"[a-z][a-z0-9-]{0,10}", fullmatch=True)


def test_an_iri_below_the_base_is_visited_where_the_site_runs() -> None:
    site = Site("http://127.0.0.1:8000/staging/", "https://data.example.nl/trees/")
    assert site.address("https://data.example.nl/trees/dump/a b.ttl") == "http://127.0.0.1:8000/staging/dump/a%20b.ttl"
    assert site.address("http://127.0.0.1:8000/elsewhere") == "http://127.0.0.1:8000/elsewhere"
    assert site.address("https://data.example.nl/other") is None
    assert site.address("http://127.0.0.1:9000/") is None


@given(
    st.one_of(st.text(), st.builds("https://data.example.nl/{}".format, st.text()), st.from_regex(r"https?://.{0,9}"))
)
def test_whatever_a_catalogue_has_for_an_address_harms_no_visitor(iri: str) -> None:
    site = Site("http://127.0.0.1:1/", "https://data.example.nl/")
    address = site.address(iri)
    assert address is None or address.startswith("http://127.0.0.1:1")
    visitor = Visitor(site, seconds=1)
    for answer in (visitor.get(iri), visitor.head(iri)):
        assert (answer.status, bool(answer.failure)) == (0, True), "nothing answers there, and that is told"


@given(SLUG, st.lists(SLUG, max_size=3))
def test_the_base_is_what_stands_before_the_things(host: str, folders: list[str]) -> None:
    base = "/".join([f"https://{host}.nl", *folders, ""])
    assert base_of(f"{base}id/catalog") == base
    assert base_of(f"{base}id/catalog/nl").startswith(base)


def test_a_visitor_follows_redirects_on_the_site_and_none_to_another_host() -> None:
    moved = {"Location": "/here"}
    files = {
        "there": File(b"", moved, 303),
        "here": File(b"found", {"Content-Type": "text/plain"}),
        "away": File(b"", {"Location": "http://127.0.0.1:1/secret"}, 302),
        "round": File(b"", {"Location": "/round"}, 307),
    }
    with serving(files) as url:
        visitor = Visitor(Site.at(url))
        assert visitor.get(f"{url}/there").content == b"found"
        assert visitor.head(f"{url}/there").status == 200
        assert visitor.get(f"{url}/away").failure == "is led to another host, which is not visited"
        assert visitor.get(f"{url}/round").failure == "is redirected more than 5 times"


@pytest.mark.parametrize("file", ["", "catalog", "catalog.ttl", "catalog.jsonld"])
def test_the_address_that_is_registered_stands_for_the_site(file: str) -> None:
    assert Site.at(f"https://data.example.org/trees/{file}").url == "https://data.example.org/trees/"
    assert Site.at("https://catalog.example.org").url == "https://catalog.example.org/"
    assert Site.at("https://catalog").url == "https://catalog/"


def test_why_nothing_answers_is_told_in_the_readers_language() -> None:
    with serving({}) as url:
        pass
    failure = Visitor(Site.at(url)).get(url).failure
    assert failure == "gives no answer: Connection refused"
    assert say(failure, "nl") == "geeft geen antwoord: de verbinding werd geweigerd"


def test_what_breaks_off_is_no_answer() -> None:
    with serving({"short": File(b"abc", {"Content-Length": "10", "Connection": "close"})}) as url:
        answer = Visitor(Site.at(url), seconds=2).get(f"{url}/short")
    assert (answer.status, answer.well) == (0, False)
    assert answer.failure == "breaks off after 3 bytes"


def test_an_answer_that_does_not_fit_takes_no_room_from_those_after_it() -> None:
    files = {str(size): File(b"x" * size) for size in (600, 700, 5, 400)}
    with serving(files) as url:
        visitor = Visitor(Site.at(url), room=1000)
        kept = {size: visitor.get(f"{url}/{size}") for size in (600, 700, 5, 400)}
    assert {size: len(answer.content) for size, answer in kept.items()} == {600: 600, 700: 0, 5: 5, 400: 0}
    assert {size: answer.length for size, answer in kept.items()} == {600: 600, 700: 700, 5: 5, 400: 400}


def test_an_answer_that_takes_longer_than_is_waited_for_is_none() -> None:
    with serving({"file": File(b"x" * 5)}) as url:
        answer = Visitor(Site.at(url), longest=-1).get(f"{url}/file")
    assert (answer.status, answer.well) == (0, False)
    assert answer.failure == "is not whole in time, after 5 bytes"


@pytest.mark.parametrize(
    ("rules", "barred"),
    [
        ("User-agent: *\nDisallow: /*", {"catalog.ttl", "doc/a"}),
        ("User-agent: *\nDisallow: /*.ttl$", {"catalog.ttl"}),
        ("User-agent: *\nDisallow: /\nAllow: /monitor/doc/", {"catalog.ttl"}),
        ("User-agent: *\nDisallow: /monitor/doc/", {"doc/a"}),
        ("User-agent: other\nDisallow: /", set()),
    ],
)
def test_rules_for_robots_are_read_as_the_standard_has_them(rules: str, barred: set[str]) -> None:
    with serving({"robots.txt": File(rules.encode())}) as url:
        robots = Robots.of(Visitor(Site(f"{url}/", "https://data.example.nl/monitor/")))
        assert {path for path in ("catalog.ttl", "doc/a") if not robots.allow(f"{url}/{path}")} == barred


@pytest.mark.parametrize(("status", "allowed"), [(404, True), (403, True), (503, False)])
def test_a_server_that_fails_lets_no_robot_in(status: int, *, allowed: bool) -> None:
    with serving({"robots.txt": File(b"", status=status)}) as url:
        assert Robots.of(Visitor(Site.at(url))).allow(f"{url}/doc/a") is allowed


@given(st.lists(st.tuples(SLUG, SLUG, st.sampled_from(["text/turtle", 'a/b;p="x,y"', ""])), max_size=4))
def test_links_are_read_as_they_were_written(written: list[tuple[str, str, str]]) -> None:
    def quoted(media: str) -> str:
        return media.replace('"', '\\"')

    header = ", ".join(
        f'</{target}>; rel="{relation}"' + (f'; type="{quoted(media)}"' if media else "")
        for target, relation, media in written
    )
    found = links(header, "https://data.example.nl/doc/x")
    assert [(link.target.rpartition("/")[2], link.relations) for link in found] == [
        (target, (relation,)) for target, relation, _ in written
    ]
    assert [bool(link.media_type) for link in found] == [bool(media) for *_, media in written]


def test_a_link_without_brackets_is_none() -> None:
    assert links('https://data.example.nl/a; rel="item"', "https://data.example.nl/") == []
    assert links("</a>; rel=item; type=text/csv", "https://x.nl/b") == [Link("https://x.nl/a", ("item",), "text/csv")]


@pytest.mark.parametrize(
    ("iri", "fault"),
    [
        ("http://publications.europa.eu/resource/authority/data-theme/TECH", ""),
        ("https://publications.europa.eu/resource/authority/data-theme/TECH", 'begins with "https", but'),
        ("http://publications.europa.eu/resource/authority/data-theme/TECH/", "is not in the list"),
        ("http://publications.europa.eu/resource/authority/data-theme/tech", "is not in the list"),
        ("http://data.example.nl/TECH", "is not in the list"),
    ],
)
def test_a_value_list_compares_whole_iris(iri: str, fault: str) -> None:
    assert str(lists.THEMES.fault(iri) or "").startswith(fault)
    assert lists.THEMES.has(iri) == (not fault)


@pytest.mark.parametrize(
    ("table", "values", "column"),
    [
        ("eu-data-theme", lists.THEMES, ""),
        ("eu-access-right", lists.DUTCH_ACCESS_RIGHTS, "allowed_by_dcat_ap_nl"),
        ("eu-frequency", lists.FREQUENCIES, ""),
        ("eu-file-type", lists.FILE_TYPES, ""),
        ("eu-file-type", lists.OPEN_FILE_TYPES, "mqa_non_proprietary"),
        ("eu-file-type", lists.READABLE_FILE_TYPES, "mqa_machine_readable"),
        ("eu-language", lists.LANGUAGES, ""),
    ],
)
def test_the_lists_have_what_the_published_tables_have(
    table: str, values: lists.ValueList, column: str, shapes_folder: Path
) -> None:
    with (shapes_folder / f"vocab/{table}.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if "OP_DATPRO" not in row["uri"]]
    assert len(rows) > 5
    wrong = [row["uri"] for row in rows if values.has(row["uri"]) != (not column or row[column] == "true")]
    assert wrong == []


def test_a_page_is_read_as_a_search_engine_reads_it() -> None:
    page = document(
        b'<link rel="canonical" href="/a"><meta name="Robots" content="NoIndex">'
        b'<script type="application/ld+json">{"@graph": [{"@type": ["Dataset"], "name": "x"}]}</script>'
        b"<script>{broken</script><script type='application/ld+json'>{broken</script>"
    )
    assert page.links == {"canonical": ["/a"]}
    assert keeps_out(page.robots, "Googlebot")
    assert [node["name"] for node in page.described("Dataset")] == ["x"]
    assert len(page.faults) == 1


def test_values_of_json_ld_are_texts_however_they_are_written() -> None:
    assert texts(["a", {"@value": "b", "@language": "nl"}, {"@id": "https://c.nl"}, None, ""]) == [
        "a",
        "b",
        "https://c.nl",
    ]


@pytest.mark.parametrize(
    ("directives", "out"),
    [
        ("noindex", True),
        ("None", True),
        ("follow, NoIndex", True),
        ("googlebot: noindex", True),
        ("otherbot: noindex, nofollow", False),
        ("otherbot: nofollow, googlebot: noindex", True),
        ("max-snippet: 5, noindex", True),
        ("unavailable_after: 25 Jun 2027 15:00:00 PST, all", False),
        ("", False),
    ],
)
def test_a_page_is_kept_out_by_the_words_that_are_for_the_robot(directives: str, *, out: bool) -> None:
    assert keeps_out(directives, "Googlebot") is out


def test_json_that_is_nested_too_deeply_is_a_fault_of_the_page() -> None:
    page = document(b'<script type="application/ld+json">' + b"[" * 100_000 + b"</script>")
    assert page.faults == ["it is nested too deeply"]


@pytest.mark.parametrize(
    ("value", "kind", "fault"),
    [
        ("2026-02-28", "date", None),
        ("2026-02-29", "date", "is no date"),
        ("2026-99-99", "date", "is no date"),
        ("2026-02-28T25:00:00Z", "dateTime", "is no date"),
        ("2026-02-28T23:59:59.5+01:00", "dateTime", None),
        ("2026-13", "gYearMonth", "is no date"),
        ("-0044", "gYear", None),
    ],
)
def test_a_date_is_one_of_the_calendar(value: str, kind: str, fault: str | None) -> None:
    node = NamedNode("https://data.example.nl/a")
    date = Literal(value, datatype=NamedNode(f"http://www.w3.org/2001/XMLSchema#{kind}"))
    rule = next(rule for rule in RULES["dcat:Dataset"] if rule.property.endswith("modified"))
    faults = [str(one) for one in value_faults(Graph([Triple(node, NamedNode(rule.property), date)]), node, rule)]
    assert faults == ([] if fault is None else [f'dct:modified "{value}" {fault}'])


def test_a_redirect_to_a_part_of_a_page_is_followed_to_the_page() -> None:
    files = {"there": File(b"", {"Location": "/here#part"}, 302), "here": File(b"found")}
    with serving(files) as url:
        assert Visitor(Site.at(url)).get(f"{url}/there").content == b"found"


def test_what_a_site_says_does_not_act_on_a_terminal() -> None:
    assert plain("a\x1b[31mb\r\nc é 📚") == "a\\x1b[31mb\\r\\nc é 📚"
