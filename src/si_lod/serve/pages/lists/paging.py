"""A long answer, some of it at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from si_lod.errors import UnknownResource
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from si_lod.serve.view import View


@dataclass(frozen=True, slots=True)
class Paging:
    """Page ``page`` of ``pages`` of ``total`` things; ``parameters`` are those of the query string but the page."""

    page: int
    length: int
    total: int
    path: str
    parameters: Sequence[tuple[str, str]] = ()

    def __post_init__(self) -> None:
        """Raise UnknownResource if there is no such page."""
        if not 1 <= self.page <= self.pages:
            raise UnknownResource(
                told("page: expected a page from 1 to {pages}, found {page}", pages=self.pages, page=self.page)
            )

    @property
    def pages(self) -> int:
        """How many pages there are; one, if there is nothing."""
        return max(1, -(-self.total // self.length))

    @property
    def places(self) -> slice:
        """Which of the things are on the page."""
        return slice(self.first - 1, self.last)

    @property
    def first(self) -> int:
        """The number of the first thing on the page."""
        return (self.page - 1) * self.length + 1

    @property
    def last(self) -> int:
        """The number of the last thing on the page."""
        return min(self.page * self.length, self.total)

    def ways(self, view: View, path: str = "") -> Iterator[tuple[str, str]]:
        """Yield the relations (RFC 8288 §4.2) to other pages with their addresses, at ``path`` if that is another."""
        found = {"first": 1, "prev": self.page - 1, "next": self.page + 1, "last": self.pages}
        for relation, page in found.items():
            if self.pages > 1 and 1 <= page <= self.pages:
                asked = [*self.parameters, *([("page", str(page))] if page > 1 else ())]
                yield relation, view.asking(path or self.path, asked)
