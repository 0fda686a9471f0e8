"""What a release keeps of its judgement: counts as data, and what changed since the release before."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, Store

from si_lod.changes.comparison import Comparison
from si_lod.publish.road import publish
from si_lod.releases import Releases
from tests.publish.conftest import Copy
from tests.publish.test_road import contents

BASE = "https://data.example.org/reading/"
DQV = "http://www.w3.org/ns/dqv#"


@pytest.fixture
def releases(tmp_path: Path) -> Releases:
    return Releases(tmp_path / "releases")


def publish_second(site: Copy, releases: Releases) -> Path:
    publish(site.source(), releases)
    site.replace("data/dataset.ttl", 'dcat:version "1"', 'dcat:version "2"')
    site.replace("data/visits.csv", "12500", "11000")
    return publish(site.source(), releases).release.path


def measured(path: Path) -> dict[str, int]:
    """Return the values of the measurements in a file, by what they are called."""
    store = Store()
    store.load(path=str(path), format=RdfFormat.TURTLE)
    quads = store.quads_for_pattern(None, NamedNode(f"{DQV}value"), None)
    return {
        quad.subject.value.partition("#")[2]: int(quad.object.value)
        for quad in quads
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal)
    }


def test_the_verdict_counts_by_severity_and_by_shape_those_without_results_too(site: Copy, releases: Releases) -> None:
    release = publish(site.source(), releases).release
    assert measured(release.path / "verdict.ttl") == {
        "violation": 0,
        "warning": 1,
        "info": 0,
        "warning-Count": 1,
        "violation-count-visits": 0,
        "violation-count-certainty": 0,
        "violation-certainty-scheme": 0,
    }


def test_the_verdict_names_the_tools_the_shapes_version_and_no_blank_node(site: Copy, releases: Releases) -> None:
    site.replace(
        "shapes/count.ttl",
        "sh:declare s:prefix-read .",
        'sh:declare s:prefix-read ; <http://www.w3.org/2002/07/owl#versionInfo> "7" .',
    )
    release = publish(site.source(), releases).release
    text = (release.path / "verdict.ttl").read_text(encoding="utf-8")
    for tool, version in release.manifest.tools.items():
        assert f"#tool-{tool}> a prov:SoftwareAgent" in text
        assert f'"{version}"' in text
    assert f'<{BASE}def/shapes> <http://www.w3.org/2002/07/owl#versionInfo> "7"' in text
    assert "_:" not in text


def test_each_metric_that_is_measured_is_described_in_the_release(site: Copy, releases: Releases) -> None:
    publish_second(site, releases)
    release = releases.open("2")
    store = Store()
    for name in ("verdict.ttl", "changes/quality.ttl"):
        store.load(path=str(release.path / name), format=RdfFormat.TURTLE)
    metrics = {quad.object for quad in store.quads_for_pattern(None, NamedNode(f"{DQV}isMeasurementOf"), None)}
    assert len(metrics) == 6
    definition = NamedNode("http://www.w3.org/2004/02/skos/core#definition")
    dataset = release.store()
    for metric in metrics:
        assert isinstance(metric, NamedNode)
        assert len(list(dataset.quads_for_pattern(metric, definition, None))) == 2, "in both languages of the site"


def test_a_first_release_is_compared_with_nothing(site: Copy, releases: Releases) -> None:
    release = publish(site.source(), releases).release
    assert Comparison.read(release.path) is None


def test_results_are_compared_with_those_of_the_release_before(site: Copy, releases: Releases) -> None:
    folder = publish_second(site, releases)
    comparison = Comparison.read(folder)
    assert comparison is not None
    assert comparison.version == "1"
    # It was v-2 that said more than v-1; now it is v-1.
    assert comparison.results == {"new": 1, "gone": 1, "kept": 0}
    assert measured(folder / "changes/quality.ttl") == {"new": 1, "gone": 1, "kept": 0}


def test_the_changes_are_told_in_text_in_rdf_and_as_a_patch(site: Copy, releases: Releases) -> None:
    folder = publish_second(site, releases) / "changes"
    assert "      - 12500\n      + 11000\n" in (folder / "changes.txt").read_text(encoding="utf-8")
    assert (
        f"<{BASE}release/2/id/count/v-2> <http://www.w3.org/ns/prov#wasRevisionOf>"
        in (folder / "changes.nt").read_text()
    )
    rows = (folder / "changes.rdfp").read_text(encoding="utf-8").splitlines()
    assert rows[0] == f"H id <{BASE}release/2/changes> ."
    assert (
        f'A <{BASE}id/count/v-2> <{BASE}def/read#visits> "11000"^^<http://www.w3.org/2001/XMLSchema#decimal> .' in rows
    )


def test_one_edited_value_is_one_change_in_every_language(site: Copy, releases: Releases) -> None:
    folder = publish_second(site, releases)
    comparison = Comparison.read(folder)
    assert comparison is not None
    assert (comparison.things, comparison.facts) == (
        {"added": 0, "removed": 0, "changed": 1},
        {"added": 0, "removed": 0, "changed": 1},
    )
    assert comparison.following["facts"] > 1
    for name, first in (("changes.txt", "1 value changed, "), ("changes.nl.txt", "1 waarde gewijzigd, ")):
        assert (folder / "changes" / name).read_text(encoding="utf-8").startswith(first)


def test_the_report_is_told_in_every_language(site: Copy, releases: Releases) -> None:
    folder = publish(site.source(), releases).release.path
    assert (folder / "report.txt").read_text(encoding="utf-8").startswith("validation results: 0 Violation, 1 Warning,")
    dutch = (folder / "report.nl.txt").read_text(encoding="utf-8")
    assert dutch.startswith("validatieresultaten: 0 overtreding(en), 1 waarschuwing(en),")
    assert "Warning" not in dutch


def test_the_same_input_after_the_same_release_gives_the_same_bytes(site: Copy, tmp_path: Path) -> None:
    first = Releases(tmp_path / "first")
    made = [contents(publish_second(site, first))]
    second = Releases(tmp_path / "second")
    for version in ("1", "2"):
        again = publish(Copy(first.root / version / "files").source(), second).release
    made.append(contents(again.path))
    assert "changes/changes.nt" in made[0]
    assert made[0] == made[1]


def test_all_but_the_changes_and_the_feeds_follows_from_the_input_alone(site: Copy, tmp_path: Path) -> None:
    after = contents(publish_second(site, Releases(tmp_path / "after")))
    alone = contents(publish(site.source(), Releases(tmp_path / "alone")).release.path)
    assert {name: digest for name, digest in after.items() if not name.startswith(("changes/", "feed/"))} == {
        name: digest for name, digest in alone.items() if not name.startswith("feed/")
    }
