"""Groups of SPARQL's algebra (SPARQL 1.1 §18.2.2): what stands in braces, as a text and by its definition."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from tests.engine.store.algebra import Condition, Data, Solution, compatible, hold, is_variable, joined


class Element(Protocol):
    @property
    def names(self) -> frozenset[str]: ...

    def after(self, found: list[Solution], data: Data) -> list[Solution]: ...


@dataclass(frozen=True)
class Group:
    elements: tuple[Element, ...]
    filters: tuple[Condition, ...] = ()

    def __str__(self) -> str:
        return " ".join(["{", *map(str, self.elements), *(f"FILTER({each})" for each in self.filters), "}"])

    @property
    def names(self) -> frozenset[str]:
        """The variables that are in scope (§18.2.1)."""
        return frozenset().union(*(each.names for each in self.elements))

    def unfiltered(self, data: Data) -> list[Solution]:
        found: list[Solution] = [{}]
        for element in self.elements:
            found = element.after(found, data)
        return found

    def solutions(self, data: Data) -> list[Solution]:
        return [solution for solution in self.unfiltered(data) if hold(self.filters, solution, data)]

    def after(self, found: list[Solution], data: Data) -> list[Solution]:
        return joined(found, self.solutions(data))


@dataclass(frozen=True)
class Union:
    one: Group
    other: Group

    def __str__(self) -> str:
        return f"{self.one} UNION {self.other}"

    @property
    def names(self) -> frozenset[str]:
        return self.one.names | self.other.names

    def after(self, found: list[Solution], data: Data) -> list[Solution]:
        return joined(found, self.one.solutions(data) + self.other.solutions(data))


@dataclass(frozen=True)
class Optional:
    group: Group

    def __str__(self) -> str:
        return f"OPTIONAL {self.group}"

    @property
    def names(self) -> frozenset[str]:
        return self.group.names

    def after(self, found: list[Solution], data: Data) -> list[Solution]:
        """Return the left join, whose condition is the filters of the group: they see what stands before it."""
        inner = self.group.unfiltered(data)
        result: list[Solution] = []
        for solution in found:
            both = joined([solution], inner)
            result += [each for each in both if hold(self.group.filters, each, data)] or [solution]
        return result


@dataclass(frozen=True)
class Minus:
    group: Group

    def __str__(self) -> str:
        return f"MINUS {self.group}"

    @property
    def names(self) -> frozenset[str]:
        return frozenset()

    def after(self, found: list[Solution], data: Data) -> list[Solution]:
        taken = self.group.solutions(data)
        return [each for each in found if not any(compatible(each, one) and each.keys() & one.keys() for one in taken)]


@dataclass(frozen=True)
class Values:
    name: str
    terms: tuple[str, ...]
    """Terms, or UNDEF."""

    def __str__(self) -> str:
        return f"VALUES {self.name} {{ {' '.join(self.terms)} }}"

    @property
    def names(self) -> frozenset[str]:
        return frozenset([self.name])

    def after(self, found: list[Solution], data: Data) -> list[Solution]:  # noqa: ARG002  it looks at no data
        return joined(found, [{} if term == "UNDEF" else {self.name: term} for term in self.terms])


@dataclass(frozen=True)
class Bind:
    source: str
    name: str

    def __str__(self) -> str:
        return f"BIND({self.source} AS {self.name})"

    @property
    def names(self) -> frozenset[str]:
        return frozenset([self.name])

    def after(self, found: list[Solution], data: Data) -> list[Solution]:  # noqa: ARG002  it looks at no data
        values = [(solution, solution.get(self.source, self.source)) for solution in found]
        return [each if is_variable(value) else each | {self.name: value} for each, value in values]


@dataclass(frozen=True)
class Selection:
    group: Group
    kept: tuple[str, ...]
    is_distinct: bool

    def __str__(self) -> str:
        return f"{{ SELECT {'DISTINCT ' * self.is_distinct}{' '.join(self.kept)} {self.group} }}"

    @property
    def names(self) -> frozenset[str]:
        return frozenset(self.kept)

    def after(self, found: list[Solution], data: Data) -> list[Solution]:
        rows = [{name: row[name] for name in self.kept if name in row} for row in self.group.solutions(data)]
        if self.is_distinct:
            rows = [row for place, row in enumerate(rows) if row not in rows[:place]]
        return joined(found, rows)
