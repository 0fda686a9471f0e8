"""What is SPARQL elsewhere and not in SPARQL 1.1: keywords, functions and marks of later and wider versions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from si_lod.engine.diagnosis.stopping.stop import Finding
from si_lod.engine.diagnosis.stopping.terminals import UNKNOWN
from si_lod.engine.text.tokens import Kind
from si_lod.sentences import told

if TYPE_CHECKING:
    from si_lod.engine.diagnosis.stopping.stop import Stop

_WORDS: Final = frozenset(
    [
        "ADJUST",
        "HASLANG",
        "HASLANGDIR",
        "ISTRIPLE",
        "LANGDIR",
        "LATERAL",
        "OBJECT",
        "PREDICATE",
        "STRLANGDIR",
        "SUBJECT",
        "TRIPLE",
        "VERSION",
    ]
)
_NEXT: Final = frozenset({"(", "{", "'", '"'})
"""How begins what follows these words; a name that forgot its question mark has something else behind it."""


def keyword_of_a_later_version(stop: Stop) -> Finding | None:
    """Find a keyword or function of SPARQL 1.2, or of what libraries add."""
    if stop.word() not in _WORDS or stop.terminal() != UNKNOWN or stop.token(1).text[:1] not in _NEXT:
        return None
    return _newer(stop, stop.found.text)


def mark_of_a_later_version(stop: Stop) -> Finding | None:
    """Find the direction of a text, or an annotation of a triple."""
    if stop.token(-1).kind is Kind.LANGUAGE and (stop.mark(), stop.mark(1)) == ("-", "-"):
        return _newer(stop, stop.spelled(0, 3))
    if stop.token(-3).kind is Kind.LANGUAGE and (stop.mark(-2), stop.mark(-1)) == ("-", "-") and stop.word():
        return _newer(stop, stop.spelled(-2, 1))
    if (stop.mark(-1), stop.mark()) == ("{", "|"):
        return _newer(stop, "{|")
    return None


def _newer(stop: Stop, found: str) -> Finding:
    return Finding(stop.found, told('"{found}" is not of SPARQL 1.1, which is what can be asked here', found=found))


MISTAKES: Final = (keyword_of_a_later_version, mark_of_a_later_version)
