"""Dialects: how a CSV file is cut into records and cells (Metadata §5.9)."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from si_lod.publish.csvw.faults import excerpt
from si_lod.sentences import told

if TYPE_CHECKING:
    from si_lod.publish.csvw.documents.descriptors import Descriptor

# In these a byte below 128 is always that ASCII character, so lines can be found before they are decoded.
ENCODINGS: Final = re.compile(r"utf-8|ascii|iso8859-\d+|cp125\d", re.ASCII)
KNOWN: Final = told("utf-8, an iso-8859 or a windows-125x encoding")
TERMINATORS: Final = frozenset({"\n", "\r\n"})
TRIMS: Final = {True: "both", False: "", "true": "both", "false": "", "start": "start", "end": "end"}


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a file is written; an empty ``quote`` or ``comment`` means that there is none.

    ``trim`` is empty, start, end or both.
    """

    encoding: str = "utf-8"
    delimiter: str = ","
    quote: str = '"'
    comment: str = ""
    header: bool = True
    skip_rows: int = 0
    skip_columns: int = 0
    skip_blank_rows: bool = False
    trim: str = ""


def read_dialect(described: Descriptor) -> Dialect:
    """Return the dialect that an object describes; what is wrong or not implemented is reported."""
    dialect = Dialect(
        encoding=_encoding(described),
        delimiter=_character(described, "delimiter", ","),
        quote=_quote(described),
        comment=_comment(described),
        header=_header(described),
        skip_rows=described.count("skipRows"),
        skip_columns=described.count("skipColumns"),
        skip_blank_rows=described.flag("skipBlankRows"),
        trim=_trim(described),
    )
    if not described.flag("doubleQuote", default=True):
        described.fault("doubleQuote", told("false is not implemented; double the quotes inside quoted cells"))
    if not set(described.texts("lineTerminators", ("\n",))) <= TERMINATORS:
        described.fault("lineTerminators", told('other than "\\n" and "\\r\\n" are not implemented; remove it'))
    if dialect.delimiter == dialect.quote:
        described.fault("delimiter", told("expected another character than quoteChar"))
    described.close("Dialect")
    return dialect


def _encoding(described: Descriptor) -> str:
    name = described.text("encoding", "utf-8")
    try:
        codec = codecs.lookup(name).name
    except LookupError:
        described.warn("encoding", told("expected {expected}, found {found}", expected=KNOWN, found=excerpt(name)))
        return "utf-8"
    if not ENCODINGS.fullmatch(codec):
        described.fault(
            "encoding",
            told("expected {expected}, found {found}, which is not implemented", expected=KNOWN, found=excerpt(name)),
        )
    return codec


def _character(described: Descriptor, key: str, default: str) -> str:
    found = described.text(key, default)
    if len(found) == 1 and found not in "\r\n":
        return found
    described.warn(key, told("expected one character, found {found}", found=excerpt(found)))
    return default


def _quote(described: Descriptor) -> str:
    if described.has("quoteChar") and described.value("quoteChar") is None:
        return ""
    return _character(described, "quoteChar", '"')


def _comment(described: Descriptor) -> str:
    if described.value("commentPrefix") is None:
        return ""
    return described.text("commentPrefix")


def _header(described: Descriptor) -> bool:
    rows = described.count("headerRowCount", 1 if described.flag("header", default=True) else 0)
    if rows > 1:
        described.fault("headerRowCount", told("more than one header row is not implemented; keep one"))
    return rows > 0


def _trim(described: Descriptor) -> str:
    start = described.flag("skipInitialSpace")
    found = described.value("trim")
    if found is None:
        return "start" if start else ""
    if not isinstance(found, (str, bool)) or found not in TRIMS:
        described.warn("trim", told('expected true, false, "start" or "end", found {found}', found=excerpt(found)))
        return ""
    return TRIMS[found]
