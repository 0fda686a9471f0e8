"""Some of the things of a long list, as a reader asked for them: by name, chosen by what the index knows of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from si_lod.index.choosing import Conditions, LongList
from si_lod.index.chosen import Chosen
from si_lod.serve.pages.lists.excerpt import Chooser, Excerpt
from si_lod.serve.pages.lists.roll import PAGE_LENGTH, Roll, RollRequest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from si_lod.serve.pages.lists.members import Members
    from si_lod.serve.view import View

_AT_ONCE: Final = 500
"""How many members are looked up at once for a file of all of them."""


@dataclass(frozen=True, slots=True)
class LongRoll(Roll):
    """The members of a long list that fit: by name, chosen by what the index knows of them.

    A long list cannot be sorted or chosen by anything else; that is told as what it does not know.
    """

    @classmethod
    def within(cls, view: View, long: LongList, request: RollRequest) -> LongRoll:
        """Return what ``request`` asks for of the members of the list."""
        members = Excerpt.of(view, long)
        chooser = Chooser(members, request)
        chosen, paths = chooser.chosen(), chooser.paths()
        sort = request.sort if request.sort in {"name", "-name"} else ""
        ignored = [name for name in request.chosen if name not in paths]
        ignored += [f"sort={request.sort}"] if request.sort and not sort else []
        unfit = chooser.unfit()
        conditions = Conditions(tuple(facet.id for facet in chosen.values()), request.text)
        fitting = Chosen(long, conditions, view.language, is_turned=sort.startswith("-"))
        iris: Sequence[str] = [] if unfit else fitting
        start = (request.page - 1) * PAGE_LENGTH
        page = iris[start : start + PAGE_LENGTH]
        kept = {name: value for name, value in request.chosen.items() if name in paths and value}
        return cls(
            members.at(page, members.shown_paths(all_columns=request.all_columns)),
            replace(request, chosen=kept, sort=sort),
            iris,
            list(chooser.choices(chosen)),
            ignored,
            unfit,
            long.total,
        )

    @property
    def orders(self) -> list[str]:
        """What ``sort`` may name."""
        return ["name"]

    def parts(self) -> Iterator[tuple[Members, Sequence[str]]]:
        """Yield all that fit, some at a time, each with what is said of it."""
        if isinstance(self.members, Excerpt) and isinstance(self.iris, Chosen):
            paths = self.members.shown_paths(all_columns=self.request.all_columns)
            for iris in self.iris.parts(_AT_ONCE):
                yield self.members.timed().at(iris, paths), iris
