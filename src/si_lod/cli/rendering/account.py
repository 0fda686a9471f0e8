"""The account of one check or publication: everything that was found, before it is put into a form."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from si_lod.errors import Level

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from si_lod.errors import Problem


@dataclass(frozen=True, slots=True)
class Account:
    """The problems by their place, the files that were looked at, and the release that was made if one was.

    ``unjudged`` says what could not be judged because of them.
    """

    root: Path
    files: tuple[str, ...]
    problems: tuple[Problem, ...]
    release: str | None = None
    unjudged: tuple[str, ...] = ()

    @classmethod
    def of(
        cls,
        root: Path,
        files: Iterable[str],
        problems: Iterable[Problem],
        release: str | None = None,
        *,
        unjudged: Iterable[str] = (),
    ) -> Self:
        """Return the account with its files and problems sorted."""
        return cls(root, tuple(sorted(files)), tuple(sorted(problems)), release, tuple(unjudged))

    @property
    def fit(self) -> bool:
        """True when nothing stands in the way of publishing."""
        return not any(problem.level is Level.ERROR for problem in self.problems)

    @property
    def counts(self) -> Mapping[Level, int]:
        """How many problems there are of each level, the gravest first, none left out."""
        counted = Counter(problem.level for problem in self.problems)
        return {level: counted[level] for level in Level}
