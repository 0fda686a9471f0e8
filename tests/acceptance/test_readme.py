"""What the README promises, done by a newcomer in an empty folder with nothing but the installed wheel."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from tests.acceptance.conftest import run
from tests.acceptance.live import serving

HERE = "http://127.0.0.1:8000"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, installed: Path, root: Path) -> Path:
    """An empty folder in which the sample site was published, with the queries that the README names."""
    folder = tmp_path_factory.mktemp("newcomer")
    published = run(installed / "si-lod", "publish", cwd=folder)
    assert published.returncode == 0, published.stderr
    shutil.copytree(root / "data/queries", folder / "data/queries")
    return folder


@pytest.fixture(scope="module")
def address(folder: Path, installed: Path) -> Iterator[str]:
    with serving(installed / "si-lod", "serve", folder=folder) as address:
        yield address


def commands(root: Path, word: str) -> list[str]:
    readme = (root / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```sh\n(.*?)^```", readme, re.MULTILINE | re.DOTALL)
    return [line for block in blocks for line in block.splitlines() if line.startswith(word)]


def get(address: str, headers: Mapping[str, str] | None = None) -> tuple[str, bytes]:
    request = urllib.request.Request(address, headers=dict(headers or {}))
    with urllib.request.urlopen(request, timeout=30) as response:
        return response.headers["Content-Type"], response.read()


def test_publishing_makes_the_release_that_the_data_set_names(folder: Path, installed: Path) -> None:
    listed = run(installed / "si-lod", "releases", cwd=folder)
    assert listed.stdout.startswith("* 2026.1  issued 2026-11-25")


def test_publishing_again_changes_nothing(folder: Path, installed: Path) -> None:
    again = run(installed / "si-lod", "publish", cwd=folder)
    assert again.returncode == 0
    assert "nothing has changed" in again.stdout


def test_every_curl_line_of_the_readme_answers(root: Path, folder: Path, address: str) -> None:
    lines = commands(root, "curl ")
    assert len(lines) == 12
    shown = [
        subprocess.run(
            [*shlex.split(line.replace(HERE, address)), "--fail"],
            cwd=folder,
            capture_output=True,
            check=True,
            timeout=60,
        ).stdout
        for line in lines
    ]
    turtle, jsonld, html, ontology, table, then, found, members, row, catalogue, _, package = shown
    assert len(list(parse(catalogue, format=RdfFormat.TURTLE))) > 3000
    assert (folder / "monitor.ttl.gz").read_bytes() == (folder / "releases/2026.1/dump/monitor.ttl.gz").read_bytes()
    assert len(json.loads(package)["resources"]) > 20
    assert json.loads(found)
    assert len(members.splitlines()) > 2
    assert len(row.splitlines()) == 2
    assert len(list(parse(turtle, format=RdfFormat.TURTLE))) > 20
    assert json.loads(jsonld)
    assert b"<!doctype html>" in html.lower()[:200]
    assert len(list(parse(ontology, format=RdfFormat.TURTLE))) > 300
    assert set(parse(then, format=RdfFormat.TURTLE)) == set(parse(turtle, format=RdfFormat.TURTLE))
    assert [line.split(b",")[3] for line in table.splitlines()[1:]] == [b"45", b"46", b"47", b"44", b"41", b"47", b"45"]


def test_the_example_script_prints_how_many_each_source_counts(root: Path, address: str, installed: Path) -> None:
    script = root / "docs/examples/fieldlabs_by_source.py"
    shown = run(installed / "python", script, f"{address}/sparql")
    assert shown.returncode == 0, shown.stderr
    assert [line.split("\t")[0] for line in shown.stdout.splitlines()] == ["45", "46", "47", "44", "41", "47", "45"]


def test_the_query_command_prints_the_same(address: str, installed: Path, folder: Path) -> None:
    query = "data/queries/fieldlabs-by-source.rq"
    shown = run(installed / "si-lod", "query", query, "--endpoint", f"{address}/sparql", cwd=folder)
    assert shown.returncode == 0, shown.stderr
    assert len(shown.stdout.splitlines()) == 8


def test_the_rehearsal_of_the_readme_finds_that_every_portal_takes_everything(
    root: Path, address: str, installed: Path, folder: Path
) -> None:
    (line,) = commands(root, ".venv/bin/si-lod rehearse")
    _, *arguments = shlex.split(line.replace(HERE, address))
    shown = run(installed / "si-lod", *arguments, cwd=folder)
    assert shown.returncode == 0, shown.stdout
    headlines = [line for line in shown.stdout.splitlines() if line and not line.startswith(" ")]
    assert sum("takes 5 of 5 data sets" in line for line in headlines) == len(headlines) - 1
    assert headlines[-1].startswith("still to be filled in")
    saved = run(installed / "si-lod", *arguments, "--save", cwd=folder)
    assert saved.returncode == 0, saved.stderr
    kind, page = get(f"{address}/rehearsal", {"Accept": "text/html", "Accept-Language": "en"})
    assert kind.startswith("text/html")
    assert headlines[0] in page.decode()


def test_a_thing_leads_to_its_page(address: str) -> None:
    kind, page = get(f"{address}/id/fieldlab/robohouse", {"Accept": "text/html", "Accept-Language": "nl"})
    assert kind.startswith("text/html")
    assert b"<h1" in page
    assert "RoboHouse" in page.decode()


def test_a_second_monitor_is_served_by_the_same_code(installed: Path, libraries: Path, tmp_path: Path) -> None:
    published = run(installed / "si-lod", "publish", "--site", libraries, cwd=tmp_path)
    assert published.returncode == 0, published.stderr
    with serving(installed / "si-lod", "serve", folder=tmp_path) as address:
        kind, content = get(f"{address}/id/branch/harbour", {"Accept": "text/turtle"})
        assert kind.startswith("text/turtle")
        assert b"Harbour branch" in content
        kind, page = get(f"{address}/doc/branch/harbour", {"Accept": "text/html"})
        assert "Harbour branch" in page.decode()
        assert "12,500" in page.decode()
        assert b"Public libraries counted" in get(f"{address}/", {"Accept": "text/html"})[1]
        assert b"Library" not in get(f"{address}/def/read.ttl")[1]
        assert b"opened in" in get(f"{address}/def/read", {"Accept": "text/html"})[1]
