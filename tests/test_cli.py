"""The command line: what it prints, where, and with which exit status."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from pathlib import Path

import openpyxl
import pytest

import si_lod as si_lod_package
from tests.cli.command import si_lod


@pytest.fixture
def site(tmp_path: Path, libraries: Path) -> Path:
    shutil.copytree(libraries, tmp_path / "site")
    return tmp_path / "site"


def test_help_tells_the_story() -> None:
    shown = si_lod(Path.cwd(), "--help").stdout
    for command in ("check", "tidy", "publish", "serve", "releases", "diff", "query"):
        assert f"si-lod {command}" in shown


def test_publishing_listing_showing_and_rolling_back(site: Path) -> None:
    made = si_lod(site.parent, "publish", "--site", "site")
    assert (made.returncode, made.stderr) == (0, "")
    assert "published 1: " in made.stdout
    dataset = site / "data/dataset.ttl"
    dataset.write_text(
        dataset.read_text(encoding="utf-8").replace('dcat:version "1"', 'dcat:version "2"'), encoding="utf-8"
    )
    assert si_lod(site.parent, "publish", "--site", "site").returncode == 0
    assert [line[:3] for line in si_lod(site.parent, "releases").stdout.splitlines()] == ["  1", "* 2"]
    assert '"version": "2"' in si_lod(site.parent, "releases", "show").stdout
    assert si_lod(site.parent, "releases", "rollback").stdout == "1 is served\n"
    assert '"version": "1"' in si_lod(site.parent, "releases", "show").stdout
    assert "1 is served" in si_lod(site.parent, "publish", "--site", "site").stdout, (
        "a rollback stays until it is undone"
    )
    assert si_lod(site.parent, "releases", "rollback", "2").stdout == "2 is served\n"


def test_faults_in_the_files_come_on_standard_error_with_status_1(site: Path) -> None:
    visits = site / "data/visits.csv"
    visits.write_text(
        visits.read_text(encoding="utf-8").replace("12500", "n/a").replace("hill", "hull"), encoding="utf-8"
    )
    for command in ("publish", "check"):
        refused = si_lod(site.parent, command, "--site", "site")
        assert (refused.returncode, refused.stdout) == (1, "")
        first, second, unjudged, last, *notes = refused.stderr.splitlines()
        assert first.startswith('data/visits.csv:3:visits: expected a decimal, found "n/a"')
        assert second.startswith("data/visits.csv:5:branch: ")
        assert unjudged.endswith("it may only follow from it: the answer of 1 example query")
        came = "nothing was published" if command == "publish" else "the files may not be published yet"
        assert last == f"2 errors in 1 file; {came}"
        kept = ["the reasons are kept in releases/refused/1"]
        assert notes == (kept if command == "publish" else [])
    assert [path.name for path in (site.parent / "releases").glob("[!.]*")] == ["refused"]


def test_a_violation_has_status_1_for_both_commands(site: Path) -> None:
    visits = site / "data/visits.csv"
    visits.write_text(visits.read_text(encoding="utf-8").replace("12500", "125000000"), encoding="utf-8")
    refused = si_lod(site.parent, "publish", "--site", "site")
    assert refused.returncode == 1
    assert "data/visits.csv:3:visits: more than a million visits" in refused.stderr
    checked = si_lod(site.parent, "check", "--site", "site")
    assert checked.returncode == 1
    assert "data/visits.csv:3:visits: more than a million visits" in checked.stderr


def test_wrong_usage_has_status_2(tmp_path: Path) -> None:
    assert si_lod(tmp_path, "publish", "--nonsense").returncode == 2
    wrong = si_lod(tmp_path, "serve", SI_LOD_PORT="http")
    assert (wrong.returncode, wrong.stderr) == (
        2,
        'SI_LOD_PORT: expected a whole number from 0 to 65535, found "http"\n',
    )


def test_a_folder_that_is_no_site_is_wrong_usage(tmp_path: Path) -> None:
    for command in ("check", "publish", "tidy"):
        wrong = si_lod(tmp_path, command, "--site", "nowhere")
        assert (wrong.returncode, wrong.stdout) == (2, "")
        assert wrong.stderr == "nowhere: expected the folder of a site, with data/, ontology/ and shapes/, found none\n"


def test_the_sample_site_in_an_installed_package_is_not_tidied(site: Path, tmp_path: Path) -> None:
    installed = tmp_path / "installed"
    shutil.copytree(Path(si_lod_package.__file__).parent, installed / "si_lod")
    shutil.copytree(site, installed / "si_lod/site")
    visits = installed / "si_lod/site/data/visits.csv"
    visits.write_bytes(visits.read_bytes().replace(b"\n", b"\r\n"))
    before = visits.read_bytes()
    refused = si_lod(tmp_path, "tidy", PYTHONPATH=str(installed))
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "the sample site is part of the installed package and is left as it is" in refused.stderr
    assert "si-lod init DIR" in refused.stderr
    assert visits.read_bytes() == before
    assert si_lod(tmp_path, "tidy", "--check", PYTHONPATH=str(installed)).stdout.endswith("visits.csv: not tidy\n")


def test_what_the_machine_lacks_has_status_3(tmp_path: Path) -> None:
    none = si_lod(tmp_path, "serve")
    assert none.returncode == 3
    assert "no release yet; publish one with: si-lod publish" in none.stderr
    (tmp_path / "query.rq").write_text("ASK { ?s ?p ?o }", encoding="utf-8")
    silent = si_lod(tmp_path, "query", "query.rq", "--endpoint", "http://127.0.0.1:9/sparql")
    assert silent.returncode == 3
    assert silent.stderr == (
        "http://127.0.0.1:9/sparql: expected an answer from a SPARQL endpoint: Connection refused\n"
    )


def test_a_query_that_must_be_mended_has_status_1(tmp_path: Path) -> None:
    (tmp_path / "query.rq").write_text("ASK {}", encoding="utf-16")
    refused = si_lod(tmp_path, "query", "query.rq", "--lang", "nl")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr.startswith("query.rq: verwachtte een SPARQL-vraag in UTF-8: de byte 0xff op plaats 0")


def test_the_releases_folder_comes_from_the_environment_too(site: Path) -> None:
    assert si_lod(site.parent, "publish", "--site", "site", SI_LOD_RELEASES="elsewhere").returncode == 0
    assert (site.parent / "elsewhere/1/manifest.json").is_file()


def test_tidying_names_what_is_not_tidy_then_writes_it_and_then_has_nothing_to_do(site: Path) -> None:
    branches = site / "data/branches.csv"
    content = branches.read_bytes()
    branches.write_bytes(b"\xef\xbb\xbf" + content.replace(b"\n", b"\r\n"))
    spoiled = branches.read_bytes()
    checked = si_lod(site.parent, "tidy", "--site", "site", "--check")
    assert (checked.returncode, checked.stdout) == (1, "data/branches.csv: not tidy\n")
    assert branches.read_bytes() == spoiled
    written = si_lod(site.parent, "tidy", "--site", "site")
    assert (written.returncode, written.stdout) == (0, "data/branches.csv: written\n")
    assert branches.read_bytes() == content
    again = si_lod(site.parent, "tidy", "--site", "site", "--check")
    assert (again.returncode, again.stdout) == (0, "the tables are tidy\n")
    assert [path.name for path in (site / "data").glob(".*")] == []


def test_tidying_writes_no_file_when_one_of_them_is_no_table(site: Path) -> None:
    visits, branches = site / "data/visits.csv", site / "data/branches.csv"
    visits.write_bytes(visits.read_bytes().replace(b"\n", b"\r\n"))
    branches.write_text("nonsense\n", encoding="utf-8")
    spoiled = visits.read_bytes()
    told = si_lod(site.parent, "tidy", "--site", "site")
    assert told.returncode == 1
    assert "data/branches.csv:1" in told.stderr
    assert told.stderr.endswith("; no file was written\n")
    assert visits.read_bytes() == spoiled


def test_a_site_kept_in_a_workbook_is_checked_and_written_as_csv(site: Path) -> None:
    originals = {path.stem: path.read_text(encoding="utf-8") for path in (site / "data").glob("*.csv")}
    book = openpyxl.Workbook()
    book.remove(book.active)
    for stem, text in originals.items():
        page = book.create_sheet(stem)
        for row in csv.reader(io.StringIO(text, newline="")):
            page.append([cell or None for cell in row])
        (site / f"data/{stem}.csv").unlink()
    book.save(site / "data/tables.xlsx")
    assert si_lod(site.parent, "check", "--site", "site").returncode == 0
    assert si_lod(site.parent, "tidy", "--site", "site").stdout == "the tables are tidy\n"
    told = si_lod(site.parent, "tidy", "--site", "site", "--to-csv").stdout
    assert told.endswith("move the workbook away now: a table that is in both is an error\n")
    assert {path.stem: path.read_text(encoding="utf-8") for path in (site / "data").glob("*.csv")} == originals
    assert "found both; remove one of them" in si_lod(site.parent, "check", "--site", "site").stderr
    made = si_lod(site.parent, "publish", "--site", "site")
    assert made.returncode == 1
    for path in (site / "data").glob("*.csv"):
        path.unlink()
    assert "published 1: " in si_lod(site.parent, "publish", "--site", "site").stdout
    assert (site.parent / "releases/1/files/data/tables.xlsx").is_file()


def test_diff_tells_what_changed_and_gives_the_patch(site: Path) -> None:
    assert si_lod(site.parent, "publish", "--site", "site").returncode == 0
    alone = si_lod(site.parent, "diff")
    assert (alone.returncode, alone.stdout) == (3, "")
    assert "expected a release before 1 to compare with, found none" in alone.stderr
    for name, old, new in (("dataset.ttl", 'dcat:version "1"', 'dcat:version "2"'), ("visits.csv", "12500", "12600")):
        path = site / "data" / name
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    assert si_lod(site.parent, "publish", "--site", "site").returncode == 0
    told = si_lod(site.parent, "diff")
    assert "~ id/count/v-2\n    visits\n      - 12500\n      + 12600\n" in told.stdout
    counts = r"\n1 value changed, 0 facts added, 0 removed\n\d+ facts follow from that, about \d+ things?\n$"
    assert re.search(counts, told.stdout)
    assert "dcat#version" not in told.stdout
    whole = si_lod(site.parent, "diff", "--all", "--lang", "nl").stdout
    before, after = whole.split("\nwat daaruit volgt, en de administratie van de versie:\n")
    assert "~ id/count/v-2\n    bezoeken\n      - 12500\n      + 12600\n" in before, "in the reader's language"
    assert 'dcat#version>\n      - "1"\n      + "2"\n' in after
    assert "\n1 waarde gewijzigd, 0 feiten toegevoegd, 0 verwijderd\ndaaruit volgen " in after
    assert si_lod(site.parent, "diff", "1", "2").stdout == told.stdout
    assert "      - 12600\n      + 12500\n" in si_lod(site.parent, "diff", "2", "1").stdout
    patch = si_lod(site.parent, "diff", "--patch").stdout
    assert patch == (site.parent / "releases/2/changes/changes.rdfp").read_text(encoding="utf-8")
    for command in (("diff", "1", "3"), ("releases", "show", "3"), ("releases", "rollback", "3")):
        unknown = si_lod(site.parent, *command)
        assert (unknown.returncode, unknown.stderr) == (2, 'releases: expected a release "3", found 1, 2\n')


def test_a_release_that_is_not_whole_is_listed_as_such_and_another_is_served_instead(site: Path) -> None:
    assert si_lod(site.parent, "publish", "--site", "site").returncode == 0
    dataset = site / "data/dataset.ttl"
    text = dataset.read_text(encoding="utf-8")
    dataset.write_text(text.replace('dcat:version "1"', 'dcat:version "2"'), encoding="utf-8")
    assert si_lod(site.parent, "publish", "--site", "site").returncode == 0
    shutil.rmtree(site.parent / "releases/2/store")
    listed = si_lod(site.parent, "releases")
    assert listed.returncode == 0
    first, second = listed.stdout.splitlines()
    assert first.startswith("  1  issued 2026-02-01")
    assert second.startswith("* 2  is not whole: ")
    assert "found no store; publishing the files that it was made of makes it anew" in second
    rows = json.loads(si_lod(site.parent, "releases", "--json").stdout)
    assert [(row["version"], row["served"], bool(row["fault"])) for row in rows] == [
        ("1", False, False),
        ("2", True, True),
    ]
    assert si_lod(site.parent, "releases", "rollback").stdout == "1 is served\n"
    assert si_lod(site.parent, "diff", "1", "2").returncode == 3
    assert "published 2: " in si_lod(site.parent, "publish", "--site", "site").stdout
    assert si_lod(site.parent, "diff", "1", "2").returncode == 0
