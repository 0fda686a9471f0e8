"""Variables that are not written as such, and things that are compared or called as objects of a program."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from si_lod.engine.diagnosis.stopping.stop import Finding
from si_lod.engine.diagnosis.stopping.terminals import FUNCTIONS, UNKNOWN
from si_lod.engine.diagnosis.words.names import of_the_standards
from si_lod.engine.text.tokens import Kind
from si_lod.sentences import told

if TYPE_CHECKING:
    from si_lod.engine.diagnosis.stopping.stop import Stop

_METHODS: Final = {
    "STARTSWITH": "STRSTARTS", "ENDSWITH": "STRENDS", "LOWER": "LCASE", "UPPER": "UCASE", "TOLOWERCASE": "LCASE",
    "TOUPPERCASE": "UCASE", "LENGTH": "STRLEN", "LEN": "STRLEN", "INCLUDES": "CONTAINS", "SUBSTRING": "SUBSTR",
    "MATCH": "REGEX", "MATCHES": "REGEX",
}  # fmt: skip
_PROGRAMMED: Final = frozenset({Kind.WORD, Kind.NAME})


def apart(stop: Stop) -> Finding | None:
    """Find ``? s``, ``?a-b`` and ``@s``."""
    if stop.mark() == "?" and stop.word(1) and not stop.accepts("QUESTION"):
        message = told("a variable is written without a space behind its question mark")
        return Finding(stop.piece(0, 2), message, f"?{stop.token(1).text}")
    if stop.mark() == "-" and stop.kind(-1) is Kind.VARIABLE and stop.word(1) and " " not in stop.spelled(-1, 2):
        message = told("the name of a variable has no hyphen; an underscore joins its words")
        return Finding(stop.piece(-1, 2), message, f"{stop.token(-1).text}_{stop.token(1).text}")
    if stop.kind() is Kind.LANGUAGE and stop.accepts("VARIABLE") and f"?{stop.found.text[1:]}" in stop.variables:
        return Finding(stop.found, told("a variable begins with a question mark"), f"?{stop.found.text[1:]}")
    return None


def dotted(stop: Stop) -> Finding | None:
    """Find ``?s.label``, which is how other languages take a property of a thing."""
    for offset in (1, 0, -1):
        thing, name = stop.token(offset - 1), stop.token(offset + 1)
        is_thing = thing.kind is Kind.VARIABLE or (offset == 1 and stop.terminal() == UNKNOWN and bool(stop.word()))
        glued = " " not in stop.spelled(offset - 1, offset + 2)
        if stop.mark(offset) == "." and is_thing and name.kind in _PROGRAMMED and glued:
            return _called(stop, offset) if stop.mark(offset + 2) == "(" else _property(stop, offset)
    return None


def _called(stop: Stop, offset: int) -> Finding:
    """Return that ``?v.startswith("a")`` is written ``STRSTARTS(?v, "a")``."""
    name, end = stop.token(offset + 1).text, stop.until(")", after=offset + 3)
    function = _METHODS.get(name.upper(), name.upper() if name.upper() in FUNCTIONS else "")
    inside = ", ".join(filter(None, (stop.token(offset - 1).text, stop.spelled(offset + 3, end))))
    message = told("a function has what it works on in its brackets")
    return Finding(stop.piece(offset - 1, end + 1), message, f"{function}({inside})" if function else "")


def _property(stop: Stop, offset: int) -> Finding:
    thing, name = stop.token(offset - 1).text.lstrip("?$"), stop.token(offset + 1)
    local = name.text.partition(":")[2] or name.text
    said = name.text if name.kind is Kind.NAME else of_the_standards(local) or f"prefix:{local}"
    message = told(
        "{said} is no SPARQL: a property is asked by a triple such as {triple}, and what it gives is {value}",
        said=stop.spelled(offset - 1, offset + 2),
        triple=f"?{thing} {said} ?{local}",
        value=f"?{local}",
    )
    return Finding(stop.piece(offset - 1, offset + 2), message)


def arrow(stop: Stop) -> Finding | None:
    """Find ``-[`` and ``->``, with which Cypher draws what it asks."""
    if (stop.mark(), stop.mark(1)) not in {("-", "["), ("-", ">"), ("<", "-"), ("-", "-")} or stop.accepts("INTEGER"):
        return None
    return Finding(stop.found, told("SPARQL draws no arrows; a triple is subject, predicate and object: ?s ?p ?o"))


MISTAKES: Final = (apart, dotted, arrow)
