"""An engine that counts what it hands out, so that a test can hold what a page costs without a clock."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from si_lod.engine.store.local import LocalEngine

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import NamedNode, Triple

    from si_lod.engine.evaluation import Solution, Term


@dataclass(frozen=True, slots=True)
class Reckoner(LocalEngine):
    """An engine that counts the triples and solutions that it hands out."""

    handed: list[int] = field(default_factory=list)

    def match(
        self, subject: NamedNode | None, predicate: NamedNode | None, obj: Term | None, *, most: int | None = None
    ) -> Iterator[Triple]:
        for triple in LocalEngine.match(self, subject, predicate, obj, most=most):
            self.handed.append(1)
            yield triple

    def select(self, query: str, /, **bindings: Term) -> list[Solution]:
        found = LocalEngine.select(self, query, **bindings)
        self.handed.append(len(found))
        return found
