"""What readers can choose among many things by: the values of a property, each with how many things have it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import islice
from typing import TYPE_CHECKING, Final

from si_lod.serve.pages.words.wording import Link, Text, by_words

if TYPE_CHECKING:
    from si_lod.serve.pages.lists.members import Members


@dataclass(frozen=True, slots=True)
class Option:
    """A value to choose, with how many things have it among those that fit all else that is chosen."""

    key: str
    name: Text
    count: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """A property to choose by."""

    parameter: str
    name: Text
    options: list[Option]


@dataclass(frozen=True, slots=True)
class Unfit:
    """A value that was asked for and that no member of the list has; ``options`` are some that there are, and names."""

    parameter: str
    name: Text
    value: str
    options: list[tuple[str, Text]]


_COMPARED: Final = 2000
"""With how many values one that there is not is compared; each takes a while."""


def choice_of(members: Members, path: str, among: list[str], chosen: str) -> Choice:
    """Return the values of the property at ``path``, each counted ``among`` the members that fit all else."""
    counts: Counter[str] = Counter()
    counted = set(among)
    names: dict[str, Text] = {}
    for iri in members.iris:
        for key, term in members.keys(iri, path).items():
            counts[key] += iri in counted
            item = members.wording.item(term)
            names[key] = item.text if isinstance(item, Link) else item
    if chosen and chosen not in counts:
        counts[chosen], names[chosen] = 0, Text(chosen)
    options = [Option(key, names[key], counts[key], key == chosen) for key in counts if counts[key] or key == chosen]
    return Choice(members.parameter(path), members.name(path), sorted(options, key=lambda one: by_words(one.name)))


def unfit_of(members: Members, path: str, value: str) -> Unfit:
    """Return what was asked for in vain, with all values to choose from or else those that are written much alike."""
    every = {key: term for iri in members.iris for key, term in members.keys(iri, path).items()}
    near = list(every) if path in members.choices else get_close_matches(value, islice(every, _COMPARED), 5, 0.5)
    items = ((key, members.wording.item(every[key])) for key in near)
    named = [(key, item.text if isinstance(item, Link) else item) for key, item in items]
    return Unfit(members.parameter(path), members.name(path), value, sorted(named, key=lambda one: by_words(one[1])))
