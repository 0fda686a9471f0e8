"""What is shipped is whole, and the same by both ways of building it."""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path

from tests.acceptance.conftest import run


def names(wheel: Path) -> dict[str, int]:
    with zipfile.ZipFile(wheel) as archive:
        return {entry.filename: entry.CRC for entry in archive.infolist()}


def test_the_wheel_holds_the_sample_site_and_every_source(archives: Path, root: Path) -> None:
    held = names(next(archives.glob("*.whl")))
    package = root / "src/si_lod"
    sources = {
        f"si_lod/{path.relative_to(package).as_posix()}"
        for path in package.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    site = {
        f"si_lod/site/{path.relative_to(root).as_posix()}"
        for room in ("data", "ontology", "shapes")
        for path in (root / room).rglob("*")
        if path.is_file()
    }
    assert sources | site <= held.keys()


def test_the_source_archive_builds_the_same_wheel(archives: Path, tmp_path: Path) -> None:
    assert run("tar", "-xzf", next(archives.glob("*.tar.gz")), "-C", tmp_path).returncode == 0
    unpacked = next(tmp_path.iterdir())
    built = run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path / "dist", cwd=unpacked)
    assert built.returncode == 0, built.stderr
    assert names(next((tmp_path / "dist").glob("*.whl"))) == names(next(archives.glob("*.whl")))
