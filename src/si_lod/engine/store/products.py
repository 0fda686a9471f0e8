"""Products and quotients in a query, as calls of a function of ours where the store finds no value.

The store has none for ``0 / 2.5``, ``1000 / (1 / 3)`` and ``(1 / 3) * 12.5``: it does not cut a decimal. A cast can be
replaced by its name, but an operator has none. So what is multiplied and divided in one go becomes the arguments of
``PRODUCT``, behind the signs between them; where that is variables and numbers alone, only if the store has no value::

    (?a + 1) / ?b * 2   ──▶   <urn:…>("/*",(?a + 1),?b,2)
    ?a / ?b             ──▶   COALESCE(?a / ?b,<urn:…>("/",?a,?b))
    -?a * ?b            ──▶   <urn:…>("*",-?a,?b)

The marks of a path look the same. But in a path there are no variables, numbers, texts and calls, and each of these
operands is or has one.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Final, Self

from pyoxigraph import NamedNode

from si_lod.engine.store.glance import may_have_products
from si_lod.engine.text.tokens import Kind, Token, tokens

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

PRODUCT: Final = NamedNode("urn:si-lod:product")

_SIGNS: Final = frozenset({"*", "/"})
_OF_OPERAND: Final = frozenset({"+", "-"})
_BEFORE_OPERAND: Final = frozenset({"(", ",", "=", "!=", "<", ">", "<=", ">=", "&&", "||", "+", "-", "DISTINCT"})
"""What stands before a sign that is of the operand behind it, and does not add that to the one before."""
_ATOMS: Final = frozenset({Kind.VARIABLE, Kind.NUMBER})
_TEXTS: Final = frozenset({Kind.STRING, Kind.LONG_STRING})
_NAMES: Final = frozenset({Kind.WORD, Kind.NAME, Kind.IRI})


def with_products(text: str) -> str:
    """Return the grammatical query ``text`` with ``PRODUCT`` in it; what is no query stays as it is."""
    if not may_have_products(text):
        return text
    query = _Query.of(text)
    return "".join(query.pieces(0, len(query.read))) if query else text


@dataclass(frozen=True, slots=True)
class _Query:
    """A query's tokens, with an empty one behind; ``closing`` has the bracket for each that opens.

    ``evidence`` has, for each token, how many tokens before it are in no path.
    """

    text: str
    read: Sequence[Token]
    closing: Mapping[int, int]
    evidence: Sequence[int]

    @classmethod
    def of(cls, text: str) -> Self | None:
        read = [*tokens(text), Token(Kind.MARK, "", 0, 0, len(text))]
        closing: dict[int, int] = {}
        opened: list[int] = []
        for place, token in enumerate(read):
            if token.text == "(":
                opened.append(place)
            elif token.text == ")" and opened:
                closing[opened.pop()] = place
        evidence = accumulate((_is_evidence(*both) for both in pairwise(read)), initial=0)
        return None if opened else cls(text, read, closing, list(evidence))

    def pieces(self, start: int, end: int) -> Iterator[str]:
        """Yield the text of these tokens, each with the blanks before it."""
        at = start
        while at < end:
            operands = list(self._operands(at))
            if len(operands) > 1 and all(self.evidence[first] < self.evidence[last] for first, last in operands):
                yield self._gap(at)
                yield self._product(operands)
            elif operands:
                yield from self._chain(operands)
            else:
                yield self._token(at)
            at = operands[-1][1] if operands else at + 1

    def _operands(self, at: int) -> Iterator[tuple[int, int]]:
        """Yield where each operand begins and ends of those that are multiplied and divided from ``at`` on."""
        is_free = at > 0 and self.read[at - 1].text.upper() in _BEFORE_OPERAND
        first, last = at, self._ending(at + self._signs(at) * is_free)
        is_denied = at > 0 and self.read[at - 1].text == "!"
        while last:
            yield first, last
            first = last + 1
            is_signed = self.read[last].text in _SIGNS and self.read[last].kind is Kind.MARK and not is_denied
            last = self._ending(first + self._signs(first)) if is_signed else 0

    def _signs(self, at: int) -> int:
        """Return how many signs the operand has that begins at ``at``; a number has one of its own (production 118)."""
        found = [token.text in _OF_OPERAND for token in self.read[at : at + 2]]
        return sum(found) if all(found) and self.read[min(at + 2, len(self.read) - 1)].kind is Kind.NUMBER else found[0]

    def _ending(self, at: int) -> int:
        """Return where the primary expression ends that begins at ``at``, 0 if none does (§19.8, production 119)."""
        token, after = self.read[at], self.read[min(at + 1, len(self.read) - 1)]
        if token.kind in _ATOMS:
            return at + 1
        if token.kind in _TEXTS:
            return at + (3 if after.text == "^^" else 1 + (after.kind is Kind.LANGUAGE))
        opening = at + (token.kind in _NAMES)
        return self.closing[opening] + 1 if opening in self.closing else 0

    def _product(self, operands: Sequence[tuple[int, int]]) -> str:
        signs = "".join(self.read[last].text for _, last in operands[:-1])
        said = ",".join("".join(self._operand(*one)).strip() for one in operands)
        call = f'{PRODUCT}("{signs}",{said})'
        if any(last - first > 1 for first, last in operands):
            return call
        first, last = self.read[operands[0][0]], self.read[operands[-1][0]]
        return f"COALESCE({self.text[first.at : last.at + len(last.text)]},{call})"

    def _chain(self, operands: Sequence[tuple[int, int]]) -> Iterator[str]:
        """Yield the text of these operands as they stand in the query, with the signs between them."""
        for number, (first, last) in enumerate(operands):
            if number:
                yield self._token(first - 1)
            yield from self._operand(first, last)

    def _operand(self, first: int, last: int) -> Iterator[str]:
        opening = next((place for place in range(first, last) if place in self.closing), last)
        for place in range(first, min(opening + 1, last)):
            yield self._token(place)
        if opening < last:
            yield from self.pieces(opening + 1, last - 1)
            yield self._token(last - 1)

    def _token(self, place: int) -> str:
        return self._gap(place) + self.read[place].text

    def _gap(self, place: int) -> str:
        before = self.read[place - 1] if place else None
        return self.text[before.at + len(before.text) if before else 0 : self.read[place].at]


def _is_evidence(token: Token, after: Token) -> bool:
    is_call = token.kind is Kind.WORD and after.text == "(" and token.text != "a"
    return is_call or token.kind in _ATOMS or token.kind in _TEXTS
