"""The operands of a query: variables and literals as they stand in it, and what kind of value each literal is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

from pyoxigraph import RdfFormat, parse

from si_lod.engine.text.tokens import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pyoxigraph import Literal

    from si_lod.engine.text.prologue import Prologue
    from si_lod.engine.text.tokens import Token

XSD: Final = "http://www.w3.org/2001/XMLSchema#"
STRING: Final = f"{XSD}string"
THING: Final = ""
"""The kind of what is no literal. The kind of a literal is its datatype, or ``@`` and its language."""
_STRINGS: Final = frozenset({Kind.STRING, Kind.LONG_STRING})
_NAMES: Final = frozenset({Kind.NAME, Kind.IRI})
_TRUTH: Final = frozenset({"true", "false"})
_NUMBERS: Final = ((re.compile(r"\d+"), "integer"), (re.compile(r"\d*\.\d+"), "decimal"), (re.compile(r".+"), "double"))


@dataclass(frozen=True, slots=True)
class Operand:
    """A variable or a literal: its tokens, and for a literal its kind and its text without quotes."""

    tokens: tuple[Token, ...]
    kind: str = ""
    text: str = ""

    @property
    def variable(self) -> str:
        """The name of the variable without its question mark; nothing for a literal."""
        return self.tokens[0].text[1:] if self.tokens[0].kind is Kind.VARIABLE else ""

    @property
    def spelled(self) -> str:
        """The operand as it stands in the query."""
        return "".join(token.text for token in self.tokens)


def operand(read: Sequence[Token], place: int, prologue: Prologue) -> Operand | None:
    """Return the variable or the literal that begins at ``place``, or None where something else does."""
    first = read[place] if place < len(read) else None
    if first is None:
        return None
    if first.kind is Kind.VARIABLE:
        return Operand((first,))
    if first.kind in _STRINGS:
        return _text(read[place : place + 3], prologue)
    if first.text in _TRUTH:
        return Operand((first,), f"{XSD}boolean", first.text)
    signed = 2 if first.text in {"+", "-"} else 1
    number = read[place + signed - 1] if place + signed <= len(read) else first
    if number.kind is not Kind.NUMBER:
        return None
    written = tuple(read[place : place + signed])
    kind = next(name for form, name in _NUMBERS if form.fullmatch(number.text))
    return Operand(written, f"{XSD}{kind}", "".join(token.text for token in written))


def decoded(token: Token) -> str | None:
    """Return what a text in quotes says: its escapes are those of Turtle (SPARQL 1.1 §19.7).

    That is None where an escape is of no character, such as half of a surrogate pair.
    """
    try:
        quad = next(parse(f"<x:x> <x:x> {token.text} .", format=RdfFormat.TURTLE))
    except SyntaxError:
        return None
    return cast("Literal", quad.object).value


def _text(some: Sequence[Token], prologue: Prologue) -> Operand | None:
    text = decoded(some[0])
    if text is None:
        return None
    if len(some) > 1 and some[1].kind is Kind.LANGUAGE:
        return Operand(tuple(some[:2]), some[1].text.lower(), text)
    if len(some) > 1 and some[1].text == "^^":
        typed = prologue.resolved(some[2]) if len(some) > 2 and some[2].kind in _NAMES else ""  # noqa: PLR2004
        return Operand(tuple(some[:3]), typed, text) if typed else None
    return Operand(tuple(some[:1]), STRING, text)
