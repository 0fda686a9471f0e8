"""The command line without a word: what a newcomer types first, and what a shell asks to complete words."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.command import si_lod


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """The folder of a script that is called as an installed one is."""
    script = tmp_path / "bin" / "si-lod"
    script.parent.mkdir()
    run = shlex.join([sys.executable, "-c", "import sys; from si_lod.cli import main; sys.argv[0] = 'si-lod'; main()"])
    script.write_text(f'#!/bin/sh\nexec {run} "$@"\n', encoding="utf-8")
    script.chmod(0o755)
    return script.parent


def shell(installed: Path, program: str, **environment: str) -> subprocess.CompletedProcess[str]:
    bash = shutil.which("bash") or pytest.skip("there is no bash")
    path = f"{installed}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        [bash, "-c", program],
        cwd=installed,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        env={**os.environ, "LC_ALL": "C", "PATH": path, **environment},
    )


@pytest.mark.parametrize(("language", "first"), [("C", "Usage: "), ("nl_NL.UTF-8", "Gebruik: ")])
def test_without_a_word_the_help_is_told_in_the_language_of_the_locale(
    language: str, first: str, tmp_path: Path
) -> None:
    bare = si_lod(tmp_path, LC_ALL=language)
    assert bare.returncode == 2, "nothing was asked for"
    assert bare.stderr.startswith(first)
    assert "si-lod init DIR" in bare.stderr
    assert "Traceback" not in bare.stderr


@pytest.mark.parametrize("kind", ["bash", "zsh", "fish"])
def test_a_shell_gets_what_it_completes_with(kind: str, installed: Path) -> None:
    asked = shell(installed, "si-lod", _SI_LOD_COMPLETE=f"{kind}_source")
    assert (asked.returncode, asked.stderr) == (0, "")
    assert f"_SI_LOD_COMPLETE={kind}_complete" in asked.stdout


@pytest.mark.parametrize(
    ("words", "completed"),
    [
        (("re",), {"releases", "rehearse"}),
        (("releases", ""), {"show", "rollback"}),
        (("check", "--for"), {"--format"}),
        (("check", "--format", "s"), {"sarif"}),
        (("check", "--lang", ""), {"en", "nl"}),
    ],
)
def test_bash_completes_commands_options_and_choices(
    words: tuple[str, ...], completed: set[str], installed: Path
) -> None:
    typed = shlex.join(["si-lod", *words])
    program = (
        'eval "$(_SI_LOD_COMPLETE=bash_source si-lod)"\n'
        f"COMP_WORDS=({typed}); COMP_CWORD={len(words)}; _si_lod_completion si-lod\n"
        'printf "%s\\n" "${COMPREPLY[@]}"'
    )
    asked = shell(installed, program)
    assert asked.stderr == ""
    assert set(asked.stdout.split()) == completed
