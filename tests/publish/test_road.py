"""The whole road: a site's files become a release, or nothing happens."""

from __future__ import annotations

import gzip
import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, RdfFormat, parse

from si_lod.changes.comparison import Comparison
from si_lod.errors import CannotWrite, InvalidFiles, NonConforming, NoRelease, ReleaseConflict, Unfit
from si_lod.publish.road import check, publish
from si_lod.releases import Releases
from si_lod.seals import SEAL
from tests.publish.conftest import Copy


@pytest.fixture
def releases(tmp_path: Path) -> Releases:
    return Releases(tmp_path / "releases")


def contents(folder: Path) -> Mapping[str, str]:
    """Return the digest of every file of a release except those of its store."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "store" not in path.relative_to(folder).parts
    }


def test_a_release_holds_its_dataset_report_manifest_store_and_sources(site: Copy, releases: Releases) -> None:
    release = publish(site.source(), releases).release
    names = {path.name for path in release.path.iterdir()}
    assert names == {
        "catalog.nt",
        "dataset.nq.gz",
        "derived.nq.gz",
        "dump",
        "feed",
        "files",
        "index.sqlite",
        "manifest.json",
        "report.nl.txt",
        "report.ttl",
        "report.txt",
        "store",
        "things",
        "verdict.ttl",
    }
    assert release.manifest.rows == {"data/branches.csv": 2, "data/reports.csv": 2, "data/visits.csv": 3}
    assert releases.current() == release


def test_the_dump_and_the_store_say_the_same(site: Copy, releases: Releases) -> None:
    release = publish(site.source(), releases).release
    dump = gzip.decompress((release.path / "dataset.nq.gz").read_bytes())
    assert sorted(map(str, parse(dump, format=RdfFormat.N_QUADS))) == sorted(map(str, release.store()))
    assert hashlib.sha256(dump).hexdigest() == release.manifest.dataset
    assert len(dump.splitlines()) == release.manifest.triples
    assert b'"800.5"^^' in dump, "the lexical form is the one that the store writes"


def test_classes_above_are_in_the_data(site: Copy, releases: Releases) -> None:
    release = publish(site.source(), releases).release
    dump = gzip.decompress((release.path / "dataset.nq.gz").read_bytes()).decode()
    assert dump.count("<http://purl.org/linked-data/cube#Observation> .") == 3 + 1 + 1, (
        "three counts, the class itself, its partition"
    )


def test_a_shape_without_an_iri_is_named_as_in_the_data(site: Copy, releases: Releases) -> None:
    anonymous = "s:count-visits, [ sh:path read:visits ; sh:maxInclusive 12000 ; sh:severity sh:Warning ]"
    site.replace("shapes/count.ttl", "sh:property s:count-visits,", f"sh:property {anonymous},")
    release = publish(site.source(), releases).release
    report = (release.path / "report.ttl").read_text(encoding="utf-8")
    (named,) = set(re.findall(r"https://data\.example\.org/reading/\.well-known/genid/count-c14n\d+", report))
    assert any(quad.subject.value == named for quad in release.store() if isinstance(quad.subject, NamedNode))
    assert "_:" not in report


def test_two_processes_with_other_hash_seeds_make_the_same_bytes(site: Copy, tmp_path: Path) -> None:
    made = []
    for seed in ("1", "4242"):
        folder = tmp_path / f"releases-{seed}"
        command = [sys.executable, "-m", "si_lod", "publish", "--site", str(site.root), "--releases", str(folder)]
        subprocess.run(
            command, check=True, capture_output=True, env={**os.environ, "PYTHONHASHSEED": seed}, timeout=120
        )
        made.append(contents(folder / "1"))
    assert len(made[0]) > 5
    assert made[0] == made[1]


def test_a_release_can_be_made_again_from_its_own_files(site: Copy, releases: Releases, tmp_path: Path) -> None:
    first = publish(site.source(), releases).release
    again = publish(Copy(first.path / "files").source(), Releases(tmp_path / "again")).release
    assert contents(again.path) == contents(first.path)


def test_unchanged_input_publishes_nothing(site: Copy, releases: Releases) -> None:
    first = publish(site.source(), releases)
    before = {path: path.stat().st_mtime_ns for path in releases.root.rglob("*") if path.name != ".lock"}
    second = publish(site.source(), releases)
    assert (first.verdict is None, second.verdict is None) == (False, True)
    assert {path: path.stat().st_mtime_ns for path in releases.root.rglob("*") if path.name != ".lock"} == before


def test_changed_input_under_a_published_version_is_refused_and_told_what_to_do(site: Copy, releases: Releases) -> None:
    publish(site.source(), releases)
    before = contents(releases.root / "1")
    site.replace("data/visits.csv", "12000", "12001")
    with pytest.raises(ReleaseConflict, match=r"raise dcat:version and dct:issued in data/dataset\.ttl"):
        publish(site.source(), releases)
    assert contents(releases.root / "1") == before


def test_a_new_version_is_served_and_the_old_one_stays(site: Copy, releases: Releases) -> None:
    publish(site.source(), releases)
    before = contents(releases.root / "1")
    site.replace("data/dataset.ttl", 'dcat:version "1"', 'dcat:version "2"')
    publish(site.source(), releases)
    assert releases.versions() == ["1", "2"]
    assert releases.current_version() == "2"
    assert contents(releases.root / "1") == before


def test_a_bad_table_writes_nothing(site: Copy, releases: Releases) -> None:
    site.replace("data/visits.csv", "12500", "n/a")
    with pytest.raises(InvalidFiles, match=r'data/visits\.csv:3:visits: expected a decimal, found "n/a"'):
        publish(site.source(), releases)
    assert releases.versions() == []
    assert sorted(path.name for path in releases.root.iterdir()) == [".lock", "refused"]


def test_problems_of_tables_and_documents_come_together(site: Copy) -> None:
    site.replace("data/visits.csv", "12500", "n/a")
    site.replace("ontology/read.ttl", "read:Branch a owl:Class ;", "read:Branch a ;")
    with pytest.raises(InvalidFiles) as caught:
        check(site.source())
    assert [problem.file for problem in caught.value.problems] == ["data/visits.csv", "ontology/read.ttl"]


def test_a_violation_refuses_the_release_and_is_traced_to_its_cell(site: Copy, releases: Releases) -> None:
    site.replace("data/visits.csv", "800.50", "8000000.50")
    with pytest.raises(NonConforming) as caught:
        publish(site.source(), releases)
    (problem,) = caught.value.problems
    # The record before has a line break in a cell, so the physical line is not the record's number.
    assert (problem.file, problem.line, problem.column) == ("data/visits.csv", 5, "visits")
    assert problem.message.startswith("more than a million visits to one branch cannot be right")
    assert releases.versions() == []


def test_a_query_that_fails_does_not_hide_a_violation(site: Copy, releases: Releases) -> None:
    site.replace("data/visits.csv", "800.50", "8000000.50")
    site.replace("data/queries/visits.rq", "least-rows: 3", "least-rows: 4")
    with pytest.raises(NonConforming) as caught:
        publish(site.source(), releases)
    assert [problem.file for problem in caught.value.problems] == ["data/visits.csv", "data/queries/visits.rq"]
    with pytest.raises(Unfit) as told:
        check(site.source())
    assert {problem.file for problem in told.value.problems} == {"data/visits.csv", "data/queries/visits.rq"}


def told_of(caught: pytest.ExceptionInfo[Unfit]) -> list[str]:
    return [problem.place for problem in caught.value.problems]


def test_a_wrong_cell_hides_nothing_that_is_sure_whatever_it_should_have_been(site: Copy) -> None:
    site.replace("data/visits.csv", "v-1,harbour,2024,12000,counted", "v-1,harbour,1999,12000000,cuonted")
    site.replace("data/visits.csv", "12500", "n/a")
    site.replace("data/queries/visits.rq", "columns: branch", "columns: brunch")
    with pytest.raises(Unfit) as caught:
        check(site.source())
    assert told_of(caught) == [
        "data/queries/visits.rq:3",
        "data/visits.csv:2:certainty",
        "data/visits.csv:2:visits",
        "data/visits.csv:3:visits",
    ]


def test_what_may_only_follow_from_a_fault_is_not_told_but_counted(site: Copy) -> None:
    site.replace("data/visits.csv", "800.50", "n/a")
    with pytest.raises(Unfit) as caught:
        check(site.source())
    assert told_of(caught) == ["data/visits.csv:5:visits"]
    assert [problem.level for problem in caught.value.beside] == ["warning"], "two other rows contradict one another"
    assert caught.value.unjudged == (
        "not judged until that is mended, since it may only follow from it: the answer of 1 example query",
    )


def test_one_cause_is_told_once(site: Copy) -> None:
    site.replace("data/visits.csv", "v-3,hill", "v-3,hull")
    with pytest.raises(Unfit) as caught:
        check(site.source())
    assert told_of(caught) == ["data/visits.csv:5:branch"]
    site.replace("data/branches.csv", "hill,Hill branch,1958\n", "")
    with pytest.raises(Unfit) as again:
        check(site.source())
    assert told_of(again) == ["data/visits.csv:5:branch"]


@pytest.mark.parametrize(
    ("name", "old", "new", "places"),
    [
        ("data/visits.csv", "id,branch", "id,brunch", ["data/visits.csv:1:branch", "data/visits.csv:1:brunch"]),
        ("data/visits.csv", "v-3,hill,", "v-3,", ["data/visits.csv:5"]),
        ("ontology/read.ttl", "read:Branch a owl:Class ;", "read:Branch a ;", ["ontology/read.ttl:14:15"]),
        ("shapes/count.ttl", "s:Count a", "s:Count b", ["shapes/count.ttl:11:9"]),
        ("data/csv-metadata.json", '"tables"', '"tabels"', ["data/csv-metadata.json:1"] * 3),
        ("data/derived/10-superclasses.rq", "CONSTRUCT", "CONSTRUKT", ["data/derived/10-superclasses.rq:3:1"]),
    ],
    ids=["header", "too few cells", "ontology", "shapes", "metadata", "derivation"],
)
def test_a_file_that_cannot_be_read_is_told_without_what_follows_from_that(
    site: Copy, name: str, old: str, new: str, places: list[str]
) -> None:
    site.replace(name, old, new)
    with pytest.raises(Unfit) as caught:
        check(site.source())
    assert told_of(caught) == places


def test_shapes_that_cannot_be_read_leave_what_they_ask_unjudged(site: Copy) -> None:
    site.replace("shapes/count.ttl", "s:Count a", "s:Count a a")
    site.replace("data/visits.csv", "800.50", "n/a")
    with pytest.raises(Unfit, match=r"since it may only follow from it: .*what the shapes ask") as caught:
        check(site.source())
    assert len(caught.value.problems) == 2


def test_checking_sees_what_publishing_would_of_the_releases_that_are_there(site: Copy, releases: Releases) -> None:
    publish(site.source(), releases)
    assert not check(site.source(), releases).violations
    site.replace("data/visits.csv", "v-3,hill,2024,800.50,counted,annual-2024,\n", "")
    with pytest.raises(ReleaseConflict) as caught:
        check(site.source(), releases)
    assert [problem.file for problem in caught.value.problems] == [
        "data/dataset.ttl",
        "data/queries/visits.rq",
        "data/withdrawn.csv",
    ]
    with pytest.raises(ReleaseConflict) as refused:
        publish(site.source(), releases)
    assert refused.value.problems == caught.value.problems
    assert [path.name for path in (releases.root / "refused").iterdir()] == ["1"]


@pytest.mark.parametrize(
    ("versions", "days", "left"),
    [
        (("b", "a"), ("2026-03-01", "2026-03-02"), []),
        (("2", "10"), ("2026-03-01", "2026-03-01"), []),
        (("10", "2"), ("2026-03-02", "2026-03-01"), ["10"]),
    ],
)
def test_a_refusal_is_forgotten_when_a_version_of_a_later_day_is_published_whatever_it_is_called(
    site: Copy, releases: Releases, versions: tuple[str, str], days: tuple[str, str], left: list[str]
) -> None:
    good = site.root.joinpath("data/visits.csv").read_text(encoding="utf-8")
    described = site.root.joinpath("data/dataset.ttl").read_text(encoding="utf-8")
    for version, day, table in zip(versions, days, (good.replace("12000", "many"), good), strict=True):
        text = described.replace('dcat:version "1"', f'dcat:version "{version}"').replace("2026-02-01", day)
        site.write("data/dataset.ttl", text)
        site.write("data/visits.csv", table)
        with suppress(InvalidFiles):
            publish(site.source(), releases)
    assert releases.versions() == [versions[1]]
    assert [path.name for path in (releases.root / "refused").iterdir()] == left


def test_a_thing_whose_row_is_wrong_is_not_said_to_be_gone(site: Copy, releases: Releases) -> None:
    publish(site.source(), releases)
    site.replace("data/dataset.ttl", 'dcat:version "1"', 'dcat:version "2"')
    for old, new in (("v-3,hill,2024,", "v-3,hill,20x4,"), ("v-3,hill,20x4,", "v-3,")):
        site.replace("data/visits.csv", old, new)
        with pytest.raises(Unfit) as caught:
            check(site.source(), releases)
        assert [problem.file for problem in caught.value.problems] == ["data/visits.csv"]
    site.replace("data/branches.csv", "hill,Hill branch,1958\n", "")
    with pytest.raises(Unfit) as both:
        publish(site.source(), releases)
    assert told_of(both) == ["data/visits.csv:5", "data/withdrawn.csv"]
    assert "whether 1 thing that was published is gone" in both.value.unjudged[0]


def test_releases_of_another_site_are_none_of_this_one(site: Copy, releases: Releases, tmp_path: Path) -> None:
    publish(site.source(), releases)
    shutil.copytree(site.root, tmp_path / "other")
    other = Copy(tmp_path / "other")
    for path in other.root.rglob("*.*"):
        other.write(
            path.relative_to(other.root).as_posix(),
            path.read_text(encoding="utf-8").replace("data.example.org", "data.example.com"),
        )
    assert not check(other.source(), releases).violations


def test_a_release_of_an_earlier_day_than_the_one_before_it_is_refused(site: Copy, releases: Releases) -> None:
    publish(site.source(), releases)
    site.replace("data/dataset.ttl", 'dcat:version "1"', 'dcat:version "2"')
    site.replace("data/dataset.ttl", "2026-02-01", "2026-01-31")
    with pytest.raises(InvalidFiles, match=r"dct:issued: expected 2026-02-01, the day of release 1, or a later one"):
        publish(site.source(), releases)


def test_after_a_rollback_a_release_still_stands_behind_the_last_one(site: Copy, releases: Releases) -> None:
    publish(site.source(), releases)
    raise_version(site, "1", "2")
    site.replace("data/dataset.ttl", "2026-02-01", "2026-04-01")
    publish(site.source(), releases)
    releases.switch("1")
    raise_version(site, "2", "3")
    site.replace("data/dataset.ttl", "2026-04-01", "2026-03-01")
    for act in (check, publish):
        with pytest.raises(InvalidFiles, match="dct:issued: expected 2026-04-01, the day of release 2, or a later one"):
            act(site.source(), releases)
    site.replace("data/dataset.ttl", "2026-03-01", "2026-04-01")
    publish(site.source(), releases)
    assert releases.versions() == ["1", "2", "3"]


def test_a_release_that_is_not_whole_may_be_made_anew_behind_a_later_one(site: Copy, releases: Releases) -> None:
    publish(site.source(), releases)
    shutil.copytree(site.root, site.root.with_name("first"))
    raise_version(site, "1", "2")
    site.replace("data/dataset.ttl", "2026-02-01", "2026-04-01")
    publish(site.source(), releases)
    (releases.root / "1/dataset.nq.gz").unlink()
    first = Copy(site.root.with_name("first"))
    assert not check(first.source(), releases).violations
    assert publish(first.source(), releases).release.manifest.version == "1"
    assert [release.manifest.version for release in releases.whole()] == ["1", "2"]


def test_without_a_version_the_other_faults_are_told_too(site: Copy) -> None:
    site.replace("data/dataset.ttl", 'dcat:version "1" ;', "")
    site.replace("data/visits.csv", "12500", "n/a")
    with pytest.raises(InvalidFiles) as caught:
        check(site.source())
    assert [problem.file for problem in caught.value.problems] == ["data/dataset.ttl", "data/visits.csv"]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('headlines = ["visits"]', 'headlines = ["visit"]', 'headlines: expected the name of a SELECT query .*"visit"'),
        ("def/read#Report", "def/read#Rapport", "lists: expected something that tables and documents describe"),
        ("certainty/counted", "certainty/counter", "unmarked: expected something that tables and documents describe"),
        ('estimated" = "about"', 'guessed" = "about"', "marks: expected something that tables and documents describe"),
        ('= "about"', '= "roughly"', 'marks: expected one of about, above, below, ahead, found "roughly"'),
        ('"id/concept/certainty/estimated"', '"id/a b"', "marks: expected an IRI, found"),
        ('ontology = "def/read"', 'ontology = "def/write"', "ontology: expected something that tables and documents"),
        ('read = "def/read#"', '"r d" = "def/read#"', "prefixes: expected a name of letters, digits and hyphens"),
        ('lists = ["def/read#Branch"', 'lists = ["def/read#Bra nch"', "lists: expected an IRI, found"),
        ('base = "https://', 'base = "http://[', "base: expected an absolute http or https IRI"),
    ],
)
def test_what_the_site_names_must_be_there(site: Copy, old: str, new: str, message: str) -> None:
    site.replace("data/site.toml", old, new)
    with pytest.raises(InvalidFiles, match=rf"data/site\.toml: {message}"):
        check(site.source())


def test_a_hidden_file_counts_neither_for_checking_nor_for_publishing(site: Copy, releases: Releases) -> None:
    site.write("ontology/._read.ttl", "no Turtle at all")
    assert not check(site.source()).violations
    assert publish(site.source(), releases).verdict


def test_a_link_to_the_current_release_that_was_lost_is_made_again(site: Copy, releases: Releases) -> None:
    publish(site.source(), releases)
    (releases.root / "current").unlink()
    publish(site.source(), releases)
    assert releases.current_version() == "1"


def test_a_warning_is_published_with_the_release(site: Copy, releases: Releases) -> None:
    release = publish(site.source(), releases).release
    assert release.manifest.results == {"Violation": 0, "Warning": 1, "Info": 0}
    text = (release.path / "report.txt").read_text(encoding="utf-8")
    assert "data/visits.csv:2: id/count/v-2 says another number of visits" in text
    report = list(parse(path=str(release.path / "report.ttl"), format=RdfFormat.TURTLE))
    assert sum(quad.predicate.value.endswith("#resultMessage") for quad in report) == 1


def test_checking_writes_nothing(site: Copy) -> None:
    before = contents(site.root)
    verdict = check(site.source())
    assert not verdict.violations
    assert contents(site.root) == before


@pytest.mark.parametrize("room", ["data", "ontology", "shapes"])
def test_a_site_without_one_of_its_rooms_is_told_so(site: Copy, room: str) -> None:
    (site.root / room).rename(site.root / "elsewhere")
    with pytest.raises(InvalidFiles, match=f"{room}/: expected this folder in the site folder"):
        site.source()


def raise_version(site: Copy, old: str, new: str) -> None:
    site.replace("data/dataset.ttl", f'dcat:version "{old}"', f'dcat:version "{new}"')


def test_a_release_that_is_not_whole_is_made_anew_of_the_same_files(site: Copy, releases: Releases) -> None:
    made = publish(site.source(), releases).release
    before = contents(made.path)
    shutil.rmtree(made.path / "store")
    assert not check(site.source(), releases).violations
    outcome = publish(site.source(), releases)
    assert outcome.verdict is not None
    assert contents(outcome.release.path) == before
    assert len(outcome.release.store()) == outcome.release.manifest.triples


def test_a_bit_that_flips_in_the_store_is_told_before_anything_is_answered_and_publishing_mends_it(
    site: Copy, releases: Releases
) -> None:
    made = publish(site.source(), releases).release
    before = contents(made.path)
    path = max((made.path / "store").glob("*.sst"), key=lambda path: path.stat().st_size)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    with pytest.raises(NoRelease, match=f'the file "{path.name}" of the store is not as it was written; publishing'):
        made.store()
    assert publish(site.source(), releases).verdict is not None
    assert contents(made.path) == before
    assert len(made.store()) == made.manifest.triples


def test_a_store_whose_digests_are_lost_is_damaged_and_one_that_never_had_any_is_opened_with_a_warning(
    site: Copy, releases: Releases, caplog: pytest.LogCaptureFixture
) -> None:
    made = publish(site.source(), releases).release
    (made.path / "store" / SEAL).unlink()
    with pytest.raises(NoRelease, match="cannot be read"):
        made.store()
    assert not caplog.records
    older = replace(made, manifest=replace(made.manifest, sealed=False))
    assert len(older.store()) == made.manifest.triples
    assert "made before stores had digests" in caplog.text


@pytest.mark.parametrize("is_told", [True, False], ids=["by its manifest", "by its files"])
def test_other_files_do_not_take_the_place_of_a_release_that_is_not_whole(
    site: Copy, releases: Releases, *, is_told: bool
) -> None:
    made = publish(site.source(), releases).release
    shutil.rmtree(made.path / "store")
    if not is_told:
        (made.path / "manifest.json").write_text("", encoding="utf-8")
    site.replace("data/visits.csv", "12500", "12501")
    with pytest.raises(ReleaseConflict, match="1 is published already, with other content"):
        publish(site.source(), releases)
    raise_version(site, "1", "2")
    assert publish(site.source(), releases).release.manifest.version == "2"


def test_the_next_release_is_compared_with_the_last_that_is_whole(site: Copy, releases: Releases) -> None:
    for version in ("1", "2"):
        if version == "2":
            raise_version(site, "1", "2")
        publish(site.source(), releases)
    (releases.root / "2/manifest.json").write_text("", encoding="utf-8")
    raise_version(site, "2", "3")
    release = publish(site.source(), releases).release
    compared = Comparison.read(release.path)
    assert compared is not None
    assert compared.version == "1"


def test_another_site_does_not_take_over_the_releases(site: Copy, releases: Releases) -> None:
    publish(site.source(), releases)
    for path in (path for path in site.root.rglob("*") if path.suffix in {".toml", ".ttl", ".rq"}):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("data.example.org/reading", "data.example.org/seeing"), encoding="utf-8")
    raise_version(site, "1", "2")
    with pytest.raises(CannotWrite, match="another site; publish into another folder with --releases"):
        publish(site.source(), releases)
    assert releases.versions() == ["1"]
    assert releases.current_version() == "1"
    other = Releases(releases.root.parent / "others")
    assert publish(site.source(), other).release.manifest.version == "2"
