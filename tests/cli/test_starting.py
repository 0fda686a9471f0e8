"""``si-lod init``: a site of one's own, whole from the first minute."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from si_lod.errors import InvalidSetting, WrongUsage
from si_lod.publish.road import check, publish
from si_lod.publish.source.files import Source
from si_lod.publish.starting import start
from si_lod.releases import Releases
from si_lod.serve.app import create_app
from tests.cli.command import si_lod

TITLE = 'Bomen "geteld" \\ überall 数'


def test_a_new_site_is_checked_published_and_served_as_it_is(tmp_path: Path) -> None:
    begun = si_lod(tmp_path, "init", "mine", "--title", TITLE, "--base", "https://trees.example.org/t/")
    assert (begun.returncode, begun.stderr) == (0, "")
    assert begun.stdout.endswith("next: si-lod publish --site mine\n")
    assert si_lod(tmp_path, "check", "--site", "mine").returncode == 0
    assert si_lod(tmp_path, "publish", "--site", "mine").returncode == 0
    client = create_app(Releases(tmp_path / "releases")).test_client()
    home = client.get("/", headers={"Accept": "text/html"})
    assert home.status_code == 200
    assert "überall 数" in home.text
    count = client.get("/doc/count/c-1.ttl")
    assert count.status_code == 200
    assert "https://trees.example.org/t/" in count.text
    assert (tmp_path / "mine/README.md").read_text(encoding="utf-8").startswith(f"# {TITLE}\n")


@pytest.mark.parametrize("base", ["https://data.example.org/", "http://a.example/deep/er/"])
def test_a_new_site_says_nothing_of_another_base_and_has_no_problem(tmp_path: Path, base: str) -> None:
    for path in start(tmp_path / "site", base=base, title="Counts"):
        text = path.read_text(encoding="utf-8")
        assert "@BASE@" not in text
        assert "@TITLE@" not in text
        assert base == "https://data.example.org/" or "data.example.org" not in text
    verdict = check(Source.read(tmp_path / "site"))
    assert [problem.level for problem in verdict.problems] == ["note"]


def test_its_contradiction_is_published_and_noted(tmp_path: Path) -> None:
    assert list(start(tmp_path / "site", base="https://data.example.org/", title="Counts"))
    release = publish(Source.read(tmp_path / "site"), Releases(tmp_path / "releases")).release
    assert release.manifest.results == {"Violation": 0, "Warning": 0, "Info": 1}
    assert release.manifest.rows == {"data/counts.csv": 4, "data/places.csv": 2, "data/reports.csv": 2}


def test_a_folder_with_something_in_it_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "kept.txt").write_text("kept", encoding="utf-8")
    refused = si_lod(tmp_path, "init", ".")
    assert refused.returncode == 2
    assert refused.stderr == ".: expected a new or empty folder, found something in it\n"
    assert [path.name for path in tmp_path.iterdir()] == ["kept.txt"]
    with pytest.raises(WrongUsage):
        list(start(tmp_path / "kept.txt", base="https://data.example.org/", title="x"))


@pytest.mark.parametrize(
    "base", ["data.example.org", "https://data.example.org", 'https://e.org/">x/', "https://e.org/\n/"]
)
def test_a_base_that_no_iri_can_begin_with_writes_nothing(tmp_path: Path, base: str) -> None:
    with pytest.raises(InvalidSetting, match="base: expected an absolute http or https IRI"):
        list(start(tmp_path / "site", base=base, title="x"))
    assert not (tmp_path / "site").exists()


def test_the_tables_of_a_new_site_are_those_that_its_metadata_describe(tmp_path: Path) -> None:
    list(start(tmp_path / "site", base="https://data.example.org/", title="x"))
    described = json.loads((tmp_path / "site/data/csv-metadata.json").read_text(encoding="utf-8"))["tables"]
    assert sorted(table["url"] for table in described) == sorted(p.name for p in (tmp_path / "site/data").glob("*.csv"))
    readme = (tmp_path / "site/README.md").read_text(encoding="utf-8")
    for name in re.findall(r"`((?:data|ontology|shapes)/[^`*]*)`", readme):
        assert (tmp_path / "site" / name).exists()
