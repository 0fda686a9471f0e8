"""The members of the site's long lists: by name in each of its languages, and by what they can be chosen by.

Of a list with few members all is read when it is asked for, as the release says it; of a long one a page, as it stands
here.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from pyoxigraph import DefaultGraph, Literal, NamedNode

from si_lod.index.roles import CODES, NAMES, TYPE
from si_lod.languages import best

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Mapping

    from pyoxigraph import Store

    from si_lod.sites import Site

FEW: Final = 2000
"""A list of so many members is read whole."""

MOST_VALUES: Final = 20
"""How many values a property may have to be chosen from."""

LONGEST: Final = 60
"""How many characters a value may have to stand in a list."""


@dataclass(slots=True)
class Use:
    """How the members of a list use a property: how many have it, whether as one short value, with which codes."""

    held: int = 0
    is_single: bool = True
    has_links: bool = False
    values: set[object] | None = field(default_factory=set)
    codes: dict[object, list[int]] | None = field(default_factory=dict)
    total: int = 0

    def add(self, member: int, terms: list[object]) -> None:
        """Count the values that a member has."""
        self.held += 1
        self.has_links |= any(isinstance(term, NamedNode) for term in terms)
        self.is_single &= _seen(terms) == 1 and all(_is_short(term) for term in terms)
        for term in terms:
            self._keep(member, term)

    def _keep(self, member: int, term: object) -> None:
        if self.values is not None and len(self.values) < 2:  # noqa: PLR2004  more than one is all that is asked
            self.values.add(term)
        if self.codes is not None and is_code(term):
            self.codes.setdefault(term, []).append(member)
            self.total += 1
            if len(self.codes) > MOST_VALUES:
                self.codes = None

    @property
    def choices(self) -> dict[object, list[int]]:
        """The members by value, if these divide them into a few parts, most with more than one."""
        codes = self.codes or {}
        return codes if len(codes) > 1 and self.total >= 2 * len(codes) else {}


def is_code(term: object) -> bool:
    """Return whether a value is the same for every reader, and short."""
    return isinstance(term, NamedNode) or (
        isinstance(term, Literal) and not term.language and len(term.value) <= LONGEST
    )


def write_rolls(store: Store, site: Site, database: sqlite3.Connection) -> None:
    """Write the members of those of the site's lists that are long."""
    for class_iri in site.lists:
        quads = store.quads_for_pattern(None, NamedNode(TYPE), NamedNode(class_iri), DefaultGraph())
        members = sorted({quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode)})
        if len(members) > FEW:
            _write(store, site, database, class_iri, members)


def _write(store: Store, site: Site, database: sqlite3.Connection, class_iri: str, members: list[str]) -> None:
    uses: dict[str, Use] = defaultdict(Use)
    names: dict[str, list[tuple[str, int]]] = {language: [] for language in site.languages}
    for number, iri in enumerate(members):
        said = _said(store, iri)
        for property_, terms in said.items():
            uses[property_].add(number, terms)
        for language, called in names.items():
            others = [tag for tag in site.languages if tag != language]
            called.append((_name(iri, said, [language, *others]).casefold(), number))
    rows = ((class_iri, number, iri) for number, iri in enumerate(members))
    database.executemany("INSERT INTO members VALUES (?, ?, ?)", rows)
    for language, called in names.items():
        places = ((class_iri, language, place, number) for place, (_, number) in enumerate(sorted(called)))
        database.executemany("INSERT INTO rolls VALUES (?, ?, ?, ?)", places)
    _write_uses(database, class_iri, uses)


def _write_uses(database: sqlite3.Connection, class_iri: str, uses: Mapping[str, Use]) -> None:
    for property_, use in sorted(uses.items()):
        tells = use.is_single and use.held > 1 and len(use.values or ()) > 1
        database.execute(
            "INSERT INTO uses VALUES (?, ?, ?, ?, ?)", (class_iri, property_, use.held, tells, use.has_links)
        )
        for term, held in sorted(use.choices.items(), key=lambda pair: str(pair[0])):
            value, is_iri = getattr(term, "value", ""), isinstance(term, NamedNode)
            row = (class_iri, property_, value, is_iri, len(held))
            facet = database.execute("INSERT INTO facets VALUES (NULL, ?, ?, ?, ?, ?)", row).lastrowid
            database.executemany("INSERT INTO facet_members VALUES (?, ?)", ((facet, number) for number in held))


def _said(store: Store, iri: str) -> dict[str, list[object]]:
    said: dict[str, list[object]] = defaultdict(list)
    for quad in store.quads_for_pattern(NamedNode(iri), None, None, DefaultGraph()):
        said[quad.predicate.value].append(quad.object)
    return said


def _name(iri: str, said: Mapping[str, list[object]], languages: list[str]) -> str:
    found = (literal.value for name in NAMES for literal in best(said.get(name, ()), languages))
    codes = (term.value for code in CODES for term in said.get(code, ()) if isinstance(term, Literal))
    return next(filter(str.strip, _first_of(found, codes)), iri.rpartition("/")[2])


def _first_of(*texts: Iterable[str]) -> Iterator[str]:
    for many in texts:
        yield from many


def _seen(terms: list[object]) -> int:
    """Return how many values a reader would see at most: every IRI, and the texts of one language."""
    tags = Counter(term.language or "" for term in terms if isinstance(term, Literal))
    plain = tags.pop("", 0)
    return sum(not isinstance(term, Literal) for term in terms) + plain + max(tags.values(), default=0)


def _is_short(term: object) -> bool:
    return not isinstance(term, Literal) or len(term.value) <= LONGEST
