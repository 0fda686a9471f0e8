"""Where a query stops being one, and what could have stood there: the grammar of SPARQL 1.1 §19.8, run over tokens.

The store's parser tells the farthest place that it looked at, which is often a word behind the fault. This one is
asked only when the store has refused a query, so it never refuses one itself.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from lark import Lark, Tree
from lark import Token as Symbol
from lark.exceptions import UnexpectedToken
from lark.lexer import Lexer

from si_lod.engine.diagnosis.stopping.terminals import terminal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from si_lod.engine.text.tokens import Token


def stopped(read: Sequence[Token]) -> tuple[int, frozenset[str]] | None:
    """Return the index of the first token that cannot stand where it stands, and the terminals that can.

    The index is the number of tokens where the query ends too early; None is returned for a whole query.
    """
    place = _reach(read)
    if place is None:
        return None
    # The fault was found after what could be closed before it was; a second run stands right before it.
    run = _grammar().parse_interactive("")
    for token in read[:place]:
        run.feed_token(_symbol(token))
    accepted: set[str] = run.accepts()  # type: ignore[no-untyped-call]  # the library leaves it untyped
    return place, frozenset(accepted)


def called(read: Sequence[Token]) -> list[Symbol] | None:
    """Return the IRIs or names that stand as a function before its arguments, None if this is no whole query."""
    run, tree = _grammar().parse_interactive(""), None
    try:
        for token in [*read, None]:
            tree = run.feed_token(_symbol(token))
    except UnexpectedToken:
        return None
    if tree is None:
        return None
    arguments = tree.find_pred(lambda node: any(_is(child, "arg_list") for child in node.children))
    return [iri.children[0] for node in arguments for iri in node.children if _is(iri, "iri")]


def _is(child: object, rule: str) -> bool:
    return isinstance(child, Tree) and child.data == rule


def _reach(read: Sequence[Token]) -> int | None:
    run = _grammar().parse_interactive("")
    for place, token in enumerate([*read, None]):
        try:
            run.feed_token(_symbol(token))
        except UnexpectedToken:
            return place
    return None


def _symbol(token: Token | None) -> Symbol:
    if token is None:
        return Symbol("$END", "")
    return Symbol(terminal(token), token.text, line=token.line, column=token.column)


class _Fed(Lexer):
    """A lexer that reads nothing, since the tokens are given."""

    def __init__(self, _conf: object) -> None:
        pass

    def lex(self, _state: object, _parser: object) -> Iterator[Symbol]:
        yield from ()


@cache
def grammar_text() -> str:
    """Return the grammar as its file has it; whoever gives up the file system reads it before."""
    return files("si_lod.engine.diagnosis.stopping").joinpath("sparql.lark").read_text(encoding="utf-8")


@cache
def _grammar() -> Lark:
    return Lark(grammar_text(), parser="lalr", lexer=_Fed)
