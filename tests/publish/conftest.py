"""A copy of the small site, to be spoiled at will."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from si_lod.publish.source.files import Source


@dataclass(frozen=True)
class Copy:
    """A site's folder that a test may change."""

    root: Path

    def source(self) -> Source:
        return Source.read(self.root)

    def replace(self, name: str, old: str, new: str) -> None:
        path = self.root / name
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {name}: the test would change nothing"
        path.write_text(text.replace(old, new), encoding="utf-8")

    def write(self, name: str, text: str) -> None:
        (self.root / name).write_text(text, encoding="utf-8")


@pytest.fixture
def site(tmp_path: Path, libraries: Path) -> Copy:
    shutil.copytree(libraries, tmp_path / "site")
    return Copy(tmp_path / "site")
