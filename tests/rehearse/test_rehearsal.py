"""A rehearsal of the program as its operator runs it, against the sample as it is served."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from si_lod.publish.road import publish
from si_lod.publish.source.files import Source
from si_lod.rehearse.documents import document
from si_lod.rehearse.evidence import Evidence
from si_lod.rehearse.portals import PORTALS
from si_lod.rehearse.rehearsal import Rehearsal, rehearse
from si_lod.rehearse.shapes import Shapes
from si_lod.releases import Releases
from tests.acceptance import live
from tests.cli.command import si_lod
from tests.rehearse.served import BASE, serving, site
from tests.rehearse.spoiling import everywhere, without

DATASET = f"<{BASE}id/dataset/findings>"


@pytest.fixture(scope="module")
def address(shelf: Releases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the sample is really served."""
    command = (sys.executable, "-m", "si_lod", "serve", "--workers", "1", "--releases", shelf.root)
    with live.serving(*command, folder=tmp_path_factory.mktemp("served")) as url:
        yield url


def rehearsed(url: str, shapes: Path | None = None) -> Rehearsal:
    return rehearse(Evidence.gather(url, pause=0, shapes=Shapes(shapes) if shapes else None))


def test_every_portal_takes_the_whole_sample_as_it_is_served(address: str) -> None:
    found = rehearse(Evidence.gather(address))
    lost = [f"{v.portal}: {f.effect} {f.about} {f.message}" for v in found.verdicts if not v.whole for f in v.findings]
    assert lost == []
    assert {len(verdict.taken) for verdict in found.verdicts} == {5, 0}, "placeholders are no portal"
    assert found.base == BASE


def test_each_data_set_of_the_sample_has_all_points_in_every_syntax(address: str, shapes_folder: Path) -> None:
    found = rehearsed(address, shapes_folder)
    scores = [score for verdict in found.verdicts for score in verdict.scores]
    assert {(score.reached, score.judged, score.possible) for score in scores} == {(405, 405, 405)}
    assert {score.syntax for score in scores} == {"Turtle", "RDF/XML", "JSON-LD"}
    assert len(scores) == 3 * 5
    assert found.whole
    assert [sentence for verdict in found.verdicts for sentence in verdict.unjudged] == []


def test_a_data_set_that_breaks_an_official_shape_loses_the_points_for_it(
    release: Path, lines: list[str], shapes_folder: Path
) -> None:
    with serving(site(release, without(DATASET, "dct:description")(lines))) as url:
        found = rehearsed(url, shapes_folder)
    scores = {score.dataset: score.reached for verdict in found.verdicts for score in verdict.scores}
    assert scores.pop(DATASET[1:-1]) == 375
    assert set(scores.values()) == {405}
    rules = {(v.portal, f.rule) for v in found.verdicts for f in v.findings if f.dataset == DATASET[1:-1] and f.rule}
    assert ("data.europa.eu", "shapes.ttl dct:description") in rules
    assert DATASET[1:-1] in next(v for v in found.verdicts if v.portal == "data.overheid.nl").dropped


@pytest.mark.parametrize(
    "shapes",
    ["not Turtle", "@prefix sh: <http://www.w3.org/ns/shacl#> . <urn:x> a sh:NodeShape, sh:PropertyShape ."],
)
def test_shapes_that_cannot_be_used_are_named(shapes: str, release: Path, lines: list[str], tmp_path: Path) -> None:
    (tmp_path / "dcat-ap-3.0.1").mkdir()
    (tmp_path / "dcat-ap-3.0.1/shapes.ttl").write_text(shapes, encoding="utf-8")
    with serving(site(release, lines)) as url:
        shown = si_lod(tmp_path, "rehearse", url, "--shapes", str(tmp_path))
    assert (shown.returncode, shown.stdout) == (2, "")
    assert "dcat-ap-3.0.1/shapes.ttl: cannot be used as shapes: " in shown.stderr
    assert "Traceback" not in shown.stderr


def test_points_for_links_to_another_host_are_neither_reached_nor_lost(release: Path, lines: list[str]) -> None:
    moved = everywhere(f"<{BASE}dump/", "<https://files.example.nl/")(lines)
    with serving(site(release, moved)) as url:
        found = rehearsed(url).verdicts[1]
    assert {(score.reached, score.judged, score.possible) for score in found.scores} == {(345, 345, 405)}
    assert found.whole
    assert {f.message for f in found.findings} == {"30 points are for links to another host, which is not visited here"}


def test_without_official_shapes_it_says_what_was_not_judged(release: Path, lines: list[str]) -> None:
    with serving(site(release, lines)) as url:
        found = rehearsed(url)
    unjudged = {verdict.portal: list(verdict.unjudged) for verdict in found.verdicts if verdict.unjudged}
    assert set(unjudged) == {"data.europa.eu", "data.overheid.nl", "nde"}
    assert unjudged["nde"] == ["the official shapes of NDE were not asked: give their folder with --shapes"]
    assert {(s.reached, s.judged) for verdict in found.verdicts for s in verdict.scores} == {(375, 375)}


def test_each_placeholder_of_the_sample_is_named(release: Path, lines: list[str]) -> None:
    with serving(site(release, lines)) as url:
        found = rehearsed(url).verdicts[-1]
    named = {finding.message.split(" is still")[0] for finding in found.findings if finding.about != BASE}
    assert named == {"foaf:name", "vcard:fn", "foaf:homepage", "foaf:mbox", "vcard:hasEmail", "vcard:hasURL"}
    assert found.whole, "a placeholder is a note"


def test_the_command_tells_it_in_words_with_a_paragraph_for_each_portal(address: str, tmp_path: Path) -> None:
    shown = si_lod(tmp_path, "rehearse", address)
    assert (shown.returncode, shown.stderr) == (0, "")
    assert len(shown.stdout.strip().split("\n\n")) == len(PORTALS)
    assert "CKAN (ckanext-dcat): takes 5 of 5 data sets\n" in shown.stdout
    assert "foaf:mbox is still a placeholder: mailto:publisher@example.org" in shown.stdout
    assert "neemt 5 van 5 datasets" in si_lod(tmp_path, "rehearse", address, "--lang", "nl").stdout
    assert si_lod(tmp_path, "--quiet", "rehearse", address).stdout == ""


def test_the_command_tells_programs_what_is_dropped_and_why(release: Path, lines: list[str], tmp_path: Path) -> None:
    with serving(site(release, without(DATASET, "dct:creator")(lines))) as url:
        shown = si_lod(tmp_path, "rehearse", url, "--format", "json")
    told = json.loads(shown.stdout)
    portals = {portal["portal"]: portal for portal in told["portals"]}
    assert (shown.returncode, told["whole"], told["base"]) == (1, False, BASE)
    assert [*portals] == [portal.key for portal in PORTALS]
    assert portals["data.overheid.nl"]["dropped"] == [DATASET[1:-1]]
    assert len(portals["data.overheid.nl"]["taken"]) == 4
    assert {
        "effect": "drops",
        "about": DATASET[1:-1],
        "dataset": DATASET[1:-1],
        "rule": None,
        "message": "not DCAT-AP-NL: has no dct:creator, which is mandatory",
    } in portals["data.overheid.nl"]["findings"]


def test_the_page_stands_alone_and_writes_hostile_text_as_text(release: Path, lines: list[str], tmp_path: Path) -> None:
    hostile = everywhere('"Bevindingen"@nl', '"</td><script>alert(1)</script> voorbeeld"@nl')(lines)
    with serving(site(release, hostile)) as url:
        shown = si_lod(tmp_path, "rehearse", url, "--format", "html", "--lang", "nl")
    assert '<html lang="nl">' in shown.stdout
    assert "&lt;script&gt;alert(1)" in shown.stdout
    assert "<script" not in shown.stdout
    assert "src=" not in shown.stdout
    assert document(shown.stdout.encode()).robots == "noindex"


def test_what_is_saved_is_shown_by_the_site_without_saying_where_it_was_visited(
    address: str, shelf: Releases, tmp_path: Path
) -> None:
    shown = si_lod(tmp_path, "rehearse", address, "--save", "--releases", str(shelf.root))
    assert (shown.returncode, shown.stderr) == (0, f"saved; {address}/rehearsal shows it\n")
    for language, words in (("en", "is still a placeholder"), ("nl", "is nog een voorbeeldwaarde")):
        with urlopen(f"{address}/rehearsal.html?lang={language}", timeout=30) as response:
            page = response.read().decode()
        assert words in page
        assert address not in page
    with urlopen(f"{address}/rehearsal.json", timeout=30) as response:
        told = json.load(response)
    assert (told["release"], told["current"], told["whole"], told["url"]) == ("2026.1", True, True, BASE)
    assert [portal["portal"] for portal in told["portals"]] == [portal.key for portal in PORTALS]


def test_the_rehearsal_of_another_site_than_that_of_the_releases_is_not_saved(
    release: Path, lines: list[str], libraries: Path, tmp_path: Path
) -> None:
    other = Releases(tmp_path / "releases")
    publish(Source.read(libraries), other)
    with serving(site(release, lines)) as url:
        shown = si_lod(tmp_path, "rehearse", url, "--save", "--releases", str(other.root))
    assert shown.returncode == 2
    assert "expected the site of release 1, found one whose catalogue names 2026.1; nothing was saved" in shown.stderr
    assert not (other.root / "rehearsed").exists()


def test_without_a_release_nothing_can_be_saved(tmp_path: Path) -> None:
    shown = si_lod(tmp_path, "rehearse", "http://127.0.0.1:1", "--save")
    assert (shown.returncode, shown.stdout) == (3, "")
    assert "no release yet" in shown.stderr


def test_a_site_that_gives_no_answer_cannot_be_rehearsed(tmp_path: Path) -> None:
    url = f"http://127.0.0.1:{live.free_port()}"
    shown = si_lod(tmp_path, "rehearse", url)
    assert (shown.returncode, shown.stdout) == (3, "")
    assert shown.stderr.startswith(f"{url}/ gives no answer: ")


@pytest.mark.parametrize("url", ["ftp://data.example.nl", "data.example.nl", "http://", "http://x.nl/?page=1"])
def test_what_is_no_address_of_a_site_is_wrong_usage(url: str, tmp_path: Path) -> None:
    shown = si_lod(tmp_path, "rehearse", url)
    assert shown.returncode == 2
    assert "expected the address of a site" in shown.stderr


def test_a_site_without_a_catalogue_has_nothing_to_take(tmp_path: Path) -> None:
    with serving({}) as url:
        shown = si_lod(tmp_path, "rehearse", url)
    assert shown.returncode == 1
    assert shown.stdout.count("no data set could be read in any syntax") == len(PORTALS) - 1


def test_the_ontology_and_the_shapes_of_the_sample_are_in_a_dump_and_in_the_sitemap(release: Path) -> None:
    listed = {line for path in (release / "things").iterdir() for line in path.read_text(encoding="utf-8").split()}
    whole = (release / "dump/monitor.nt").read_text(encoding="utf-8")
    for name in ("si", "shapes"):
        iri = f"https://w3id.org/smart-industry/def/{name}"
        assert iri in listed
        assert (
            f"<{iri}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/2002/07/owl#Ontology>"
            in whole
        )
