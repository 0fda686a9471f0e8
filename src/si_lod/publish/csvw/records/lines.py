"""Bytes become physical lines of text, each decoded by itself, so that a wrong byte spoils only its own line."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from typing import BinaryIO, Final, NamedTuple

from si_lod.sentences import told

# What XML, and with it xsd:string and RDF/XML, cannot hold (XML 1.0 §2.2); DEL and the C1 controls it can.
CONTROLS: Final = bytes(code for code in range(0x20) if code not in b"\t\n\r")
NO_CHARACTERS: Final = frozenset(CONTROLS.decode("ascii") + "\ufffe\uffff")
WIDE: Final = {codecs.BOM_UTF16_LE: "UTF-16", codecs.BOM_UTF16_BE: "UTF-16"}
SHOWN: Final = 12


class Line(NamedTuple):
    """One line with its terminator; ``flaw`` says what is wrong with it, and is empty when nothing is."""

    number: int
    text: str
    flaw: str = ""


@dataclass(slots=True)
class Lines:
    """The lines of a file, read forwards; ``back`` goes back to just after a line that was read before."""

    file: BinaryIO
    encoding: str
    number: int = 0
    offset: int = 0

    def read(self) -> Line | None:
        """Return the next line, or None after the last; a byte order mark is dropped."""
        raw = self.file.readline()
        if not raw:
            return None
        self.number += 1
        self.offset += len(raw)
        if self.number == 1 and raw[:2] in WIDE:
            self.file.seek(0, 2)
            return Line(
                1,
                "",
                told(
                    "expected {encoding}, found {found}; save the file as UTF-8",
                    encoding=self.encoding,
                    found=WIDE[raw[:2]],
                ),
            )
        if self.number == 1 and self.encoding == "utf-8":
            raw = raw.removeprefix(codecs.BOM_UTF8)
        return self._decoded(raw) if raw else None

    def back(self, number: int, offset: int) -> None:
        """Go back to where these were the number and offset."""
        self.number, self.offset = number, offset
        self.file.seek(offset)

    def _decoded(self, raw: bytes) -> Line:
        try:
            text = raw.decode(self.encoding)
        except UnicodeDecodeError as error:
            before = raw[max(error.start - SHOWN, 0) : error.start].decode(self.encoding, "replace")
            found = (
                told("the byte 0x{byte:02X} after {before!r}", byte=raw[error.start], before=before)
                if before
                else told("the byte 0x{byte:02X}", byte=raw[0])
            )
            hint = told("save the file as UTF-8, or name its encoding in the dialect")
            flaw = told("expected {encoding}, found {found}; {hint}", encoding=self.encoding, found=found, hint=hint)
            return Line(self.number, raw.decode(self.encoding, "replace"), flaw)
        if len(raw.translate(None, CONTROLS)) < len(raw) or "\ufffe" in text or "\uffff" in text:
            control = next(sign for sign in text if sign in NO_CHARACTERS)
            return Line(
                self.number,
                text,
                told("expected text, found the control character U+{code:04X}; remove it", code=ord(control)),
            )
        return Line(self.number, text)
