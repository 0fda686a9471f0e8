"""No thing disappears without a word, and why a version was refused is kept."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from si_lod.errors import InvalidFiles, Level, NonConforming, ReleaseConflict
from si_lod.publish.judgement.continuity import Gap
from si_lod.publish.road import check, publish
from si_lod.releases import Releases
from si_lod.sentences import Translated
from tests.publish.conftest import Copy
from tests.publish.test_road import contents

WITHDRAWN = {
    "url": "withdrawn.csv",
    "tableSchema": {
        "aboutUrl": "../id/{+id}",
        "columns": [
            {"name": "id", "titles": "id", "required": True, "suppressOutput": True},
            {
                "name": "reason",
                "titles": "reason",
                "propertyUrl": "http://www.w3.org/2000/01/rdf-schema#comment",
                "lang": "en",
            },
            {
                "name": "successor",
                "titles": "successor",
                "propertyUrl": "http://purl.org/dc/terms/isReplacedBy",
                "valueUrl": "../id/{+successor}",
            },
            {
                "name": "deprecated",
                "virtual": True,
                "propertyUrl": "http://www.w3.org/2002/07/owl#deprecated",
                "default": "true",
                "datatype": "boolean",
            },
        ],
    },
}
RENAMED = {
    "url": "renamed.csv",
    "tableSchema": {
        "aboutUrl": "../id/{+from}",
        "columns": [
            {"name": "from", "titles": "from", "required": True, "suppressOutput": True},
            {
                "name": "to",
                "titles": "to",
                "propertyUrl": "http://purl.org/dc/terms/isReplacedBy",
                "valueUrl": "../id/{+to}",
            },
        ],
    },
}


@pytest.fixture
def releases(tmp_path: Path) -> Releases:
    return Releases(tmp_path / "releases")


@pytest.fixture
def second(site: Copy, releases: Releases) -> Copy:
    """The site with the two tables, published once, on its way to version 2."""
    path = site.root / "data/csv-metadata.json"
    metadata = json.loads(path.read_text(encoding="utf-8"))
    metadata["tables"] += [WITHDRAWN, RENAMED]
    path.write_text(json.dumps(metadata), encoding="utf-8")
    site.write("data/withdrawn.csv", "id,reason,successor\n")
    site.write("data/renamed.csv", "from,to\n")
    publish(site.source(), releases)
    site.replace("data/dataset.ttl", 'dcat:version "1"', 'dcat:version "2"')
    return site


def lose_a_count(site: Copy) -> None:
    site.replace("data/visits.csv", "v-3,hill,2024,800.50,counted,annual-2024,\n", "")
    site.replace("data/queries/visits.rq", "least-rows: 3", "least-rows: 2")


def test_a_thing_that_is_gone_without_a_row_refuses_the_release_by_name(second: Copy, releases: Releases) -> None:
    lose_a_count(second)
    with pytest.raises(InvalidFiles) as caught:
        publish(second.source(), releases)
    (problem,) = caught.value.problems
    assert str(problem).startswith("data/withdrawn.csv: count/v-3: expected what release 1 describes")
    assert releases.versions() == ["1"]


def test_a_term_of_the_ontology_does_not_disappear(second: Copy, releases: Releases) -> None:
    # A class that nothing is of, so that nothing else is wrong without it.
    path = second.root / "ontology/read.ttl"
    term = 'read:Shelf a owl:Class ; rdfs:isDefinedBy <def/read> ; rdfs:label "shelf"@en, "plank"@nl .\n'
    text = path.read_text(encoding="utf-8")
    path.write_text(text + term, encoding="utf-8")
    publish(second.source(), releases)
    path.write_text(text, encoding="utf-8")
    second.replace("data/dataset.ttl", 'dcat:version "2"', 'dcat:version "3"')
    with pytest.raises(InvalidFiles) as caught:
        publish(second.source(), releases)
    (problem,) = caught.value.problems
    assert str(problem).startswith('ontology/: def/read#Shelf ("shelf"): expected what release 2 defines')
    path.write_text(text + "read:Shelf owl:deprecated true .\n", encoding="utf-8")
    assert publish(second.source(), releases).release.manifest.version == "3"


def test_what_is_gone_is_told_by_the_name_that_it_had(second: Copy, releases: Releases) -> None:
    second.replace("data/visits.csv", "v-3,hill,2024,800.50,counted,annual-2024,\n", "")
    second.replace("data/queries/visits.rq", "least-rows: 3", "least-rows: 2")
    second.replace("data/branches.csv", "hill,Hill branch,1958\n", "")
    with pytest.raises(InvalidFiles, match=r'branch/hill \("Hill branch"\): expected') as caught:
        publish(second.source(), releases)
    assert len(caught.value.problems) == 2


@pytest.mark.parametrize(
    ("table", "row"),
    [
        ("withdrawn", "count/v-3,counted twice,\n"),
        ("withdrawn", "count/v-3,counted twice,count/v-1\n"),
        ("renamed", "count/v-3,count/v-1\n"),
    ],
)
def test_a_row_lets_a_thing_go(second: Copy, releases: Releases, table: str, row: str) -> None:
    lose_a_count(second)
    path = second.root / f"data/{table}.csv"
    path.write_text(path.read_text(encoding="utf-8") + row, encoding="utf-8")
    assert publish(second.source(), releases).release.manifest.version == "2"


def test_the_row_has_to_stay(second: Copy, releases: Releases) -> None:
    lose_a_count(second)
    second.write("data/withdrawn.csv", "id,reason,successor\ncount/v-3,counted twice,\n")
    publish(second.source(), releases)
    second.replace("data/dataset.ttl", 'dcat:version "2"', 'dcat:version "3"')
    second.write("data/withdrawn.csv", "id,reason,successor\n")
    with pytest.raises(InvalidFiles, match="count/v-3: expected what release 2 describes"):
        publish(second.source(), releases)


@pytest.mark.parametrize("rows", ["count/v-3,count/nope\n", "count/v-3,count/old\ncount/old,count/v-3\n"])
def test_a_successor_that_is_nowhere_is_refused(second: Copy, releases: Releases, rows: str) -> None:
    lose_a_count(second)
    second.write("data/renamed.csv", f"from,to\n{rows}")
    with pytest.raises(
        InvalidFiles, match=r"data/renamed\.csv:2:to: id/count/v-3: expected a successor that is described"
    ):
        publish(second.source(), releases)


def test_a_thing_renamed_twice_leads_on(second: Copy, releases: Releases) -> None:
    lose_a_count(second)
    second.write("data/renamed.csv", "from,to\ncount/v-3,count/then\ncount/then,count/v-1\n")
    assert publish(second.source(), releases).release.manifest.version == "2"


def test_without_the_release_that_was_served_the_last_one_is_what_must_go_on(second: Copy, releases: Releases) -> None:
    lose_a_count(second)
    second.write("data/withdrawn.csv", "id,reason,successor\ncount/v-3,counted twice,\n")
    publish(second.source(), releases)
    shutil.rmtree(releases.root / "2")
    second.write("data/withdrawn.csv", "id,reason,successor\n")
    with pytest.raises(InvalidFiles, match="count/v-3: expected what release 1 describes"):
        publish(second.source(), releases)


def test_violations_and_things_that_are_gone_come_together(second: Copy, releases: Releases) -> None:
    lose_a_count(second)
    second.replace("data/visits.csv", "12000", "12000000")
    with pytest.raises(NonConforming) as caught:
        publish(second.source(), releases)
    assert [problem.file for problem in caught.value.problems] == ["data/visits.csv", "data/withdrawn.csv"]


def test_a_refusal_leaves_the_releases_as_they_were_and_its_reasons_beside_them(
    second: Copy, releases: Releases
) -> None:
    before = contents(releases.root / "1")
    second.replace("data/visits.csv", "12000", "12000000")
    with pytest.raises(NonConforming) as caught:
        publish(second.source(), releases)
    assert (releases.versions(), releases.current_version()) == (["1"], "1")
    assert contents(releases.root / "1") == before
    folder = releases.root / "refused/2"
    assert {path.name for path in folder.iterdir()} == {
        "issued.txt",
        "problems.nl.txt",
        "problems.txt",
        "report.nl.txt",
        "report.ttl",
        "report.txt",
        "verdict.ttl",
    }
    assert (folder / "problems.txt").read_text(encoding="utf-8") == f"{caught.value}\n"
    assert "more than a million visits" in (folder / "report.ttl").read_text(encoding="utf-8")
    assert caught.value.__notes__ == [f"the reasons are kept in {folder}"]


def test_the_next_refusal_overwrites_the_last_and_a_release_removes_it(second: Copy, releases: Releases) -> None:
    second.replace("data/visits.csv", "12000", "12000000")
    with pytest.raises(NonConforming):
        publish(second.source(), releases)
    second.replace("data/visits.csv", "12000000", "n/a")
    with pytest.raises(InvalidFiles):
        publish(second.source(), releases)
    folder = releases.root / "refused/2"
    assert {path.name for path in folder.iterdir()} == {"issued.txt", "problems.txt", "problems.nl.txt"}, (
        "it did not come to a report"
    )
    second.replace("data/visits.csv", "n/a", "12000")
    publish(second.source(), releases)
    assert not folder.exists()


def test_other_content_under_a_published_version_is_a_refusal_with_its_reason(second: Copy, releases: Releases) -> None:
    second.replace("data/dataset.ttl", 'dcat:version "2"', 'dcat:version "1"')
    second.replace("data/visits.csv", "12000", "12001")
    with pytest.raises(ReleaseConflict):
        publish(second.source(), releases)
    reasons = (releases.root / "refused/1/problems.txt").read_text(encoding="utf-8")
    assert "1 is published already, with other content" in reasons


def test_a_refusal_is_forgotten_when_its_version_turns_out_as_published_or_a_later_one_is(
    second: Copy, releases: Releases
) -> None:
    refused = releases.root / "refused/1"
    second.replace("data/dataset.ttl", 'dcat:version "2"', 'dcat:version "1"')

    def refuse() -> None:
        second.replace("data/visits.csv", "12000", "12001")
        with pytest.raises(ReleaseConflict):
            publish(second.source(), releases)
        assert refused.exists()

    refuse()
    second.replace("data/visits.csv", "12001", "12000")
    assert publish(second.source(), releases).verdict is None
    assert not refused.exists(), "what is there is what was published"
    refuse()
    (releases.root / "refused/10").mkdir()
    second.replace("data/dataset.ttl", 'dcat:version "1"', 'dcat:version "2"')
    publish(second.source(), releases)
    assert [path.name for path in (releases.root / "refused").iterdir()] == ["10"], "10 comes after 2"


def test_no_version_is_named_as_the_refusals_are(second: Copy, releases: Releases) -> None:
    second.replace("data/dataset.ttl", 'dcat:version "2"', 'dcat:version "refused"')
    with pytest.raises(InvalidFiles, match='found "refused"'):
        publish(second.source(), releases)


def test_a_row_for_what_was_never_published_is_a_warning_at_its_line(second: Copy, releases: Releases) -> None:
    lose_a_count(second)
    second.write("data/withdrawn.csv", "id,reason,successor\ncount/v-3,counted twice,\ncount/v-33,counted twice,\n")
    verdict = publish(second.source(), releases).verdict
    assert verdict is not None
    (remark,) = verdict.remarks
    assert remark.level is Level.WARNING
    assert str(remark).startswith("data/withdrawn.csv:3: count/v-33: expected a thing that was published, found none")
    second.replace("data/dataset.ttl", 'dcat:version "2"', 'dcat:version "3"')
    assert not check(second.source(), releases).remarks, "it was said before"


def test_what_is_gone_is_called_by_its_name_in_the_readers_language() -> None:
    found = Gap("i:x", "thing/x", Translated.by_language({"nl": "aap", "en": "monkey"})).problem("2")
    assert 'thing/x ("monkey")' in found.said("en")
    assert 'thing/x ("aap")' in found.said("nl")
