"""A triple together with the cell that it is from, so that whatever is wrong with it can be shown there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pyoxigraph import Triple


@dataclass(frozen=True, slots=True)
class Cell:
    """The place of one cell: the file as people name it, the physical line of its record, the column's name.

    ``row`` is the record's number in the file, a header and comments counted (Model §6.4), 0 if it is not known.
    """

    file: str
    line: int
    column: str
    row: int = 0


class Statement(NamedTuple):
    """One triple, and the cell that made it."""

    triple: Triple
    cell: Cell
