"""A problem: one fault in one of the site's files, at the place where an editor can mend it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from si_lod.sentences import Sentence, say


class Level(StrEnum):
    """How grave a problem is: an error refuses a release, a warning and a note are published with it."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault in one of the site's files, at the place where an editor can mend it.

    ``line`` is the physical line, counted from 1, on which the record or statement begins; 0 means the file as
    a whole. ``column`` is a table's column name, or a character column in other files. ``rule`` names the shape that
    asks for what is missing, and is empty where si-lod itself does.
    """

    file: str
    line: int
    column: str
    message: str
    level: Level = field(default=Level.ERROR, compare=False)
    rule: str = field(default="", compare=False)

    @property
    def place(self) -> str:
        """``file:line:column`` without the parts that are not known."""
        return ":".join(part for part in (self.file, str(self.line or ""), self.column) if part)

    @property
    def kind(self) -> str:
        """What problems with the same cause have in common: the shape, else the message without what was found."""
        return self.rule or (self.message.kind if isinstance(self.message, Sentence) else self.message)

    def __str__(self) -> str:
        """Return the place and the message in English."""
        return self.said("en")

    def said(self, language: str) -> str:
        """Return ``file:line:column: message`` with the message in that language, as far as it is translated."""
        return f"{self.place}: {say(self.message, language)}"
