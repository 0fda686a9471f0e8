"""Whether a query is SPARQL 1.1 and nothing else, for an engine that would understand more.

What an engine adds, nobody here guards: functions that fetch addresses or read files (``bif:`` and ``sql:`` of
Virtuoso), pragmas before the query, options after a pattern. The store's library has nothing of the kind.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from si_lod.engine.diagnosis import explained
from si_lod.engine.diagnosis.grammatical.meaning import CASTS
from si_lod.engine.diagnosis.stopping.grammar import called
from si_lod.engine.text.plain import plain_token
from si_lod.engine.text.prologue import Prologue
from si_lod.engine.text.tokens import Kind, Token, tokens
from si_lod.errors import InvalidSyntax
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Mapping

_OWN_NAMES: Final = ("bif:", "sql:")
"""How the IRIs begin that are no names to Virtuoso, as functions, procedures and predicates."""


def refuse_extensions(text: str, prefixes: Mapping[str, str]) -> None:
    """Raise InvalidSyntax if the text is not by the grammar, or calls what SPARQL 1.1 has not."""
    read = [plain_token(token) for token in tokens(text)]
    prologue, functions = Prologue.of(read), called(read)
    if functions is None:
        raise explained(InvalidSyntax(told("expected a SPARQL 1.1 query")), text, prefixes)
    for function in functions:
        kind = Kind.IRI if function.startswith("<") else Kind.NAME
        token = Token(kind, str(function), function.line or 1, function.column or 1)
        if prologue.resolved(token) not in CASTS:
            raise _refusal(token)
    for token in read[prologue.length :]:
        if prologue.resolved(token).startswith(_OWN_NAMES):
            raise _refusal(token)


def _refusal(token: Token) -> InvalidSyntax:
    message = told("the function {name} is not offered; only those of SPARQL 1.1 are", name=token.text)
    return InvalidSyntax(message, line=token.line, column=token.column, token=token.text)
