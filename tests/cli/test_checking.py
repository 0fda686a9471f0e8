"""``si-lod check``: forms, languages, quiet, and again at every save."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.cli.command import si_lod


@pytest.fixture
def site(tmp_path: Path, libraries: Path) -> Path:
    shutil.copytree(libraries, tmp_path / "site")
    return tmp_path / "site"


def spoil(site: Path, old: str, new: str, name: str = "data/visits.csv") -> None:
    path = site / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_site_that_is_fit_is_said_to_be_with_its_warnings(site: Path) -> None:
    checked = si_lod(site, "check", "--site", ".")
    assert (checked.returncode, checked.stderr) == (0, "")
    heading, warning, last = checked.stdout.splitlines()
    assert (heading, last) == ("warnings", "1 warning in 1 file; the files may be published")
    assert warning.startswith("data/visits.csv:2: ")


@pytest.mark.parametrize(
    ("arguments", "locale"), [(("--lang", "nl"), "C"), ((), "nl_NL.UTF-8")], ids=["asked for", "of the locale"]
)
def test_problems_are_told_in_dutch(site: Path, arguments: tuple[str, ...], locale: str) -> None:
    spoil(site, "12500", "n/a")
    spoil(site, "read:Branch a owl:Class ;", "read:Branch a ;", "ontology/read.ttl")
    for before, after in ((arguments, ()), ((), arguments)):
        told = si_lod(site, *before, "check", "--site", ".", *after, LC_ALL=locale).stderr.splitlines()
        assert told[1].startswith("ontology/read.ttl:14:15: verwachtte Turtle: ")
        assert told[-1] == "2 fouten in 2 bestanden; de bestanden mogen nog niet gepubliceerd worden"


def test_a_fault_of_the_machine_is_told_in_dutch(tmp_path: Path) -> None:
    assert si_lod(tmp_path, "--lang", "nl", "serve").stderr == (
        "releases: nog geen versie; publiceer er een met: si-lod publish\n"
    )
    assert si_lod(tmp_path, "--lang", "nl", "serve", SI_LOD_PORT="http").stderr == (
        'SI_LOD_PORT: verwachtte een geheel getal van 0 tot 65535, vond "http"\n'
    )


def test_programs_get_every_problem_on_standard_output(site: Path) -> None:
    spoil(site, "12500", "n/a")
    for command, aside in (("check", ""), ("publish", "the reasons are kept in releases/refused/1\n")):
        refused = si_lod(site, command, "--site", ".", "--format", "json")
        assert (refused.returncode, refused.stderr) == (1, aside)
        (problem,) = json.loads(refused.stdout)["problems"]
        assert (problem["file"], problem["line"], problem["column"]) == ("data/visits.csv", 3, "visits")


def test_a_violation_in_a_document_is_shown_at_its_line(site: Path) -> None:
    spoil(site, "skos:inScheme <id/scheme/certainty> .\n<id/scheme", ".\n<id/scheme", "ontology/read.ttl")
    refused = si_lod(site, "publish", "--site", ".", "--format", "sarif")
    assert refused.returncode == 1
    result, warning = json.loads(refused.stdout)["runs"][0]["results"][::-1]
    assert warning["level"] == "warning", "what would be published with it is told too"
    assert result["ruleId"] == "certainty-scheme"
    place = result["locations"][0]["physicalLocation"]
    assert (place["artifactLocation"]["uri"], place["region"]) == ("ontology/read.ttl", {"startLine": 27})


def test_programs_are_told_what_was_published(site: Path) -> None:
    first, second = (si_lod(site, "publish", "--site", ".", "--format", "json") for _ in range(2))
    assert [json.loads(made.stdout)["release"] for made in (first, second)] == ["1", "1"]
    assert json.loads(first.stdout)["counts"] == {"error": 0, "warning": 1, "note": 0}
    suites = ET.fromstring(si_lod(site, "check", "--site", ".", "--format", "junit").stdout)  # noqa: S314
    assert suites.attrib["failures"] == "0"


def test_the_releases_are_listed_for_programs(site: Path) -> None:
    si_lod(site, "publish", "--site", ".")
    (row,) = json.loads(si_lod(site, "releases", "--json").stdout)
    assert (row["version"], row["issued"], row["served"]) == ("1", "2026-02-01", True)
    assert json.loads(si_lod(site, "releases", "show", "--json").stdout)["triples"] == row["triples"]


def test_a_code_that_is_no_code_is_told_with_the_one_that_may_be_meant(site: Path) -> None:
    spoil(site, "estimated", "estimatd")
    told = si_lod(site, "check", "--site", ".").stderr
    assert "data/visits.csv:3:certainty: expected a code of the list of certainties" in told
    assert 'Is "estimated" meant?' in told


def test_it_is_said_what_the_files_were_held_against(site: Path) -> None:
    si_lod(site, "publish", "--site", ".")
    checked = si_lod(site, "check", "--site", ".")
    assert (checked.returncode, checked.stderr) == (0, "")
    assert checked.stdout.splitlines()[-1] == "held against release 1 in releases, which comes before"
    (site / "releases/1/report.ttl").unlink()
    unsure = si_lod(site, "check", "--site", ".")
    assert unsure.returncode == 0
    assert unsure.stderr.endswith("checked without it\n")


def test_the_quiet_say_only_what_went_wrong(site: Path) -> None:
    for command in (("check",), ("publish",), ("publish",)):
        assert si_lod(site, *command, "--quiet", "--site", ".").stdout == ""
    spoil(site, "12500", "12500000")
    refused = si_lod(site, "check", "-q", "--site", ".")
    assert refused.returncode == 1
    assert (refused.stdout, "more than a million visits" in refused.stderr) == ("", True)


def test_there_are_no_colours_and_no_progress_where_no_terminal_shows_them(site: Path) -> None:
    checked = si_lod(site, "check", "--site", ".")
    assert "\x1b" not in checked.stdout + checked.stderr
    assert "%" not in checked.stderr


@pytest.mark.parametrize(("environment", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False)])
def test_a_terminal_gets_colours_and_progress_unless_it_wants_no_colour(
    site: Path, environment: dict[str, str], *, coloured: bool
) -> None:
    master, terminal = os.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "si_lod", "check", "--site", str(site)],
        stdout=terminal,
        stderr=terminal,
        env={**os.environ, "LC_ALL": "C", "TERM": "xterm", **environment},
    ) as process:
        os.close(terminal)
        shown = b""
        while chunk := _read(master):
            shown += chunk
        assert process.wait(60) == 0, shown
    os.close(master)
    assert b"%" in shown
    assert (b"\x1b[33m\x1b[1mwarnings" in shown) is coloured
    assert b"warnings" in shown


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 4096)
    except OSError:
        return b""  # What Linux says when the other side of a terminal is closed.


def test_watching_checks_again_at_every_save_and_ends_with_the_last_verdict(site: Path) -> None:
    # A job in the background has its interrupts ignored, and what it starts inherits that.
    heard = ["env", "--default-signal=INT"]
    command = [*heard, sys.executable, "-u", "-m", "si_lod", "check", "--watch", "--site", str(site)]
    log = site.parent / "log"
    with (
        log.open("w", encoding="utf-8") as output,
        subprocess.Popen(command, stdout=output, stderr=output, env={**os.environ, "LC_ALL": "C"}) as process,
    ):
        _wait(log, "checked at", 1)
        spoil(site, "12500", "n/a")
        _wait(log, "checked at", 2)
        assert 'data/visits.csv:3:visits: expected a decimal, found "n/a"' in log.read_text(encoding="utf-8")
        (site / "data/site.toml").rename(site / "data/site.away")
        _wait(log, "checked at", 3)
        assert "data/site.toml: expected this file" in log.read_text(encoding="utf-8")
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 1
    assert "Traceback" not in log.read_text(encoding="utf-8")


def _wait(log: Path, words: str, times: int) -> None:
    end = time.monotonic() + 60
    while log.read_text(encoding="utf-8").count(words) < times:
        assert time.monotonic() < end, log.read_text(encoding="utf-8")
        time.sleep(0.1)
