"""One change: a fact before and after."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

Term = NamedNode | BlankNode | Literal | Triple


@dataclass(frozen=True, slots=True)
class Change:
    """One fact before and after; None where there is none, both where a property has one value and it is another.

    ``follows`` says that nobody wrote it: it was derived from what people wrote, or keeps the books of the release.
    """

    predicate: str
    old: Term | None
    new: Term | None
    follows: bool = False

    @property
    def is_value(self) -> bool:
        """Whether it is the value that changed, and not a fact that came or went."""
        return self.old is not None and self.new is not None
