"""What whoever edits the site's files can mend."""

from __future__ import annotations

from typing import TYPE_CHECKING

from si_lod.errors.base import LodError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from si_lod.problems import Problem


class EditorError(LodError):
    """The site's files are wrong; whoever edits them can mend it."""

    exit_status = 1


class Unfit(EditorError):
    """The site's files may not be published; ``problems`` has every reason, at its place.

    ``beside`` has what would be published with them, such as warnings. ``unjudged`` says what could not be judged
    yet, because of these problems.
    """

    def __init__(
        self, problems: Iterable[Problem], *, beside: Iterable[Problem] = (), unjudged: Iterable[str] = ()
    ) -> None:
        self.problems, self.beside, self.unjudged = tuple(problems), tuple(beside), tuple(unjudged)
        super().__init__("\n".join(map(str, (*self.problems, *self.unjudged))))

    def said(self, language: str) -> str:
        """Return every problem in that language, each on a line."""
        return "\n".join(problem.said(language) for problem in self.problems)


class InvalidFiles(Unfit):
    """One or more of the site's files cannot be read as what they should be; ``problems`` is sorted, each once."""

    def __init__(
        self, problems: Iterable[Problem], *, beside: Iterable[Problem] = (), unjudged: Iterable[str] = ()
    ) -> None:
        super().__init__(sorted(set(problems)), beside=beside, unjudged=unjudged)


class NonConforming(Unfit):
    """The graph violates the shapes (SHACL §1.2); ``problems`` has each violation, traced to its cell."""


class ReleaseConflict(InvalidFiles):
    """The version is published already, with other content; a release never changes."""
