"""What is wrong is gathered, not raised, so that whoever edits the files sees all of it at once."""

from __future__ import annotations

import difflib
import json
import re
from typing import TYPE_CHECKING, Final

from si_lod.errors import InvalidFiles, Problem
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

MOST: Final = 10_000
LONGEST: Final = 60
_DAY: Final = re.compile(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})")


class Faults:
    """The problems found so far, each at its place.

    ``full`` is true once there are so many that nobody reads on and memory would no longer be flat. ``lenient``
    says that what the standard only warns of is kept in ``warnings`` and raises nothing.
    """

    def __init__(self, most: int = MOST, *, lenient: bool = False) -> None:
        self._most = most
        self._problems: list[Problem] = []
        self.lenient = lenient
        self.warnings: list[Problem] = []

    @property
    def full(self) -> bool:
        """True when no more problems are taken."""
        return len(self._problems) > self._most

    def add(self, file: str, message: str, *, line: int = 0, column: str = "") -> None:
        """Keep one problem; of those past the limit only that there are more."""
        if len(self._problems) < self._most:
            self._problems.append(Problem(file, line, column, message))
        elif not self.full:
            self._problems.append(
                Problem(file, 0, "", told("more than {most} problems: mend these first", most=self._most))
            )

    def warn(self, file: str, message: str, *, line: int = 0, column: str = "") -> None:
        """Keep what a validator has to refuse, and a converter may read on after (Metadata §1.2, Model §6)."""
        if not self.lenient:
            self.add(file, message, line=line, column=column)
        elif len(self.warnings) < self._most:
            self.warnings.append(Problem(file, line, column, message))

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
        begin = json.dumps(found[:LONGEST], ensure_ascii=False)
        return told("{begin}... ({number:,} characters)", begin=begin, number=len(found))
    text = json.dumps(found, ensure_ascii=False, default=str)
    return text if isinstance(found, str) or len(text) <= LONGEST else f"{text[:LONGEST]}..."


def nearest(word: str, words: Collection[str]) -> str:
    """Return the word that is most like this one, in quotes, or nothing when none is.

    A date in another form is the same date or none; a number is not another number for looking like it; the names
    of files are compared without the ending that all of them have.

    >>> nearest("30-01-2017", ["2017-01-03", "2017-01-30"])
    '"2017-01-30"'
    """
    if word.isdigit() or _DAY.fullmatch(word):
        found = [day for day in _days(word) if day in words]
    else:
        known = {_stem(each): each for each in words}
        found = [known[stem] for stem in difflib.get_close_matches(_stem(word), known, n=1)]
    return excerpt(found[0]) if len(found) == 1 else ""


def _days(text: str) -> list[str]:
    """Return the dates that a text may mean which begins with the day, or with the month, in the form of XML Schema."""
    match = _DAY.fullmatch(text)
    day, month, year = match.group(1, 2, 3) if match else ("", "", "")
    pairs = dict.fromkeys([(month, day), (day, month)]) if match else ()
    return [f"{year}-{one:>02}-{other:>02}" for one, other in pairs]


def _stem(name: str) -> str:
    return name.rpartition("/")[2].removesuffix(".csv")


def named(path: Path, root: Path) -> str:
    """Return the file's name as people are shown it: relative to the site's folder, with forward slashes."""
    return (path.relative_to(root) if path.is_relative_to(root) else path).as_posix()
