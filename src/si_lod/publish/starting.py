"""The beginning of a site: the starter in this package, copied with a base and a title of one's own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Final

from si_lod.errors import WrongUsage
from si_lod.iris import IriDesign
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Iterator

_STARTER: Final = Path(__file__).parent / "starter"


def start(folder: Path, *, base: str, title: str) -> Iterator[Path]:
    """Write a small, whole site into ``folder`` and yield each file that was written.

    Raises InvalidSetting for a base that no IRI can begin with, WrongUsage if the folder has anything in it.
    """
    design, title = IriDesign.of(base), " ".join(title.split())
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise WrongUsage(told("{folder}: expected a new or empty folder, found something in it", folder=folder))
    for path in sorted(path for path in _STARTER.rglob("*") if path.is_file()):
        text = path.read_text(encoding="utf-8").replace("@BASE@", design.base)
        text = text.replace("@TITLE@", title if path.suffix == ".md" else _quotable(title))
        target = folder / path.relative_to(_STARTER)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
        yield target


def _quotable(title: str) -> str:
    """Return the title as it may stand between the quotes of JSON, TOML (v1.0.0, String) and Turtle (§2.5.1)."""
    return json.dumps(title, ensure_ascii=False)[1:-1]
