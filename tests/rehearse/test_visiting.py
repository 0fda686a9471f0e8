"""A visitor is bounded, stays where it is, and reads headers and lists as the standards have them."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from si_lod.rehearse import lists
from si_lod.rehearse.documents import document
from si_lod.rehearse.headers import Link, links
from si_lod.rehearse.site import Site, base_of
from si_lod.rehearse.structured import texts
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
    assert not visitor.get(iri).well
    assert not visitor.head(iri).well


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
    assert page.robots == "noindex"
    assert [node["name"] for node in page.described("Dataset")] == ["x"]
    assert len(page.faults) == 1


def test_values_of_json_ld_are_texts_however_they_are_written() -> None:
    assert texts(["a", {"@value": "b", "@language": "nl"}, {"@id": "https://c.nl"}, None, ""]) == [
        "a",
        "b",
        "https://c.nl",
    ]
