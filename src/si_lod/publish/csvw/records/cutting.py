"""Cutting: the text of one record becomes its cells, strictly as RFC 4180 and the dialect have it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from si_lod.publish.csvw.faults import excerpt
from si_lod.sentences import told

if TYPE_CHECKING:
    from si_lod.publish.csvw.metadata.dialects import Dialect

PLAIN: Final = re.compile(r'[^"\r]*.', re.DOTALL)


class Malformed(ValueError):
    """A text that is no record; ``cell`` is the place of the wrong cell, ``unclosed`` if more lines may mend it."""

    def __init__(self, message: str, cell: int, *, unclosed: bool = False) -> None:
        super().__init__(message)
        self.cell = cell
        self.unclosed = unclosed


class Cutter:
    """The way of one dialect to cut a record with quotes into cells."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        delimiter, space = re.escape(dialect.delimiter), " *" if dialect.trim else ""
        quote = re.escape(dialect.quote) or "(?!)"
        # Possessive, so that a cell of a megabyte takes one pass and an unclosed one does not take many.
        inside = rf"[^{quote}]*+(?:{quote}{quote}[^{quote}]*+)*+"
        self._open = re.compile(rf"{space}{quote}{inside}")
        self._field = re.compile(
            rf"(?:{space}{quote}({inside}){quote}{space}|([^{quote}{delimiter}\r\n]*))({delimiter}|\Z)"
        )

    def cells(self, text: str) -> list[str]:
        """Return the cells of a record, its line end taken off; raises Malformed."""
        cells: list[str] = []
        quote, at = self._dialect.quote, 0
        while match := self._field.match(text, at):
            quoted, plain, delimiter = match.groups()
            cells.append(plain if quoted is None else quoted.replace(quote * 2, quote))
            at = match.end()
            if not delimiter:
                return cells
        raise self._malformed(text, at, len(cells) - self._dialect.skip_columns)

    def _malformed(self, text: str, at: int, cell: int) -> Malformed:
        quote = self._dialect.quote
        opened = self._open.match(text, at)
        if opened and opened.end() == len(text):
            return Malformed(
                told("expected a closing {quote}, found the end of the file", quote=quote), cell, unclosed=True
            )
        if opened:
            found = excerpt(text[opened.end() + 1 :])
            hint = told("write a quote inside a quoted cell twice")
            return Malformed(
                told(
                    "expected the delimiter after the closing {quote}, found {found}; {hint}",
                    quote=quote,
                    found=found,
                    hint=hint,
                ),
                cell,
            )
        plain = PLAIN.match(text, at)
        if plain and plain[0].endswith("\r"):
            return Malformed(told("expected lines to end with LF or CRLF, found a carriage return"), cell)
        hint = told("quote the cell and write each quote in it twice")
        return Malformed(
            told(
                "expected no {quote} inside a cell without quotes, found {found}; {hint}",
                quote=quote,
                found=excerpt(text[at:]),
                hint=hint,
            ),
            cell,
        )
