"""Words that SPARQL does not know: misspelt ones, and those of other languages."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from si_lod.engine.diagnosis.stopping.stop import Finding
from si_lod.engine.diagnosis.stopping.terminals import AGGREGATES, FUNCTIONS, KEYWORDS, UNKNOWN
from si_lod.engine.diagnosis.words.names import prefixed
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Iterable

    from si_lod.engine.diagnosis.stopping.stop import Stop

_NEAR: Final = 0.72
_FOREIGN: Final = {
    "LENGTH": "STRLEN", "LEN": "STRLEN", "LOWER": "LCASE", "TOLOWER": "LCASE", "UPPER": "UCASE", "TOUPPER": "UCASE",
    "SUBSTRING": "SUBSTR", "MATCHES": "REGEX", "IFNULL": "COALESCE", "NVL": "COALESCE", "AVERAGE": "AVG", "MEAN": "AVG",
    "CEILING": "CEIL", "TODAY": "NOW", "GETDATE": "NOW", "CURRENT_DATE": "NOW", "STARTSWITH": "STRSTARTS",
    "ENDSWITH": "STRENDS", "STRING": "STR", "INCLUDES": "CONTAINS", "INSTR": "CONTAINS", "LISTAGG": "GROUP_CONCAT",
    "STRING_AGG": "GROUP_CONCAT", "FIRST": "SAMPLE", "ANY_VALUE": "SAMPLE", "ISNULL": "!BOUND", "ISNA": "!BOUND",
    "NOTNULL": "BOUND",
    "NOTNA": "BOUND", "ASCENDING": "ASC", "DESCENDING": "DESC", "CASE": "IF",
}  # fmt: skip
"""What other query languages call the functions of SPARQL."""
_CASTS: Final = {
    "DATE": "date", "DATETIME": "dateTime", "TIMESTAMP": "dateTime", "INT": "integer", "INTEGER": "integer",
    "FLOAT": "double", "DOUBLE": "double", "DECIMAL": "decimal", "BOOLEAN": "boolean", "BOOL": "boolean",
}  # fmt: skip
"""The types whose IRIs convert a value (SPARQL 1.1 §17.5), by what other languages call them."""
_CLAUSES: Final = {
    "LET": "BIND",
    "EXCEPT": "MINUS",
    "TOP": "LIMIT",
    "FETCH": "LIMIT",
    "SKIP": "OFFSET",
    "JOIN": ".",
    "UNIQUE": "DISTINCT",
}
"""What other query languages call its clauses."""


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the one of ``known`` that is spelled most like ``word`` in upper case, or nothing."""
    return next(iter(get_close_matches(word.upper(), list(known), n=1, cutoff=_NEAR)), "")


def unknown_function(stop: Stop) -> Finding | None:
    """Find a call of a function that SPARQL does not have."""
    if stop.terminal() != UNKNOWN or stop.mark(1) != "(" or not stop.word() or not stop.accepts("BOUND"):
        return None
    meant = _FOREIGN.get(stop.word(), "") or nearest(stop.word(), [*FUNCTIONS, *AGGREGATES])
    if stop.word() in _CASTS:
        meant = prefixed(stop, "xsd", _CASTS[stop.word()])
    if meant:
        message = told('SPARQL has no function "{word}"; is {meant} meant?', word=stop.found.text, meant=meant)
        return Finding(stop.found, message, meant)
    return Finding(stop.found, told('SPARQL has no function "{word}"', word=stop.found.text))


def joined_words(stop: Stop) -> Finding | None:
    """Find ORDERBY, or SORT BY."""
    meant = {"ORDERBY": "ORDER BY", "GROUPBY": "GROUP BY", "SORTBY": "ORDER BY", "SORT": "ORDER BY"}.get(
        stop.word().replace("_", ""), ""
    )
    if not meant or (not stop.accepts("ORDER") and not stop.enclosing_is("{")):
        return None
    wrong = stop.piece(0, 2 if stop.word() == "SORT" and stop.word(1) == "BY" else 1)
    message = told('SPARQL has no keyword "{word}"; is {meant} meant?', word=wrong.text, meant=meant)
    return Finding(wrong, message, meant)


def rows_first(stop: Stop) -> Finding | None:
    """Find ``SELECT TOP 10``: how many rows is said at the end."""
    number = 2 if stop.word() == "FETCH" and stop.word(1) in {"FIRST", "NEXT"} else 1
    if stop.word() not in {"TOP", "FIRST", "FETCH"} or not stop.token(number).text.isdecimal():
        return None
    end = number + 1
    while stop.word(end) in {"ROW", "ROWS", "ONLY"}:
        end += 1
    wrong, limit = stop.piece(0, end), f"LIMIT {stop.token(number).text}"
    if stop.accepts("LIMIT"):
        return Finding(
            wrong, told('SPARQL has no keyword "{word}"; is {meant} meant?', word=wrong.text, meant=limit), limit
        )
    message = told("{limit} says how many rows, at the end of the query; take out {found} here",
                   limit=limit, found=wrong.text)  # fmt: skip
    return Finding(wrong, message)


def everything_or_outer(stop: Stop) -> Finding | None:
    """Find ``SELECT ALL ?s`` and ``LEFT JOIN``."""
    if stop.word() == "ALL" and stop.word(-1) == "SELECT":
        return Finding(stop.found, told("SELECT gives all rows unless DISTINCT stands behind it; take out ALL"))
    if stop.word() in {"LEFT", "OUTER"} and "JOIN" in (stop.word(1), stop.word(2)):
        wrong = stop.piece(0, 2 if stop.word(1) == "JOIN" else 3)
        return Finding(wrong, told("what may be absent stands in OPTIONAL {{ … }}"))
    return None


def foreign_clause(stop: Stop) -> Finding | None:
    """Find a clause of another query language."""
    meant = _CLAUSES.get(stop.word(), "")
    if not meant or stop.terminal() != UNKNOWN:
        return None
    message = told('SPARQL has no keyword "{word}"; is {meant} meant?', word=stop.found.text, meant=meant)
    return Finding(stop.found, message, meant)


def misspelt_keyword(stop: Stop) -> Finding | None:
    """Find a word that is spelled almost like a keyword that could stand here."""
    if stop.terminal() != UNKNOWN or not stop.word() or f"?{stop.found.text}" in stop.variables:
        return None
    fitting = [word for word, name in KEYWORDS.items() if name in stop.accepted]
    meant = nearest(stop.word(), fitting)
    if not meant or (meant in {"TRUE", "FALSE"} and sorted(meant) != sorted(stop.word())):
        return None
    meant = meant.lower() if meant in {"TRUE", "FALSE"} else meant
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


MISTAKES: Final = (
    rows_first,
    everything_or_outer,
    unknown_function,
    capital_a,
    joined_words,
    foreign_clause,
    misspelt_keyword,
)
