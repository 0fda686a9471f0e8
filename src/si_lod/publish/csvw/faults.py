"""What is wrong is gathered, not raised, so that whoever edits the files sees all of it at once."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from si_lod.errors import InvalidFiles, Problem

if TYPE_CHECKING:
    from pathlib import Path

MOST: Final = 10_000
LONGEST: Final = 60


class Faults:
    """The problems found so far, each at its place.

    ``full`` is true once there are so many that nobody reads on and memory would no longer be flat.
    """

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._problems: list[Problem] = []

    @property
    def full(self) -> bool:
        """True when no more problems are taken."""
        return len(self._problems) > self._most

    def add(self, file: str, message: str, *, line: int = 0, column: str = "") -> None:
        """Keep one problem; of those past the limit only that there are more."""
        if len(self._problems) < self._most:
            self._problems.append(Problem(file, line, column, message))
        elif not self.full:
            self._problems.append(Problem(file, 0, "", f"more than {self._most} problems: mend these first"))

    def __len__(self) -> int:
        return len(self._problems)

    def settle(self) -> None:
        """Raise InvalidFiles with every problem, if there is any."""
        if self._problems:
            raise InvalidFiles(self._problems)


def excerpt(found: object) -> str:
    """Return the value as it would stand in JSON, cut to a length that fits in a message.

    >>> excerpt("n/a")
    '"n/a"'
    """
    if isinstance(found, str) and len(found) > LONGEST:
        return f"{json.dumps(found[:LONGEST], ensure_ascii=False)}... ({len(found):,} characters)"
    text = json.dumps(found, ensure_ascii=False, default=str)
    return text if isinstance(found, str) or len(text) <= LONGEST else f"{text[:LONGEST]}..."


def named(path: Path, root: Path) -> str:
    """Return the file's name as people are shown it: relative to the site's folder, with forward slashes."""
    return (path.relative_to(root) if path.is_relative_to(root) else path).as_posix()
