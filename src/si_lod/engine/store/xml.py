"""XML that says what was meant: the store's library writes some that is not well-formed, without an error.

A predicate or class without a local name (``.../1``) becomes an element without a name (RDF 1.1 XML Syntax §2.4
requires one), a control character is written as it is (XML 1.0 §2.2 has none), and a carriage return would be read
as a line feed (§2.11).
"""

from __future__ import annotations

from io import BytesIO, RawIOBase
from typing import TYPE_CHECKING, BinaryIO
from xml.parsers import expat

from si_lod.errors import NotAcceptable
from si_lod.sentences import told

if TYPE_CHECKING:
    from typing_extensions import Buffer


def checked_xml(content: bytes) -> bytes:
    """Return ``content`` with carriage returns that survive; raises NotAcceptable if XML cannot express it."""
    output = BytesIO()
    checked = CheckedXml(output)
    checked.write(content)
    checked.end()
    return output.getvalue()


class CheckedXml(RawIOBase):
    """Passes XML on to ``output`` piece by piece; raises NotAcceptable at the first that XML cannot express."""

    def __init__(self, output: BinaryIO) -> None:
        super().__init__()
        self._output = output
        self._parser = expat.ParserCreate(namespace_separator=" ")

    def writable(self) -> bool:
        """Return that it can be written to."""
        return True

    def write(self, chunk: Buffer) -> int:
        """Take all of ``chunk``, with carriage returns that survive."""
        data = bytes(chunk)
        kept = data.replace(b"\r", b"&#13;")
        self._parse(kept, is_last=False)
        self._output.write(kept)
        return len(data)

    def end(self) -> None:
        """Raise NotAcceptable if what was written is only the beginning of a document."""
        self._parse(b"", is_last=True)

    def _parse(self, data: bytes, *, is_last: bool) -> None:
        try:
            self._parser.Parse(data, is_last)
        except expat.ExpatError:
            message = told(
                "this cannot be written as XML: it has a name that no XML element can have, or a control character; "
                "ask for another format"
            )
            raise NotAcceptable(message) from None
