"""The SELECTs of a grammatical query: what each projects, by what it groups, and where its parts are."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Self

from si_lod.engine.diagnosis.stopping.pieces import PAIRS
from si_lod.engine.diagnosis.stopping.terminals import AGGREGATES
from si_lod.engine.text.tokens import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from si_lod.engine.text.tokens import Token


@dataclass(frozen=True, slots=True)
class Selection:
    """One SELECT: its clause, its pattern and what follows that, each as tokens (SPARQL 1.1 §18.2.4)."""

    clause: Sequence[Token]
    pattern: Sequence[Token]
    modifiers: Sequence[Token]

    @classmethod
    def of(cls, read: Sequence[Token], start: int) -> Self:
        """Return the SELECT whose keyword is the token at ``start``."""
        opening = next((place for place in range(start, len(read)) if read[place].text == "{"), len(read))
        closing = _matching(read, opening)
        end, depth = closing + 1, 0
        while end < len(read) and depth >= 0:
            depth += (read[end].text in PAIRS) - (read[end].text in PAIRS.values())
            end += 1
        return cls(read[start:opening], read[opening : closing + 1], read[closing + 1 : end])

    @property
    def names(self) -> list[Token]:
        """The variables that are projected as they are: outside brackets."""
        return [token for token, depth in _depths(self.clause) if depth == 0 and token.kind is Kind.VARIABLE]

    @property
    def assigned(self) -> list[Token]:
        """The variables that get their values in the clause: behind AS."""
        return [token for before, token in pairwise(self.clause) if before.text.upper() == "AS"]

    @property
    def star(self) -> Token | None:
        """The ``*`` that projects all variables."""
        return next((token for token, depth in _depths(self.clause) if depth == 0 and token.text == "*"), None)

    @property
    def grouping(self) -> list[Token] | None:
        """The tokens of GROUP BY, or None."""
        words = [token.text.upper() for token in self.modifiers]
        if "GROUP" not in words:
            return None
        start = words.index("GROUP")
        ends = [words.index(word) for word in ("HAVING", "ORDER", "LIMIT", "OFFSET", "VALUES") if word in words]
        return list(self.modifiers[start : min([end for end in ends if end > start], default=None)])

    @property
    def grouped(self) -> set[str]:
        """The names by which GROUP BY groups: its variables, and those that it gives to expressions."""
        tokens = self.grouping or []
        return self.named_groups | {
            token.text[1:] for token, depth in _depths(tokens) if not depth and token.kind is Kind.VARIABLE
        }

    @property
    def named_groups(self) -> set[str]:
        """The names that GROUP BY gives to expressions."""
        return {after.text[1:] for before, after in pairwise(self.grouping or []) if before.text.upper() == "AS"}

    @property
    def trailing_values(self) -> Sequence[Token]:
        """The tokens of the VALUES behind the pattern (SPARQL 1.1 §10.2.1)."""
        words = [token.text.upper() for token in self.modifiers]
        return self.modifiers[words.index("VALUES") :] if "VALUES" in words else ()

    @property
    def computed_from(self) -> list[Token]:
        """The variables in expressions of the clause that are in no aggregate."""
        found: list[Token] = []
        within: list[bool] = []
        for before, token in pairwise(self.clause):
            if token.text in PAIRS:
                within.append(before.text.upper() in AGGREGATES)
            elif token.text in PAIRS.values() and within:
                within.pop()
            elif within and not any(within) and token.kind is Kind.VARIABLE and before.text.upper() != "AS":
                found.append(token)
        return found

    @property
    def is_aggregated(self) -> bool:
        """Whether the solutions are groups: by GROUP BY, or since something is aggregated."""
        said = {token.text.upper() for token in (*self.clause, *self.modifiers) if token.kind is Kind.WORD}
        return self.grouping is not None or bool(said & AGGREGATES.keys())


def selections(read: Sequence[Token]) -> Iterator[Selection]:
    """Return every SELECT of the query, the outer ones first."""
    for place, token in enumerate(read):
        if token.kind is Kind.WORD and token.text.upper() == "SELECT":
            yield Selection.of(read, place)


def _depths(some: Sequence[Token]) -> Iterator[tuple[Token, int]]:
    depth = 0
    for token in some:
        depth -= token.text in PAIRS.values()
        yield token, depth
        depth += token.text in PAIRS


def _matching(read: Sequence[Token], opening: int) -> int:
    depth = 0
    for place in range(opening, len(read)):
        depth += (read[place].text == "{") - (read[place].text == "}")
        if depth == 0:
            return place
    return len(read) - 1
