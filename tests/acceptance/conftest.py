"""A clean installation: wheel and source archive built, installed from the kept wheels, without the checkout."""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path

import pytest

from tests.sharing import shared


def run(*command: str | Path, **options: object) -> subprocess.CompletedProcess[str]:
    """Run a command to its end; a failure shows what it printed."""
    done = subprocess.run(
        [str(part) for part in command], capture_output=True, text=True, timeout=300, check=False, **options
    )  # type: ignore[call-overload]
    assert isinstance(done, subprocess.CompletedProcess)
    return done


@pytest.fixture(scope="session")
def archives(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Path:
    """A folder with the wheel and the source archive, built from the checkout."""
    return shared(tmp_path_factory, "dist", lambda folder: build(folder, root))


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory, root: Path, archives: Path) -> Path:
    """The bin folder of an environment that holds the wheel and its locked dependencies, and nothing else."""
    return shared(tmp_path_factory, "clean", lambda folder: install(folder, root, archives)) / "bin"


def build(folder: Path, root: Path) -> None:
    built = run(sys.executable, "-m", "hatchling", "build", "-d", folder, cwd=root)
    assert built.returncode == 0, built.stderr


def install(folder: Path, root: Path, archives: Path) -> None:
    venv.create(folder, with_pip=True)
    pip = (folder / "bin/python", "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--no-index")
    wheels = root / ".venv/wheels"
    done = run(*pip, "--require-hashes", "--find-links", wheels, "--requirement", root / "requirements.lock")
    assert done.returncode == 0, done.stderr
    done = run(*pip, "--no-deps", next(archives.glob("*.whl")))
    assert done.returncode == 0, done.stderr
