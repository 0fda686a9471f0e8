"""What belongs to a site: nothing is published that nobody meant to publish."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from si_lod.errors import InvalidFiles, Problem
from si_lod.publish.road import check, publish
from si_lod.releases import Releases
from tests.publish.conftest import Copy


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """A file outside the site that this machine can read."""
    path = tmp_path / "secret.csv"
    path.write_text("user,password\n", encoding="utf-8")
    return path


def refused(site: Copy, releases: Releases) -> tuple[Problem, ...]:
    with pytest.raises(InvalidFiles) as caught:
        publish(site.source(), releases)
    assert releases.versions() == []
    return caught.value.problems


@pytest.mark.parametrize("name", ["data/secret.csv", "data/notes", "ontology/more.ttl", "data/queries/all.rq"])
def test_a_link_that_leads_out_of_the_site_is_refused(site: Copy, tmp_path: Path, secret: Path, name: str) -> None:
    (site.root / "data/queries").mkdir(exist_ok=True)
    (site.root / name).symlink_to(secret)
    (problem,) = refused(site, Releases(tmp_path / "releases"))
    assert problem.file == name
    assert "leads out of data/ and ontology/ and shapes/" in problem.message


def test_a_link_to_a_folder_outside_or_to_a_file_beside_the_rooms_is_refused(site: Copy, tmp_path: Path) -> None:
    (tmp_path / "more").mkdir()
    (site.root / "data/more").symlink_to(tmp_path / "more")
    (site.root / ".env").write_text("KEY=1\n", encoding="utf-8")
    (site.root / "data/env.md").symlink_to("../.env")
    (site.root / "data/loop.csv").symlink_to("loop.csv")
    problems = refused(site, Releases(tmp_path / "releases"))
    assert [problem.file for problem in problems] == ["data/env.md", "data/loop.csv", "data/more"]


def test_a_room_that_is_a_link_is_refused(site: Copy, tmp_path: Path) -> None:
    (site.root / "shapes").rename(tmp_path / "shapes")
    (site.root / "shapes").symlink_to(tmp_path / "shapes")
    (problem,) = refused(site, Releases(tmp_path / "releases"))
    assert problem.file == "shapes"


def test_a_link_within_the_rooms_is_what_it_leads_to(site: Copy) -> None:
    (site.root / "data/visits.csv").rename(site.root / "data/visits-2.csv")
    (site.root / "data/visits.csv").symlink_to("visits-2.csv")
    assert not check(site.source()).violations


def test_a_site_may_be_reached_by_a_link(site: Copy, tmp_path: Path) -> None:
    (tmp_path / "here").symlink_to(site.root)
    assert not check(Copy(tmp_path / "here").source()).violations


@pytest.mark.parametrize(
    "name",
    ["data/members.csv", "data/old/visits.csv", "data/notes.md", "ontology/x.json", "data/x.xlsx", "shapes/x.rq"],
)
def test_a_file_that_nothing_describes_is_refused(site: Copy, tmp_path: Path, name: str) -> None:
    (site.root / name).parent.mkdir(exist_ok=True)
    site.write(name, "user,password\n")
    (problem,) = refused(site, Releases(tmp_path / "releases"))
    assert problem.file == name
    assert "describe it in data/csv-metadata.json if it is a table" in problem.message


def test_texts_and_what_the_metadata_refer_to_belong_to_the_site(site: Copy) -> None:
    metadata = json.loads((site.root / "data/csv-metadata.json").read_text(encoding="utf-8"))
    site.write("data/schema.json", json.dumps(metadata["tables"][0]["tableSchema"]))
    metadata["tables"][0]["tableSchema"] = "schema.json"
    site.write("data/csv-metadata.json", json.dumps(metadata))
    site.write("data/README.md", "# Read me\n")
    assert not check(site.source()).violations


def test_files_that_editors_keep_beside_are_neither_told_nor_published(site: Copy, tmp_path: Path) -> None:
    (site.root / "data/.#visits.csv").symlink_to("someone@somewhere.1234")
    site.write("data/.~lock.visits.csv#", "someone")
    site.write("data/~$tables.xlsx", "someone")
    release = publish(site.source(), Releases(tmp_path / "releases")).release
    published = {path.name for path in (release.path / "files/data").iterdir()}
    assert "visits.csv" in published
    assert not any("lock" in name or name.startswith((".", "~")) for name in published)
