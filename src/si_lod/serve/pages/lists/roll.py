"""Some of the things of a class, as a reader asked for them: chosen by properties and words, in the order asked for."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode

from si_lod.serve.pages.lists.choices import Choice, Unfit, choice_of, unfit_of
from si_lod.serve.pages.words.wording import by_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from si_lod.serve.pages.lists.members import Members

PAGE_LENGTH: Final = 50


@dataclass(frozen=True, slots=True)
class RollRequest:
    """What a reader asks of a list: ``chosen`` has a value for some of the parameters that are properties.

    An empty value chooses nothing, as does a form of which nothing is filled in.
    ``sort`` is the parameter of a property, or nothing for names, after a minus for the other way round.
    """

    text: str = ""
    chosen: Mapping[str, str] = field(default_factory=dict)
    sort: str = ""
    page: int = 1
    all_columns: bool = False

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """The query string but for the page."""
        columns = "all" if self.all_columns else ""
        known = [("q", self.text), *self.chosen.items(), ("sort", self.sort), ("columns", columns)]
        return [(name, value) for name, value in known if value]


@dataclass(frozen=True, slots=True)
class Roll:
    """The members that fit, in their order; ``everything`` is how many there are in all.

    ``ignored`` are parameters that the list has not, ``unfit`` are values that no member has. Of the members at least
    those on the page that is asked for are described by ``members``.
    """

    members: Members
    request: RollRequest
    iris: Sequence[str]
    choices: list[Choice]
    ignored: list[str]
    unfit: list[Unfit]
    everything: int

    @property
    def is_unsorted(self) -> bool:
        """Whether it was to be sorted by something that it cannot be sorted by."""
        return any(name.startswith("sort=") for name in self.ignored)

    @property
    def orders(self) -> list[str]:
        """What ``sort`` may name, each also with a hyphen before it for the other way round."""
        return ["name", *(self.members.parameter(path) for path in self.members.properties)]

    def parts(self) -> Iterator[tuple[Members, Sequence[str]]]:
        """Yield all that fit, some at a time, each with what is said of it."""
        yield self.members, self.iris

    @classmethod
    def of(cls, members: Members, request: RollRequest) -> Roll:
        """Return what ``request`` asks for of the members."""
        paths = {members.parameter(path): path for path in members.properties}
        filters = {
            name: _having(members, paths[name], value)
            for name, value in request.chosen.items()
            if name in paths and value
        }
        saying = list(filter(_saying(members, request.text), members.iris))
        iris = [iri for iri in saying if all(fits(iri) for fits in filters.values())]
        choices = []
        for path in members.choices:
            name = members.parameter(path)
            others = [fits for other, fits in filters.items() if other != name]
            among = [iri for iri in saying if all(fits(iri) for fits in others)]
            choices.append(choice_of(members, path, among, request.chosen.get(name, "")))
        ignored = [name for name in request.chosen if name not in paths]
        sort = request.sort if request.sort.removeprefix("-") in {*paths, "name"} else ""
        if request.sort and not sort:
            ignored.append(f"sort={request.sort}")
        kept = replace(request, chosen={name: request.chosen[name] for name in filters}, sort=sort)
        unfit = [
            unfit_of(members, paths[name], request.chosen[name])
            for name, fits in filters.items()
            if not any(map(fits, members.iris))
        ]
        return cls(members, kept, _sorted(members, iris, paths, sort), choices, ignored, unfit, len(members.iris))


def _having(members: Members, path: str, key: str) -> Callable[[str], bool]:
    def fits(iri: str) -> bool:
        held = members.keys(iri, path)
        return key in held or any(isinstance(term, NamedNode) and key == term.value for term in held.values())

    return fits


def _saying(members: Members, text: str) -> Callable[[str], bool]:
    """Return whether a member says all the words somewhere: in its literals, or in the names of what it mentions."""
    sought = [_folded(word) for word in text.split()]
    if not sought:
        return lambda _: True

    def fits(iri: str) -> bool:
        said = _folded("\n".join(_everything(members, iri)))
        return all(word in said for word in sought)

    return fits


def _everything(members: Members, iri: str) -> Iterator[str]:
    for said in members.wording.facts.about(iri).values():
        for term in said:
            if isinstance(term, Literal):
                yield term.value
            elif isinstance(term, NamedNode):
                yield members.wording.label(term.value).words


def _folded(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


def _sorted(members: Members, iris: list[str], paths: Mapping[str, str], sort: str) -> list[str]:
    """Return the members in order; those that have nothing to be sorted by come last, whichever way round."""
    by_name = sorted(iris, key=lambda iri: by_words(members.wording.link(iri)))
    name, is_turned = sort.removeprefix("-"), sort.startswith("-")
    if name in ("", "name"):
        return by_name[::-1] if is_turned else by_name
    orders = {iri: members.order(iri, paths[name]) for iri in by_name}
    told = [iri for iri in by_name if members.says(iri, paths[name])]
    untold = [iri for iri in by_name if not members.says(iri, paths[name])]
    return sorted(told, key=lambda iri: orders[iri], reverse=is_turned) + untold
