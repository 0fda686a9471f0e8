"""Lines become records: each with the physical line where it begins and its cells (Model §8, RFC 4180).

Python's ``csv`` is not used: it takes a stray quote for text, may swallow the rest of a file after one, and its
limit on the size of a cell is a setting of the whole process.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, BinaryIO, Final, NamedTuple

from si_lod.publish.csvw.records.cutting import Cutter, Malformed
from si_lod.publish.csvw.records.lines import NO_CHARACTERS, Line, Lines
from si_lod.sentences import told

if TYPE_CHECKING:
    from si_lod.publish.csvw.metadata.dialects import Dialect

MOST_CELLS: Final = 10_000
LONGEST: Final = 2**26
SPOILT: Final = re.compile("[" + re.escape("".join(sorted(NO_CHARACTERS))) + "\ufffd]")


class Record(NamedTuple):
    """One record: ``line`` is where it begins, ``last`` where it ends, ``number`` counts the records of the file.

    ``flaw`` says what is wrong with it, and is empty when nothing is; ``cell`` is the place of the spoilt cell, or
    -1 when it is not known.
    """

    line: int
    last: int
    number: int
    cells: list[str]
    flaw: str = ""
    cell: int = -1


class Records:
    """The records of a file in one dialect, read forwards; comments and blank rows are left out as it says."""

    def __init__(self, file: BinaryIO, dialect: Dialect) -> None:
        self._lines = Lines(file, dialect.encoding)
        self._dialect = dialect
        self._number = 0
        self._start = (0, 0)
        self._cutter = Cutter(dialect)

    def __iter__(self) -> Records:
        return self

    def __next__(self) -> Record:
        while True:
            line = self._lines.read()
            if line is None:
                raise StopIteration
            self._number += 1
            if self._number <= self._dialect.skip_rows or self._is_comment(line):
                continue
            record = self._record(line)
            if not self._dialect.skip_blank_rows or record.flaw or any(record.cells):
                return record

    def reread(self, record: Record) -> None:
        """Go back to just after the first line of this record, which was read last, if it has more lines."""
        if record.last > record.line:
            self._lines.back(*self._start)

    def _is_comment(self, line: Line) -> bool:
        return bool(self._dialect.comment) and line.text.startswith(self._dialect.comment)

    def _record(self, line: Line) -> Record:
        self._start = (self._lines.number, self._lines.offset)
        text, quote = _bare(line.text), self._dialect.quote
        found = text.count(self._dialect.delimiter) + 1
        if found > MOST_CELLS:
            return Record(
                line.number,
                line.number,
                self._number,
                [],
                told(
                    "expected at most {most:,} cells in one record, found {found:,}; is this the right file?",
                    most=MOST_CELLS,
                    found=found,
                ),
            )
        if "\r" in text or (quote and quote in text):
            return self._quoted(line)
        return self._cut(line, text.split(self._dialect.delimiter), line.flaw)

    def _cut(self, first: Line, cells: list[str], flaw: str) -> Record:
        cells = cells[self._dialect.skip_columns :]
        if self._dialect.trim:
            cells = [_trimmed(cell, self._dialect.trim) for cell in cells]
        spoilt = [place for place, cell in enumerate(cells) if SPOILT.search(cell)] if flaw else []
        return Record(first.number, self._lines.number, self._number, cells, flaw, spoilt[0] if spoilt else -1)

    def _quoted(self, first: Line) -> Record:
        lines = [first]
        while True:
            try:
                cells = self._cutter.cells(_bare("".join([line.text for line in lines])))
            except Malformed as error:
                more = self._until_quote() if error.unclosed else []
                if not more:
                    self._lines.back(*self._start)
                    message = first.flaw or str(error)
                    return Record(first.number, first.number, self._number, [], message, error.cell)
                lines += more
            else:
                return self._cut(first, cells, next((line.flaw for line in lines if line.flaw), ""))

    def _until_quote(self) -> list[Line]:
        """Return the lines up to one that closes the quote, or none when the file has no such line."""
        lines, size, quote = [], 0, self._dialect.quote
        while size < LONGEST and (line := self._lines.read()):
            lines.append(line)
            size += len(line.text)
            if quote in line.text.replace(quote * 2, ""):
                return lines
        return []


def _bare(text: str) -> str:
    return text.removesuffix("\n").removesuffix("\r")


def _trimmed(cell: str, ends: str) -> str:
    if ends == "start":
        return cell.lstrip()
    return cell.rstrip() if ends == "end" else cell.strip()
