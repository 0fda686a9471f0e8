"""Words that SPARQL does not know: misspelt ones, and those of other languages."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from si_lod.engine.diagnosis.stop import Finding
from si_lod.engine.diagnosis.terminals import AGGREGATES, FUNCTIONS, KEYWORDS, UNKNOWN
from si_lod.engine.text.tokens import Kind
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Iterable

    from si_lod.engine.diagnosis.stop import Stop

_NEAR: Final = 0.72
_FOREIGN: Final = {
    "LENGTH": "STRLEN", "LEN": "STRLEN", "LOWER": "LCASE", "TOLOWER": "LCASE", "UPPER": "UCASE", "TOUPPER": "UCASE",
    "SUBSTRING": "SUBSTR", "MATCHES": "REGEX", "IFNULL": "COALESCE", "NVL": "COALESCE", "AVERAGE": "AVG", "MEAN": "AVG",
    "CEILING": "CEIL", "TODAY": "NOW", "GETDATE": "NOW", "CURRENT_DATE": "NOW", "STARTSWITH": "STRSTARTS",
    "ENDSWITH": "STRENDS", "STRING": "STR", "INCLUDES": "CONTAINS", "INSTR": "CONTAINS", "LISTAGG": "GROUP_CONCAT",
    "STRING_AGG": "GROUP_CONCAT", "FIRST": "SAMPLE", "ANY_VALUE": "SAMPLE", "ISNULL": "!BOUND", "CASE": "IF",
}  # fmt: skip
"""What other query languages call the functions of SPARQL."""
_CLAUSES: Final = {"LET": "BIND", "EXCEPT": "MINUS", "TOP": "LIMIT", "FETCH": "LIMIT", "SKIP": "OFFSET", "JOIN": "."}
"""What other query languages call its clauses."""


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the one of ``known`` that is spelled most like ``word`` in upper case, or nothing."""
    return next(iter(get_close_matches(word.upper(), list(known), n=1, cutoff=_NEAR)), "")


def unknown_function(stop: Stop) -> Finding | None:
    """Find a call of a function that SPARQL does not have."""
    if stop.terminal() != UNKNOWN or stop.mark(1) != "(" or not stop.word() or not stop.accepts("BOUND"):
        return None
    meant = _FOREIGN.get(stop.word(), "") or nearest(stop.word(), [*FUNCTIONS, *AGGREGATES])
    if meant:
        message = told('SPARQL has no function "{word}"; is {meant} meant?', word=stop.found.text, meant=meant)
        return Finding(stop.found, message, meant)
    return Finding(stop.found, told('SPARQL has no function "{word}"', word=stop.found.text))


def foreign_clause(stop: Stop) -> Finding | None:
    """Find a clause of another query language."""
    meant = _CLAUSES.get(stop.word(), "")
    if not meant or stop.terminal() != UNKNOWN:
        return None
    message = told('SPARQL has no keyword "{word}"; is {meant} meant?', word=stop.found.text, meant=meant)
    return Finding(stop.found, message, meant)


def misspelt_keyword(stop: Stop) -> Finding | None:
    """Find a word that is spelled almost like a keyword that could stand here."""
    if stop.terminal() != UNKNOWN or not stop.word() or f"?{stop.found.text}" in _variables(stop):
        return None
    fitting = [word for word, name in KEYWORDS.items() if name in stop.accepted]
    meant = nearest(stop.word(), fitting)
    if not meant:
        return None
    message = told('SPARQL has no keyword "{word}"; is {meant} meant?', word=stop.found.text, meant=meant)
    return Finding(stop.found, message, meant)


def misspelt_exists(stop: Stop) -> Finding | None:
    """Find EXISTS misspelt before its pattern, which is neither a condition without brackets nor one to negate."""
    if stop.mark(1) != "{" or not stop.accepts("EXISTS") or not nearest(stop.word(), ["EXISTS"]):
        return None
    message = told('SPARQL has no keyword "{word}"; is {meant} meant?', word=stop.found.text, meant="EXISTS")
    return Finding(stop.found, message, "EXISTS")


def capital_a(stop: Stop) -> Finding | None:
    """Find ``A`` for ``a``, the one keyword that must be in lower case (SPARQL 1.1 §19.8, note 3)."""
    if stop.found.text != "A" or not stop.accepts("A"):
        return None
    return Finding(stop.found, told('the short form of rdf:type is "a" in lower case'), "a")


def bare_word(stop: Stop) -> Finding | None:
    """Find a word that should be a variable, or a text in quotes."""
    if stop.terminal() != UNKNOWN or not stop.word():
        return None
    word = stop.found.text
    if stop.accepts("VARIABLE") and (f"?{word}" in _variables(stop) or not stop.accepts("STRING")):
        return Finding(stop.found, told('"{word}" is no variable without a question mark', word=word), f"?{word}")
    if stop.accepts("STRING"):
        message = told('"{word}" without quotes is no text, without a question mark no variable', word=word)
        return Finding(stop.found, message, f'"{word}"')
    return None


def _variables(stop: Stop) -> set[str]:
    return {f"?{token.text[1:]}" for token in stop.read if token.kind is Kind.VARIABLE}


MISTAKES: Final = (unknown_function, capital_a, foreign_clause, misspelt_keyword, bare_word)
