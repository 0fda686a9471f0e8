"""The site's own queries: files that say in their first comments what they ask, in each language.

::

    # title@nl: Hoeveel bomen telt elke bron?
    # title@en: How many trees does each source count?
    # columns: source trees
    # column@en trees: Number of trees
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Self

if TYPE_CHECKING:
    from pathlib import Path

    from si_lod.serve.view import View

_TITLE: Final = re.compile(r"^#\s*title@([A-Za-z-]+):\s*(.+?)\s*$", re.MULTILINE)
_COLUMN: Final = re.compile(r"^#\s*column@([A-Za-z-]+)\s+(\w+):\s*(.+?)\s*$", re.MULTILINE)
_SHOWN: Final = re.compile(r"^#\s*columns:\s*(.+?)\s*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Example:
    """One query: its file's name, its text, its titles by language, the names of columns by language and variable."""

    name: str
    text: str
    titles: dict[str, str]
    columns: tuple[str, ...]
    headings: dict[str, dict[str, str]]

    @classmethod
    def read(cls, path: Path) -> Self:
        """Return the query in the file ``path``."""
        text = path.read_text(encoding="utf-8")
        headings: dict[str, dict[str, str]] = {}
        for language, column, words in _COLUMN.findall(text):
            headings.setdefault(column, {})[language] = words
        shown = _SHOWN.search(text)
        columns = tuple(name.lstrip("?") for name in shown[1].replace(",", " ").split()) if shown else ()
        return cls(path.stem, text, dict(_TITLE.findall(text)), columns, headings)

    def title(self, view: View) -> str:
        """Return what the query asks, in the reader's language; its file's name where no one wrote that."""
        return view.words(self.titles) or self.name


def examples(folder: Path) -> list[Example]:
    """Return the queries in ``folder``, by name; none where there is no folder."""
    return [Example.read(path) for path in sorted(folder.glob("*.rq"))]
