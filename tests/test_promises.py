"""What the documents promise is there: settings, commands and the files that they lead to."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import fields
from pathlib import Path

import click
import pytest

from si_lod.cli import commands
from si_lod.settings import Settings

ROOT = Path(__file__).parent.parent
TEXTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / "data/README.md"])
EXAMPLES = sorted(path for path in (ROOT / "docs/examples").iterdir() if path.is_file())
SETTINGS = {f"SI_LOD_{setting.name.upper()}" for setting in fields(Settings)}
# The shell's completion is asked for by a name that click makes.
COMPLETION = "_SI_LOD_COMPLETE"


def named(path: Path) -> set[str]:
    return set(re.findall(r"\b_?SI_LOD_[A-Z_]+", path.read_text(encoding="utf-8"))) - {COMPLETION}


@pytest.mark.parametrize("path", [*TEXTS, *EXAMPLES], ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_setting_that_a_document_names_exists(path: Path) -> None:
    assert named(path) <= SETTINGS


def test_every_setting_is_described() -> None:
    assert set().union(*map(named, TEXTS)) == SETTINGS


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_command_that_a_document_gives_exists(path: Path) -> None:
    group = commands
    assert isinstance(group, click.Group)
    text = path.read_text(encoding="utf-8")
    for block in re.findall(r"^```sh\n(.*?)^```", text, re.DOTALL | re.MULTILINE):
        for command in re.findall(r"si-lod (?:--lang \w+ )?([a-z]+)", block):
            assert command in group.commands, command


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_link_to_a_file_leads_there(path: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8")):
        assert (path.parent / target).exists(), target


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not on this machine")
def test_systemd_understands_the_unit(tmp_path: Path) -> None:
    unit = tmp_path / "si-lod.service"
    text = (ROOT / "docs/examples/si-lod.service").read_text(encoding="utf-8")
    unit.write_text(text.replace("/opt/si-lod/bin/si-lod", "/bin/true"), encoding="utf-8")
    verified = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", unit],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (verified.returncode, verified.stderr) == (0, "")
