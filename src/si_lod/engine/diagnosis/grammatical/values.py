"""Numbers that are written as such and stand for nothing: those that are too large."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from si_lod.engine.diagnosis.stopping.stop import Finding
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from si_lod.engine.text.tokens import Token

_MOST: Final = 2**64 - 1


def number_of_rows_too_large(read: Sequence[Token]) -> Finding | None:
    """Find a number behind LIMIT or OFFSET that no engine can count to."""
    for before, token in pairwise(read):
        if before.text.upper() in {"LIMIT", "OFFSET"} and token.text.isdecimal() and int(token.text) > _MOST:
            message = told("{word} takes a number of at most {most}", word=before.text.upper(), most=_MOST)
            return Finding(token, message)
    return None
