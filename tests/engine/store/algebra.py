"""SPARQL's algebra as its definition reads (SPARQL 1.1 §18.5), without a thought of speed: a store is held against it.

A term is its text; a solution gives the variables that are bound their terms.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

Solution = dict[str, str]
Triple = tuple[str, str, str]
Data = frozenset[Triple]


class UndefinedError(Exception):
    """An expression has no value (§17.2)."""


def compatible(one: Solution, other: Solution) -> bool:
    return all(other.get(name, term) == term for name, term in one.items())


def joined(one: list[Solution], other: list[Solution]) -> list[Solution]:
    return [left | right for left in one for right in other if compatible(left, right)]


def is_variable(term: str) -> bool:
    return term.startswith("?")


@dataclass(frozen=True)
class Triples:
    patterns: tuple[Triple, ...]

    def __str__(self) -> str:
        return " ".join(f"{' '.join(pattern)} ." for pattern in self.patterns)

    @property
    def names(self) -> frozenset[str]:
        return frozenset(term for pattern in self.patterns for term in pattern if is_variable(term))

    def matches(self, data: Data) -> list[Solution]:
        found: list[Solution] = [{}]
        for pattern in self.patterns:
            found = joined(found, [match for triple in data if (match := _match(pattern, triple)) is not None])
        return found

    def filled(self, solution: Solution) -> Triples:
        """Return the pattern with the solution's terms in the place of its variables (§18.6, substitute)."""
        return Triples(tuple((_in(s, solution), _in(p, solution), _in(o, solution)) for s, p, o in self.patterns))

    def after(self, found: list[Solution], data: Data) -> list[Solution]:
        return joined(found, self.matches(data))


def _in(term: str, solution: Solution) -> str:
    return solution.get(term, term)


def _match(pattern: Triple, triple: Triple) -> Solution | None:
    match: Solution = {}
    for term, found in zip(pattern, triple, strict=True):
        if (match.setdefault(term, found) if is_variable(term) else term) != found:
            return None
    return match


class Condition(Protocol):
    def holds(self, solution: Solution, data: Data) -> bool: ...


@dataclass(frozen=True)
class Comparison:
    left: str
    sign: str
    right: str

    def __str__(self) -> str:
        return f"{self.left} {self.sign} {self.right}"

    def holds(self, solution: Solution, data: Data) -> bool:  # noqa: ARG002  it looks at no data
        left, right = (_value(term, solution) for term in (self.left, self.right))
        if self.sign != ">":
            return (left == right) is (self.sign == "=")
        if left == right:
            return False  # the store's way also where there is no order, which the reference lists
        if not (left.isdigit() and right.isdigit()):
            raise UndefinedError
        return int(left) > int(right)


def _value(term: str, solution: Solution) -> str:
    value = _in(term, solution)
    if is_variable(value):
        raise UndefinedError
    return value


@dataclass(frozen=True)
class Bound:
    name: str

    def __str__(self) -> str:
        return f"BOUND({self.name})"

    def holds(self, solution: Solution, data: Data) -> bool:  # noqa: ARG002  it looks at no data
        return self.name in solution


@dataclass(frozen=True)
class Exists:
    pattern: Triples
    is_denied: bool

    def __str__(self) -> str:
        return f"{'NOT ' * self.is_denied}EXISTS {{ {self.pattern} }}"

    def holds(self, solution: Solution, data: Data) -> bool:
        return bool(self.pattern.filled(solution).matches(data)) is not self.is_denied


@dataclass(frozen=True)
class Not:
    one: Condition

    def __str__(self) -> str:
        return f"!({self.one})"

    def holds(self, solution: Solution, data: Data) -> bool:
        return not self.one.holds(solution, data)


@dataclass(frozen=True)
class Both:
    """``&&``, or ``||`` where ``decisive`` is true: one side may decide although the other has no value (§17.2)."""

    one: Condition
    other: Condition
    decisive: bool

    def __str__(self) -> str:
        return f"({self.one} {'||' if self.decisive else '&&'} {self.other})"

    def holds(self, solution: Solution, data: Data) -> bool:
        said = [truth(side, solution, data) for side in (self.one, self.other)]
        if self.decisive in said:
            return self.decisive
        if None in said:
            raise UndefinedError
        return not self.decisive


def truth(condition: Condition, solution: Solution, data: Data) -> bool | None:
    try:
        return condition.holds(solution, data)
    except UndefinedError:
        return None


def hold(conditions: tuple[Condition, ...], solution: Solution, data: Data) -> bool:
    return all(truth(condition, solution, data) for condition in conditions)
