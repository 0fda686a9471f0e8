"""The things of one class, with what is said of each, and which of it is worth a column or a choice."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode

from si_lod.index.rolls import FEW, LONGEST, MOST_VALUES, is_code
from si_lod.serve.pages.facts import LABEL_TERMS, Facts, asked
from si_lod.serve.pages.lists.kinds import class_names, populations
from si_lod.serve.pages.thing.properties import SHOWN_APART
from si_lod.serve.pages.thing.shapes import Presentation
from si_lod.serve.pages.vocabulary import COMMENT, PREFIXES, TEXT, TYPE
from si_lod.serve.pages.words.formatting import numeric
from si_lod.serve.pages.words.wording import Link, Text, Wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from si_lod.engine.evaluation import Engine, Term
    from si_lod.release import Manifest
    from si_lod.serve.view import View

MOST_COLUMNS: Final = 4
MOST_IN_CELL: Final = 12
"""How many values a cell of the page shows; the page of the thing has more, and data files have all."""
STATEMENTS: Final = frozenset({TEXT, COMMENT})
"""The properties whose value is what a thing has to say; without it, things that are named alike look the same."""

RESERVED: Final = frozenset({"q", "sort", "page", "lang", "format", "columns"})
"""The parameters of a list that are no property's."""

_MEMBERS: Final = f"{PREFIXES} SELECT ?this ?s ?p ?o WHERE {{ ?s a ?this ; ?p ?o }}"
_MENTIONED: Final = f"""{PREFIXES}
SELECT DISTINCT ?this ?s ?p ?o WHERE {{ ?member a ?this ; ?any ?s FILTER(isIRI(?s))
  ?s ?p ?o FILTER(?p IN ({LABEL_TERMS})) }}"""
_TERMS: Final = f"""{PREFIXES}
SELECT DISTINCT ?this ?s ?p ?o WHERE {{ ?member a ?this ; ?s ?any . ?s ?p ?o FILTER(?p IN ({LABEL_TERMS})) }}"""


@dataclass(frozen=True)
class Members:
    """Everything of a class; ``iris`` are the members, whose triples are among the facts of ``wording``."""

    class_iri: str
    iris: list[str]
    wording: Wording
    presentation: Presentation

    @classmethod
    def read(cls, view: View, class_iri: str) -> Members:
        """Return the members of a class that the release has."""
        # Of so few as a list has that is read whole; a release without an index may have many more.
        is_kept = view.known(populations).get(class_iri, 0) <= FEW
        iris, facts = view.known_of(class_iri, _read) if is_kept else _read(view.engine, view.manifest, class_iri)
        return cls(class_iri, iris, Wording(view, facts), Presentation.of(view, [class_iri]))

    @cached_property
    def properties(self) -> list[str]:
        """The properties that tell something, in the order of the shapes; where these order nothing, names decide."""
        wording, rank = self.wording, self.presentation.rank
        return sorted(
            self.used() - {TYPE} - (SHOWN_APART - STATEMENTS),
            key=lambda path: (rank(path), wording.label(path).words.casefold(), path),
        )

    @cached_property
    def columns(self) -> list[str]:
        """The properties worth a column: what the members themselves say, then those ordered first that tell something.

        These are single-valued, short and common. Common is what at least half of the members have, and more than one;
        single-valued, what none has two of that a reader would see.
        """
        stated = [path for path in self.properties if path in STATEMENTS and self.states(path)]
        return stated + [path for path in self.properties if path not in stated and self.tells(path)][:MOST_COLUMNS]

    @cached_property
    def choices(self) -> list[str]:
        """The properties that divide the members into a few parts, most with more than one member."""
        return [path for path in self.properties if self._divides(path)]

    def shown_paths(self, *, all_columns: bool) -> list[str]:
        """Return the properties that have a column, or all that tell something."""
        return self.properties if all_columns else self.columns

    def used(self) -> set[str]:
        """Return the properties that any member has."""
        return {path for iri in self.iris for path in self.wording.facts.about(iri)}

    def has_links(self, path: str) -> bool:
        """Return whether any member leads to something by that property."""
        return any(isinstance(term, NamedNode) for iri in self.iris for term in self.wording.facts.objects(iri, path))

    def name(self, path: str) -> Text:
        """Return what the reader calls a property."""
        return self.presentation.name(path, self.wording)

    def parameter(self, path: str) -> str:
        """Return the name of a property in a query string: its local name, or a prefixed name if that is ambiguous."""
        local = _local(path)
        alike = sum(local == _local(other) for other in self.properties)
        return local if local and alike == 1 and local not in RESERVED else self.wording.prefixed(path)

    def items(self, iri: str, path: str) -> list[Text | Link]:
        """Return the values of a property as the reader gets them."""
        return self.wording.items(self.wording.facts.objects(iri, path))

    def shown(self, iri: str, path: str) -> tuple[list[Text | Link], int]:
        """Return the values of a property that a page has room for, and how many more there are."""
        terms = self.wording.facts.objects(iri, path)
        # Of so many that no cell has room for them, not each is looked at.
        items = self.wording.items(terms[: MOST_IN_CELL * 10])
        return items[:MOST_IN_CELL], max(len(terms) - MOST_IN_CELL * 10, 0) + len(items[MOST_IN_CELL:])

    def says(self, iri: str, path: str) -> bool:
        """Return whether a reader would see any value of a property."""
        return any(isinstance(term, NamedNode | Literal) for term in self.wording.facts.objects(iri, path))

    def keys(self, iri: str, path: str) -> dict[str, Term]:
        """Return the values of a property by which members can be chosen, each by its name in a query string."""
        return dict(self._coded(iri, path))

    def order(self, iri: str, path: str) -> tuple[int, object, str]:
        """Return what members are sorted by: numbers before words, and nothing last."""
        terms = self.wording.facts.objects(iri, path)
        numbers = [number for term in terms if isinstance(term, Literal) and (number := numeric(term)) is not None]
        if numbers:
            return 0, min(numbers), ""
        shown = [words(item).casefold() for item in self.items(iri, path)]
        dated = [term.value for term in terms if isinstance(term, Literal) and not term.language]
        return (1, min(dated or shown), min(shown)) if shown else (2, "", "")

    def _coded(self, iri: str, path: str) -> Iterator[tuple[str, Term]]:
        return ((self._key(term), term) for term in self.wording.facts.objects(iri, path) if is_code(term))

    def _key(self, term: Term) -> str:
        if not isinstance(term, NamedNode):
            return term.value if isinstance(term, Literal) else str(term)
        return self.wording.code(term.value)

    def tells(self, path: str) -> bool:
        """Return whether a property is worth a column."""
        cells = []
        for iri in self.iris:
            if _are_many(self.wording.facts.objects(iri, path)) or len(cell := self.items(iri, path)) > 1:
                return False
            cells += [cell] if cell else []
        short = all(len(words(cell[0])) <= LONGEST for cell in cells)
        common = 2 * len(cells) >= len(self.iris) and len(cells) > 1
        return short and common and len({words(cell[0]) for cell in cells}) > 1

    def states(self, path: str) -> bool:
        """Return whether at least half of the members say something by a property."""
        return 2 * sum(bool(self.wording.facts.objects(iri, path)) for iri in self.iris) >= len(self.iris)

    def _divides(self, path: str) -> bool:
        held: Counter[str] = Counter()
        for iri in self.iris:
            own = set()
            for key, _ in self._coded(iri, path):
                own.add(key)
                if len(own | held.keys()) > MOST_VALUES:
                    return False
            held.update(own)
        return len(held) > 1 and held.total() >= 2 * len(held)


def _read(engine: Engine, manifest: Manifest, class_iri: str) -> tuple[list[str], Facts]:
    """Return the members of a class, and what is said of them with the names of what they mention."""
    this = NamedNode(class_iri)
    members = Facts.of(asked(engine, _MEMBERS, this=this))
    names = (asked(engine, query, this=this) for query in (_MENTIONED, _TERMS))
    return list(members.index), Facts.of(members.triples(), *names, class_names(engine, manifest).triples())


def _are_many(terms: tuple[Term, ...]) -> bool:
    """Return whether a reader of any language gets several of the values, seen without making words of them."""
    alike = (term for term in terms if isinstance(term, NamedNode) or (isinstance(term, Literal) and not term.language))
    return next(islice(alike, 1, None), None) is not None


def words(item: Text | Link) -> str:
    """Return the words of what stands in a cell."""
    return item.text.words if isinstance(item, Link) else item.words


def _local(iri: str) -> str:
    return iri.rpartition("#")[2].rpartition("/")[2]
