"""The place where a query stopped being one, with what stands around it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from si_lod.engine.diagnosis.stopping.pieces import PAIRS, opened, piece, spelled
from si_lod.engine.diagnosis.stopping.terminals import CALLED, terminal
from si_lod.engine.text.tokens import Kind, Token

if TYPE_CHECKING:
    from collections.abc import Sequence

_CLAUSES: Final = frozenset({
    "SELECT", "FROM", "WHERE", "GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET", "VALUES", "FILTER", "BIND", "PREFIX",
    "BASE",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong: at which token, in words, and what could be written instead (SPARQL, or empty)."""

    token: Token
    message: str
    suggestion: str = ""


@dataclass(frozen=True, slots=True)
class Stop:
    """The tokens of ``text``, the index of the one that cannot stand there, and the terminals that can.

    The index is the number of tokens where the query ends too early. ``known`` are the prefixes that the site has.
    """

    text: str
    read: Sequence[Token]
    at: int
    accepted: frozenset[str]
    opened: tuple[int, ...] = field(init=False)

    def __post_init__(self) -> None:
        """Find the brackets that stand open at the place."""
        object.__setattr__(self, "opened", tuple(opened(self.read[: self.at])))

    @property
    def found(self) -> Token:
        """The token that cannot stand there; an empty one at the end of the text."""
        return self.token(0)

    def token(self, offset: int) -> Token:
        """Return the token so many places further; an empty one where there is none."""
        place = self.at + offset
        if 0 <= place < len(self.read):
            return self.read[place]
        line = self.text.count("\n") + 1
        return Token(Kind.MARK, "", line, len(self.text) - self.text.rfind("\n"))

    def word(self, offset: int = 0) -> str:
        """Return the word at the offset in upper case; nothing if there is no word."""
        token = self.token(offset)
        return token.text.upper() if token.kind is Kind.WORD else ""

    def kind(self, offset: int = 0) -> Kind:
        """Return the kind of the token at the offset."""
        return self.token(offset).kind

    def mark(self, offset: int = 0) -> str:
        """Return the mark at the offset; nothing if there is no mark."""
        token = self.token(offset)
        return token.text if token.kind is Kind.MARK else ""

    def terminal(self, offset: int = 0) -> str:
        """Return the grammar's name of the token at the offset; nothing where there is none."""
        token = self.token(offset)
        return terminal(token) if token.text else ""

    def accepts(self, *names: str) -> bool:
        """Return whether each of the terminals could stand here."""
        return self.accepted.issuperset(names)

    @property
    def variables(self) -> frozenset[str]:
        """The variables of the whole query, each with a question mark."""
        return frozenset(f"?{token.text[1:]}" for token in self.read if token.kind is Kind.VARIABLE)

    @property
    def enclosing(self) -> Token | None:
        """The innermost bracket that stands open."""
        return self.read[self.opened[-1]] if self.opened else None

    def enclosing_is(self, bracket: str) -> bool:
        """Return whether the innermost open bracket is this one."""
        return self.enclosing is not None and self.enclosing.text == bracket

    @property
    def clause(self) -> str:
        """The last keyword of a clause within the innermost bracket, or nothing."""
        start = self.opened[-1] + 1 if self.opened else 0
        depth, found = 0, ""
        for token in self.read[start : self.at]:
            depth += (token.text in PAIRS) - (token.text in PAIRS.values())
            if depth == 0 and token.kind is Kind.WORD and token.text.upper() in _CLAUSES:
                found = token.text.upper()
        return found

    def until(self, *ends: str, after: int = 0) -> int:
        """Return the offset of the first token from here, outside brackets of its own, that is one of ``ends``.

        A bracket that closes one opened before ``after`` ends it too.
        """
        depth = 0
        for offset in range(after, len(self.read) - self.at):
            text = self.token(offset).text
            if depth == 0 and (text.upper() in ends or text in PAIRS.values()):
                return offset
            depth += (text in PAIRS) - (text in PAIRS.values())
        return len(self.read) - self.at

    def back(self, *words: str) -> int:
        """Return the offset of the last of these words before here; 0 if there is none."""
        return next((offset for offset in range(-1, -self.at - 1, -1) if self.word(offset) in words), 0)

    def before(self, end: int) -> int:
        """Return the offset where the term, or the call with its brackets, begins that ends before ``end``."""
        at, depth = end - 1, 0
        while at > -self.at:
            depth += (self.mark(at) in PAIRS.values()) - (self.mark(at) in PAIRS)
            if depth <= 0:
                return at - 1 if self.mark(at) in PAIRS and self.terminal(at - 1) in CALLED else at
            at -= 1
        return at

    def piece(self, first: int, last: int) -> Token:
        """Return one token for those of the offsets from ``first`` to before ``last``."""
        return piece([self.token(offset) for offset in range(first, max(last, first + 1))])

    def spelled(self, first: int, last: int) -> str:
        """Return the tokens of the offsets from ``first`` to before ``last`` on one line, as they are spaced."""
        return spelled([self.token(offset) for offset in range(first, last)])
