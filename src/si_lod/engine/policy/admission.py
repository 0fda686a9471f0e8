"""Which queries are let through: those that only read, reach no network, and are small enough to be parsed.

The store's library calls other services, offers no parse, and overflows the stack on deep nesting, which ends the
process. So a query is judged by its tokens before the library sees it, never by a search in its text. The library
reads some texts otherwise than by longest match (``SERVICEex:a`` as two tokens, ``<`` as an operator where the
clause sees an IRI), so a text that could be read in two ways is refused wherever one of them could hide something.
"""

from __future__ import annotations

from contextlib import suppress
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from si_lod.engine.evaluation import Form, Query
from si_lod.engine.policy.dialect import refuse_other_dialects, refuse_wrong_escapes
from si_lod.engine.text.plain import plain_text, plain_token
from si_lod.engine.text.prologue import Prologue
from si_lod.engine.text.reading import OPENING, could_be_operator, nesting
from si_lod.engine.text.tokens import Kind, Token, tokens
from si_lod.errors import InvalidQuery, InvalidSyntax
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

LENGTH: Final = 1_000_000
"""The most characters of a query."""
TOKENS: Final = 100_000
"""The most tokens of a query."""
DEPTH: Final = 100
"""The most brackets that may stand open at once."""

_SHOWN: Final = 40
"""How much of a token a message shows."""

_UPDATES: Final = frozenset(["INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"])
_CHANCE: Final = frozenset(["NOW", "RAND", "UUID", "STRUUID"])
_GRAPH_KEYWORDS: Final = frozenset(["GRAPH", "FROM", "NAMED", "DESCRIBE"])


def admit(text: str) -> Query:
    """Return ``text`` as a query that may be evaluated; raises InvalidQuery, with the place, if it may not."""
    if len(text) > LENGTH:
        raise InvalidQuery(
            told(
                "the query is too long: expected at most {most:,} characters, found {found:,}",
                most=LENGTH,
                found=len(text),
            )
        )
    written = list(_bounded(tokens(text)))
    refuse_wrong_escapes(text, written)
    read = [plain_token(token) for token in written]
    prologue = Prologue.of(read)
    form = _form(read[prologue.length :])
    _refuse_service(read)
    _refuse_two_readings(read)
    prologue.check(read)
    refuse_other_dialects(text, read, prologue)
    graphs = tuple(prologue.graphs(read))
    return Query(text, plain_text(text, written), form, graphs, repeatable=not _CHANCE & _words(read))


def refuse_deep(beginning: str) -> None:
    """Raise InvalidQuery if a text that begins so is nested too deep, whatever follows.

    One that has too few brackets for that is not taken apart: this is asked where others wait.
    """
    if sum(map(beginning.count, OPENING)) <= DEPTH:
        return
    with suppress(InvalidSyntax):  # a token may be cut in two at its end
        for _ in _bounded(tokens(beginning)):
            pass


def _bounded(read: Iterable[Token]) -> Iterator[Token]:
    """Return the tokens while they are few and shallow enough."""
    for number, (token, depth) in enumerate(nesting(read), start=1):
        if number > TOKENS:
            raise _refusal(token, told("the query is too long: expected at most {most:,} tokens", most=TOKENS))
        if depth > DEPTH:
            raise _refusal(
                token, told("the query is nested too deep: expected at most {most} open brackets", most=DEPTH)
            )
        yield token


def _form(read: Sequence[Token]) -> Form:
    """Return the form that the first keyword after the prologue names (SPARQL 1.1 §19.8, productions 2 and 30)."""
    if not read:
        raise InvalidSyntax(told("expected a SPARQL 1.1 query, found none"))
    word = read[0].text.upper()
    if word in set(Form):
        return Form(word)
    if word in _UPDATES:
        raise _refusal(read[0], told("this endpoint only reads: expected a query, found the update {word}", word=word))
    message = told(
        'not a SPARQL 1.1 query: expected one of {forms}, found "{found}"',
        forms=", ".join(Form),
        found=_short(read[0]),
    )
    raise InvalidSyntax(message, line=read[0].line, column=read[0].column)


def _refuse_service(read: Sequence[Token]) -> None:
    """Raise InvalidQuery for a call of another endpoint (SPARQL 1.1 Federated Query §2), however it is glued together.

    No keyword has the word in it, so a word that does is the keyword. A prefixed name that does, with a brace after
    it, could be the keyword and the name of the other endpoint.
    """
    for before, token, after in zip([None, *read], read, [*read[1:], None], strict=False):
        if "SERVICE" not in token.text.upper():
            continue
        names_graph = before is not None and before.kind is Kind.WORD and before.text.upper() in _GRAPH_KEYWORDS
        glued = token.kind is Kind.NAME and after is not None and after.text == "{" and not names_graph
        if token.kind is Kind.WORD or glued:
            raise _refusal(token, told("SERVICE is not offered: no query of this endpoint reaches another one"))


def _refuse_two_readings(read: Sequence[Token]) -> None:
    """Raise InvalidQuery for an IRI that a parser could read as "less than" and then lose its way in.

    Only a quote or a number sign in it opens something, a string or a comment, that could run on behind its end.
    """
    inside: list[str] = []
    for before, token in pairwise([Token(Kind.MARK, "", 0, 0), *read]):
        if token.kind is Kind.MARK and token.text in "([{":
            inside.append(token.text)
        elif token.kind is Kind.MARK and token.text in ")]}" and inside:
            inside.pop()
        elif inside[-1:] == ["("] and could_be_operator(before, token):
            raise _refusal(
                token,
                told(
                    "{found} could be an IRI or a comparison: "
                    "put a space after < to compare, or write the IRI with its scheme and //",
                    found=_short(token),
                ),
            )


def _words(read: Iterable[Token]) -> set[str]:
    return {token.text.upper() for token in read if token.kind is Kind.WORD}


def _refusal(token: Token, message: str) -> InvalidQuery:
    return InvalidQuery(message, line=token.line, column=token.column)


def _short(token: Token) -> str:
    return token.text if len(token.text) <= _SHOWN else f"{token.text[:_SHOWN]}…"
