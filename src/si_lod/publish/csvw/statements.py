"""A triple together with the cell that it is from, so that whatever is wrong with it can be shown there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pyoxigraph import Triple


@dataclass(frozen=True, slots=True)
class Cell:
    """The place of one cell: the file as people name it, the physical line of its record, the column's name."""

    file: str
    line: int
    column: str


class Statement(NamedTuple):
    """One triple, and the cell that made it."""

    triple: Triple
    cell: Cell
