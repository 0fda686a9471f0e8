r"""A query's tokens, by the terminals of SPARQL 1.1 §19.8.

Longest match is what the clause asks for, so that the word in ``"SERVICE"``, ``?SERVICE`` or ``ex:SERVICE`` is
part of another token. Two strictnesses keep this reading and every parser's together: ``'''`` always opens a long
string, and a codepoint escape (§19.2) stays where it is, since it may not spell a delimiter.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Final

from lark import Lark
from lark.exceptions import UnexpectedCharacters

from si_lod.errors import InvalidSyntax
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Iterator

_BASE: Final = (
    r"A-Za-z\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF\u0370-\u037D\u037F-\u1FFF\u200C-\u200D\u2070-\u218F"
    r"\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD\U00010000-\U000EFFFF"
)
_NAME_START: Final = rf"{_BASE}_"
_NAME: Final = rf"{_NAME_START}0-9\-\u00B7\u0300-\u036F\u203F-\u2040"
_VARIABLE: Final = rf"{_NAME_START}0-9\u00B7\u0300-\u036F\u203F-\u2040"
_ESCAPED: Final = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=\/?#@%]"
_PREFIX: Final = rf"[{_BASE}](?:[{_NAME}.]{{0,126}}[{_NAME}])?"
_LOCAL: Final = rf"(?:[{_NAME_START}:0-9]|{_ESCAPED})(?:(?:[{_NAME}.:]|{_ESCAPED})*(?:[{_NAME}:]|{_ESCAPED}))?"
_EXPONENT: Final = r"[eE][+-]?[0-9]+"

_GRAMMAR: Final = rf"""
start: (LONG_STRING | STRING | IRI | NAME | BLANK_NODE | VARIABLE | LANGUAGE | NUMBER | WORD | MARK)*
LONG_STRING.9: /'''(?:'{{0,2}}(?:[^'\\]|\\[^\r\n]))*'''|\"\"\"(?:\"{{0,2}}(?:[^\"\\]|\\[^\r\n]))*\"\"\"/
STRING.8: /''(?!')|\"\"(?!\")|'(?:[^'\\\r\n]|\\[^\r\n])+'|\"(?:[^\"\\\r\n]|\\[^\r\n])+\"/
IRI.8: /<(?:[^<>"{{}}|^`\\\u0000-\u0020]|\\u[0-9A-Fa-f]{{4}}|\\U[0-9A-Fa-f]{{8}})*>/
NAME.7: /(?:{_PREFIX})?:(?:{_LOCAL})?/
BLANK_NODE.7: /_:[{_NAME_START}0-9](?:[{_NAME}.]*[{_NAME}])?/
VARIABLE.7: /[?$][{_NAME_START}0-9][{_VARIABLE}]*/
LANGUAGE.7: /@[A-Za-z]+(?:-[A-Za-z0-9]+)*/
NUMBER.6: /[0-9]+\.[0-9]*{_EXPONENT}|\.[0-9]+{_EXPONENT}|[0-9]+{_EXPONENT}|[0-9]*\.[0-9]+|[0-9]+/
WORD.5: /[A-Za-z_][A-Za-z0-9_]*/
MARK.4: /\^\^|&&|\|\||[!<>]=|[{{}}()\[\].,;*\/+\-!=<>|^?&@]/
SPACE: /[ \t\r\n]+/
COMMENT: /#[^\r\n]*/
%ignore SPACE
%ignore COMMENT
"""


class Kind(StrEnum):
    """Which terminal a token is; names with and without a local part are one kind, so are the three numbers."""

    LONG_STRING = "LONG_STRING"
    STRING = "STRING"
    IRI = "IRI"
    NAME = "NAME"
    BLANK_NODE = "BLANK_NODE"
    VARIABLE = "VARIABLE"
    LANGUAGE = "LANGUAGE"
    NUMBER = "NUMBER"
    WORD = "WORD"
    MARK = "MARK"


@dataclass(frozen=True, slots=True)
class Token:
    """One terminal, with the line and column where it begins, counted from 1; ``at`` counts from the text's start."""

    kind: Kind
    text: str
    line: int
    column: int
    at: int = field(default=0, compare=False)


def tokens(query: str) -> Iterator[Token]:
    """Return the tokens of ``query`` in order; raises InvalidSyntax at a character that begins none."""
    try:
        for token in _lexer().lex(query):
            yield Token(Kind(token.type), str(token), token.line or 0, token.column or 0, token.start_pos or 0)
    except UnexpectedCharacters as error:
        raise InvalidSyntax(
            told(
                'not a SPARQL 1.1 query: no token begins with "{found}" here; is a string or an IRI left open?',
                found=error.char,
            ),
            line=error.line,
            column=error.column,
        ) from None


@cache
def _lexer() -> Lark:
    return Lark(_GRAMMAR, parser="lalr", lexer="basic")
