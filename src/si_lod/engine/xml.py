"""XML that says what was meant: the store's library writes some that is not well-formed, without an error.

A predicate or class without a local name (``.../1``) becomes an element without a name (RDF 1.1 XML Syntax §2.4
requires one), a control character is written as it is (XML 1.0 §2.2 has none), and a carriage return would be read
as a line feed (§2.11).
"""

from __future__ import annotations

from xml.parsers import expat

from si_lod.errors import NotAcceptable
from si_lod.sentences import told


def checked_xml(content: bytes) -> bytes:
    """Return ``content`` with carriage returns that survive; raises NotAcceptable if XML cannot express it."""
    kept = content.replace(b"\r", b"&#13;")
    try:
        expat.ParserCreate(namespace_separator=" ").Parse(kept, True)  # noqa: FBT003  the library's signature
    except expat.ExpatError as error:
        message = told(
            "this cannot be written as XML ({error}): it has a name that no XML element can have, "
            "or a control character; ask for another format",
            error=expat.ErrorString(error.code),
        )
        raise NotAcceptable(message) from None
    return kept
