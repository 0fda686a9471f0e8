"""A release is complete or absent, and the one that is served changes in one step."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from si_lod.errors import CannotWrite, NoRelease, UnknownRelease
from si_lod.release import Manifest, Release
from si_lod.releases import Releases
from si_lod.sites import Site
from si_lod.workshop import Workshop

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SITE = Site("https://data.example.org/", "https://data.example.org/def/o", ("en",), {"en": "T"}, {"en": "D"})


def manifest(version: str, issued: str = "2026-01-31") -> Manifest:
    return Manifest(version, issued, SITE, 1, {"data/a.csv": 1}, {"Violation": 0}, "c", "d", {"si-lod": "1"})


def fill(folder: Path, version: str, issued: str = "2026-01-31") -> None:
    for name in ("dataset.nq.gz", "report.ttl"):
        (folder / name).touch()
    (folder / "store").mkdir()
    manifest(version, issued).write(folder / "manifest.json")


def publish(releases: Releases, version: str, issued: str = "2026-01-31") -> None:
    with Workshop.open(releases) as workshop, workshop.build(version) as folder:
        fill(folder, version, issued)


@pytest.fixture
def releases(tmp_path: Path) -> Releases:
    return Releases(tmp_path / "releases")


def test_before_the_first_release_there_is_none_and_the_message_says_how_to_make_one(releases: Releases) -> None:
    assert releases.versions() == []
    with pytest.raises(NoRelease, match="si-lod publish"):
        releases.current()


def test_a_release_that_was_built_is_served(releases: Releases) -> None:
    publish(releases, "2026.1")
    assert releases.current().manifest == manifest("2026.1")


def test_versions_sort_as_people_count(releases: Releases) -> None:
    for version in ("2026.10", "2026.9", "2025.1"):
        publish(releases, version)
    assert releases.versions() == ["2025.1", "2026.9", "2026.10"]


def test_releases_stand_in_the_order_of_their_day_of_issue_and_only_then_of_their_names(releases: Releases) -> None:
    for version, issued in (("spring", "2026-03-21"), ("autumn", "2026-09-22"), ("2026.2", "2025-01-01")):
        publish(releases, version, issued)
    assert releases.versions() == ["2026.2", "spring", "autumn"]
    spring = releases.before("autumn")
    assert spring is not None
    assert spring.manifest.version == "spring"
    assert releases.before("2026.2") is None
    releases.switch("autumn")
    assert releases.before_current() == "spring"
    (releases.root / "current").unlink()
    last = releases.latest()
    assert last is not None
    assert last.manifest.version == "autumn"


def test_what_each_release_says_of_itself_is_read_once_to_list_them(releases: Releases) -> None:
    for version in ("1", "2", "3"):
        publish(releases, version)
    read: list[str] = []

    def reading(path: Path) -> Manifest:
        read.append(path.parent.name)
        return Manifest.read(path)

    assert [release.manifest.version for release in releases.whole(reading)] == ["1", "2", "3"]
    assert sorted(read) == ["1", "2", "3"]


def test_a_release_whose_manifest_cannot_be_read_hides_none_of_the_others(releases: Releases) -> None:
    publish(releases, "1")
    publish(releases, "2")
    (releases.root / "1/manifest.json").write_text("{", encoding="utf-8")
    assert releases.versions() == ["1", "2"]
    assert releases.current().manifest.version == "2"


def test_a_build_that_fails_leaves_nothing_behind(releases: Releases) -> None:
    publish(releases, "2026.1")

    def fail(folder: Path) -> None:
        (folder / "dataset.nq.gz").touch()
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), Workshop.open(releases) as workshop, workshop.build("2026.2") as folder:
        fail(folder)
    assert releases.versions() == ["2026.1"]
    assert releases.current_version() == "2026.1"
    assert not list(releases.root.glob(".building-*"))


def test_what_a_killed_publisher_left_half_written_is_swept_away(releases: Releases) -> None:
    publish(releases, "2026.1")
    (releases.root / ".building-2026.2").mkdir()
    with Workshop.open(releases):
        pass
    assert not list(releases.root.glob(".building-*"))


def test_a_publisher_killed_between_rename_and_switch_is_finished_by_the_next(releases: Releases) -> None:
    publish(releases, "2026.1")
    folder = releases.root / "2026.2"
    folder.mkdir()
    fill(folder, "2026.2")
    (folder / ".unswitched").touch()
    assert releases.current_version() == "2026.1"
    with Workshop.open(releases):
        pass
    assert releases.current_version() == "2026.2"
    assert not (folder / ".unswitched").exists()


def test_a_release_that_cannot_be_switched_to_is_taken_out_again_and_is_published_when_it_can_be(
    releases: Releases,
) -> None:
    publish(releases, "1")
    (releases.root / "current").unlink()
    (releases.root / "current").mkdir()
    for _ in range(2):
        with pytest.raises(CannotWrite, match="current: the release cannot be written"):
            publish(releases, "2")
        assert sorted(path.name for path in releases.root.iterdir()) == [".lock", "1", "current"]
    (releases.root / "current").rmdir()
    publish(releases, "2")
    assert releases.current_version() == "2"


def test_a_switch_that_the_next_publisher_cannot_finish_is_told_as_what_cannot_be_written(releases: Releases) -> None:
    publish(releases, "1")
    (releases.root / "1/.unswitched").touch()
    (releases.root / "current").unlink()
    (releases.root / "current").mkdir()
    with pytest.raises(CannotWrite, match="current: the release cannot be written"), Workshop.open(releases):
        pass
    assert sorted(path.name for path in releases.root.iterdir()) == [".lock", "1", "current"]


def test_a_rollback_is_not_undone_by_the_next_publisher(releases: Releases) -> None:
    publish(releases, "2026.1")
    publish(releases, "2026.2")
    releases.switch("2026.1")
    with Workshop.open(releases):
        pass
    assert releases.current_version() == "2026.1"


def test_two_publishers_at_once_are_one_too_many(releases: Releases) -> None:
    with (
        Workshop.open(releases),
        pytest.raises(CannotWrite, match="another publisher"),
        Workshop.open(Releases(releases.root)),
    ):
        pass


def test_the_release_before_the_current_is_the_one_to_roll_back_to(releases: Releases) -> None:
    publish(releases, "2026.9")
    with pytest.raises(NoRelease, match=r"expected a release before 2026\.9"):
        releases.before_current()
    publish(releases, "2026.10")
    assert releases.before_current() == "2026.9"


def test_a_version_that_is_not_there_is_refused_and_those_that_are_named(releases: Releases) -> None:
    publish(releases, "2026.1")
    with pytest.raises(UnknownRelease, match=r'expected a release "2026\.7", found 2026\.1'):
        releases.switch("2026.7")
    assert releases.current_version() == "2026.1"


@pytest.mark.parametrize("name", ["../elsewhere", "current", "", "."])
def test_a_version_is_never_a_path(releases: Releases, name: str) -> None:
    publish(releases, "2026.1")
    with pytest.raises(NoRelease):
        releases.open(name)


@pytest.mark.parametrize("part", ["dataset.nq.gz", "report.ttl"])
def test_a_release_with_a_part_missing_is_not_opened(releases: Releases, part: str) -> None:
    publish(releases, "2026.1")
    (releases.root / "2026.1" / part).unlink()
    with pytest.raises(NoRelease, match=f"found no {part}"):
        releases.current()


def test_a_manifest_that_is_cut_off_is_not_read(releases: Releases) -> None:
    publish(releases, "2026.1")
    path = releases.root / "2026.1" / "manifest.json"
    path.write_text(path.read_text(encoding="utf-8")[:50], encoding="utf-8")
    with pytest.raises(NoRelease, match="expected the manifest of a release"):
        Release.open(path.parent)


BREAKAGES: dict[str, Callable[[Path], object]] = {
    "no store": lambda folder: shutil.rmtree(folder / "store"),
    "an empty manifest": lambda folder: (folder / "manifest.json").write_text(""),
    "no manifest": lambda folder: (folder / "manifest.json").unlink(),
    "a manifest that is a list": lambda folder: (folder / "manifest.json").write_text("[]"),
}


@pytest.mark.parametrize("breakage", BREAKAGES)
def test_beside_a_release_that_is_not_whole_the_others_are_listed_followed_and_served(
    releases: Releases, breakage: str
) -> None:
    for version, day in (("1", "2026-01-01"), ("2", "2026-02-01"), ("3", "2026-03-01")):
        publish(releases, version, day)
    BREAKAGES[breakage](releases.root / "3")
    assert sorted(releases.versions()) == ["1", "2", "3"]
    assert [release.manifest.version for release in releases.whole()] == ["1", "2"]
    latest = releases.latest()
    assert latest is not None
    assert latest.manifest.version == "2"
    assert releases.before_current() == "2"
    with pytest.raises(NoRelease, match="si-lod releases rollback") as caught:
        releases.current()
    assert "Error" not in str(caught.value)
    releases.switch("1")
    assert releases.current_version() == "1"


@pytest.mark.parametrize("breakage", BREAKAGES)
def test_a_release_that_is_not_whole_is_replaced_by_one_that_is(releases: Releases, breakage: str) -> None:
    publish(releases, "1")
    publish(releases, "2")
    BREAKAGES[breakage](releases.root / "2")
    publish(releases, "2")
    assert releases.current().manifest.version == "2"
    assert sorted(path.name for path in releases.root.iterdir()) == [".lock", "1", "2", "current"]


def test_a_release_that_is_made_anew_is_served_only_if_it_was_or_nothing_else_can_be(releases: Releases) -> None:
    publish(releases, "1")
    publish(releases, "2")
    shutil.rmtree(releases.root / "1/store")
    publish(releases, "1")
    assert releases.current_version() == "2"
    for version in ("1", "2"):
        shutil.rmtree(releases.root / version / "store")
    publish(releases, "1")
    assert releases.current_version() == "1"


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with (
        pytest.raises(CannotWrite, match="expected a folder to write releases in"),
        Workshop.open(Releases(tmp_path / "file")),
    ):
        pass
