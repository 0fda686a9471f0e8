"""Which terminal of the grammar a token is: its mark, its keyword, or the kind that it has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from si_lod.engine.text.tokens import Kind

if TYPE_CHECKING:
    from si_lod.engine.text.tokens import Token

UNKNOWN: Final = "UNKNOWN"
"""What a word is that SPARQL does not know; the grammar takes it nowhere."""

MARKS: Final = {
    "{": "LBRACE", "}": "RBRACE", "(": "LPAREN", ")": "RPAREN", "[": "LBRACKET", "]": "RBRACKET", ".": "DOT",
    ",": "COMMA", ";": "SEMICOLON", "*": "STAR", "/": "SLASH", "+": "PLUS", "-": "MINUS", "!": "BANG", "=": "EQ",
    "!=": "NE", "<": "LT", ">": "GT", "<=": "LE", ">=": "GE", "|": "PIPE", "||": "OR", "&&": "AND", "^": "CARET",
    "^^": "DATATYPE", "?": "QUESTION",
}  # fmt: skip

CLAUSES: Final = frozenset({
    "AS", "ASC", "ASK", "BASE", "BIND", "BY", "CONSTRUCT", "DESC", "DESCRIBE", "DISTINCT", "EXISTS", "FALSE",
    "FILTER", "FROM", "GRAPH", "GROUP", "HAVING", "IN", "LIMIT", "MINUS", "NAMED", "NOT", "OFFSET", "OPTIONAL",
    "ORDER", "PREFIX", "REDUCED", "SELECT", "SEPARATOR", "SERVICE", "SILENT", "TRUE", "UNDEF", "UNION", "VALUES",
    "WHERE",
})  # fmt: skip
"""The keywords that are no functions (SPARQL 1.1 §19.8)."""

FUNCTIONS: Final = {
    **dict.fromkeys(["NOW", "RAND", "UUID", "STRUUID"], "FUNCTION_OF_NONE"),
    **dict.fromkeys(
        [
            "STR",
            "LANG",
            "DATATYPE",
            "IRI",
            "URI",
            "ABS",
            "CEIL",
            "FLOOR",
            "ROUND",
            "STRLEN",
            "UCASE",
            "LCASE",
            "ENCODE_FOR_URI",
            "YEAR",
            "MONTH",
            "DAY",
            "HOURS",
            "MINUTES",
            "SECONDS",
            "TIMEZONE",
            "TZ",
            "MD5",
            "SHA1",
            "SHA256",
            "SHA384",
            "SHA512",
            "ISIRI",
            "ISURI",
            "ISBLANK",
            "ISLITERAL",
            "ISNUMERIC",
        ],
        "FUNCTION_OF_ONE",
    ),
    **dict.fromkeys(
        ["LANGMATCHES", "CONTAINS", "STRSTARTS", "STRENDS", "STRBEFORE", "STRAFTER", "STRLANG", "STRDT", "SAMETERM"],
        "FUNCTION_OF_TWO",
    ),
    **dict.fromkeys(("SUBSTR", "REGEX"), "FUNCTION_OF_TWO_OR_THREE"),
    "IF": "FUNCTION_OF_THREE",
    "REPLACE": "REPLACE",
    **dict.fromkeys(("CONCAT", "COALESCE"), "FUNCTION_OF_MANY"),
    "BNODE": "BNODE",
    "BOUND": "BOUND",
}
"""The terminal of each function that SPARQL has a keyword for, by what it takes (SPARQL 1.1 §17.4)."""

AGGREGATES: Final = {
    **dict.fromkeys(["SUM", "MIN", "MAX", "AVG", "SAMPLE"], "AGGREGATE"),
    "COUNT": "COUNT",
    "GROUP_CONCAT": "GROUP_CONCAT",
}
"""The terminal of each aggregate (SPARQL 1.1 §11)."""

CALLED: Final = frozenset({*FUNCTIONS.values(), *AGGREGATES.values(), "IRIREF", "PNAME_LN"})
"""What can stand before the brackets of a call."""

KEYWORDS: Final = {
    **{word: word for word in CLAUSES},
    **FUNCTIONS,
    **AGGREGATES,
    "MINUS": "MINUS_WORD",
}
"""The terminal of each word; ``a`` is one too, and the only one that must be in lower case."""

_KINDS: Final = {
    Kind.LONG_STRING: "STRING",
    Kind.STRING: "STRING",
    Kind.IRI: "IRIREF",
    Kind.BLANK_NODE: "BLANK_NODE",
    Kind.VARIABLE: "VARIABLE",
    Kind.LANGUAGE: "LANGUAGE",
}


def terminal(token: Token) -> str:
    """Return the name that the grammar has for ``token``."""
    if token.kind is Kind.MARK:
        return MARKS.get(token.text, UNKNOWN)
    if token.kind is Kind.WORD:
        return "A" if token.text == "a" else KEYWORDS.get(token.text.upper(), UNKNOWN)
    if token.kind is Kind.NAME:
        return "PNAME_NS" if token.text.find(":") == len(token.text) - 1 else "PNAME_LN"
    if token.kind is Kind.NUMBER:
        return "INTEGER" if token.text.isdecimal() else "DECIMAL"
    return _KINDS[token.kind]
