"""How the file of a table is written, as its metadata say, and what stands over its columns (CSVW Metadata §5.9)."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, Self

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

_UTF_8: Final = "utf-8"
_MARKED: Final = "utf-8-sig"
"""UTF-8 that may begin with a byte order mark, as spreadsheets write it; the mark is no part of a name."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """An empty ``quote`` or ``comment`` means that there is none; ``trim`` is empty, start, end or both."""

    encoding: str = _UTF_8
    delimiter: str = ","
    quote: str = '"'
    comment: str = ""
    header: bool = True
    skip_rows: int = 0
    skip_columns: int = 0
    trim: str = ""

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Self:
        """Return the dialect that metadata tell, which have been found right when they were published."""
        trim = told.get("trim", "start" if told.get("skipInitialSpace") else "")
        return cls(
            encoding=str(told.get("encoding", _UTF_8)),
            delimiter=str(told.get("delimiter", ",")),
            quote=str(told.get("quoteChar", '"') or ""),
            comment=str(told.get("commentPrefix") or ""),
            header=int(told.get("headerRowCount", bool(told.get("header", True)))) > 0,
            skip_rows=int(told.get("skipRows", 0)),
            skip_columns=int(told.get("skipColumns", 0)),
            trim={True: "both", "true": "both"}.get(trim, trim if trim in {"start", "end"} else ""),
        )

    def heading(self, path: Path) -> list[str]:
        """Return what stands over the columns of the file, nothing if it has no header."""
        if not self.header:
            return []
        with path.open(encoding=_MARKED if self.encoding.lower() == _UTF_8 else self.encoding, newline="") as file:
            first = next(csv.reader(self._lines(file), **self._cutting()), [])
        return [self._trimmed(cell) for cell in first[self.skip_columns :]]

    def _lines(self, lines: Iterable[str]) -> Iterator[str]:
        for line in islice(lines, self.skip_rows, None):
            if not (self.comment and line.startswith(self.comment)) and line.strip("\r\n"):
                yield line

    def _cutting(self) -> dict[str, Any]:
        quoting = {"quotechar": self.quote} if self.quote else {"quoting": csv.QUOTE_NONE}
        return {"delimiter": self.delimiter, **quoting}

    def _trimmed(self, cell: str) -> str:
        cell = cell.lstrip() if self.trim in {"start", "both"} else cell
        return cell.rstrip() if self.trim in {"end", "both"} else cell
