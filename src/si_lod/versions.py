"""The names of releases: what can be one, and which comes before which."""

from __future__ import annotations

import re
from typing import Final

CURRENT: Final = "current"
"""The name, among the releases, of the link to the one that is served."""
REFUSED: Final = "refused"
"""The name, among the releases, of the folder of refusals."""
REHEARSED: Final = "rehearsed"
"""The name, among the releases, of the folder of rehearsals."""

LONGEST: Final = 64
"""The most characters of a version: it is the name of a folder, with something before it while that is written."""

_TAKEN: Final = frozenset({CURRENT, REFUSED, REHEARSED})
_VERSION: Final = re.compile(r"[0-9A-Za-z]+(?:[.-][0-9A-Za-z]+)*")


def is_version(name: str) -> bool:
    """Return whether ``name`` can be the version of a release: letters and digits joined by ``.`` or ``-``, few."""
    return len(name) <= LONGEST and _VERSION.fullmatch(name) is not None and name not in _TAKEN


def in_order(version: str) -> list[tuple[int, str]]:
    """Return what versions are sorted by: their parts, numbers compared as numbers."""
    return [(int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"[.-]", version)]
