"""What every error of this package is, whoever can mend it."""

from __future__ import annotations

from typing import ClassVar

from si_lod.sentences import say


class LodError(Exception):
    """The base of every error that this package raises on purpose."""

    exit_status: ClassVar[int] = 3

    def said(self, language: str) -> str:
        """Return the message in that language."""
        return say(str(self), language)
