"""The things of one class, with what is said of each, and which of it is worth a column or a choice."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode

from si_lod.serve.pages.facts import CLASS_NAMES, LABEL_TERMS, Facts, asked
from si_lod.serve.pages.lists.kinds import CLASS_LABELS
from si_lod.serve.pages.thing.properties import SHOWN_APART
from si_lod.serve.pages.thing.shapes import Presentation
from si_lod.serve.pages.vocabulary import PREFIXES, TYPE
from si_lod.serve.pages.words.formatting import numeric
from si_lod.serve.pages.words.wording import Link, Text, Wording

if TYPE_CHECKING:
    from si_lod.engine.evaluation import Term
    from si_lod.serve.view import View

MOST_COLUMNS: Final = 4
LONGEST: Final = 60
"""How many characters a value may have to stand in a list."""
MOST_VALUES: Final = 20
"""How many values a property may have to be chosen from."""
RESERVED: Final = frozenset({"q", "sort", "page", "lang", "format", "columns"})
"""The parameters of a list that are no property's."""

_MEMBERS: Final = f"{PREFIXES} SELECT ?this ?s ?p ?o WHERE {{ ?s a ?this ; ?p ?o }}"
_MENTIONED: Final = f"""{PREFIXES}
SELECT DISTINCT ?this ?s ?p ?o WHERE {{ ?member a ?this ; ?any ?s . ?s ?p ?o FILTER(?p IN ({LABEL_TERMS})) }}"""
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
        this = NamedNode(class_iri)
        members = Facts.of(asked(view.engine, _MEMBERS, this=this))
        facts = Facts.of(
            members.triples(),
            *(asked(view.engine, query, this=this) for query in (_MENTIONED, _TERMS)),
            asked(view.engine, CLASS_LABELS),
            asked(view.engine, CLASS_NAMES),
        )
        return cls(class_iri, list(members.index), Wording(view, facts), Presentation.read(view.engine, [class_iri]))

    @cached_property
    def properties(self) -> list[str]:
        """The properties that tell something, in the order of the shapes; where these order nothing, names decide."""
        wording, rank = self.wording, self.presentation.rank
        used = {path for iri in self.iris for path in wording.facts.about(iri)} - {TYPE} - SHOWN_APART
        return sorted(used, key=lambda path: (rank(path), wording.label(path).words.casefold(), path))

    @cached_property
    def columns(self) -> list[str]:
        """The properties worth a column: those that are ordered first, single-valued, short and common.

        Common is what at least half of the members have, and more than one; single-valued, what none has two of that
        a reader would see.
        """
        return [path for path in self.properties if self._tells(path)][:MOST_COLUMNS]

    @cached_property
    def choices(self) -> list[str]:
        """The properties that divide the members into a few parts, most with more than one member."""
        return [path for path in self.properties if self._divides(path)]

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

    def keys(self, iri: str, path: str) -> dict[str, Term]:
        """Return the values of a property by which members can be chosen, each by its name in a query string."""
        return {self._key(term): term for term in self.wording.facts.objects(iri, path) if _is_code(term)}

    def order(self, iri: str, path: str) -> tuple[int, object, str]:
        """Return what members are sorted by: numbers before words, and nothing last."""
        terms = self.wording.facts.objects(iri, path)
        numbers = [number for term in terms if isinstance(term, Literal) and (number := numeric(term)) is not None]
        if numbers:
            return 0, min(numbers), ""
        shown = [words(item).casefold() for item in self.items(iri, path)]
        dated = [term.value for term in terms if isinstance(term, Literal) and not term.language]
        return (1, min(dated or shown), min(shown)) if shown else (2, "", "")

    def _key(self, term: Term) -> str:
        if not isinstance(term, NamedNode):
            return term.value if isinstance(term, Literal) else str(term)
        return self.wording.code(term.value)

    def _tells(self, path: str) -> bool:
        cells = [cell for iri in self.iris if (cell := self.items(iri, path))]
        short = all(len(cell) == 1 and len(words(cell[0])) <= LONGEST for cell in cells)
        common = 2 * len(cells) >= len(self.iris) and len(cells) > 1
        return short and common and len({words(cell[0]) for cell in cells}) > 1

    def _divides(self, path: str) -> bool:
        held = Counter(key for iri in self.iris for key in self.keys(iri, path))
        return 1 < len(held) <= MOST_VALUES and held.total() >= 2 * len(held)


def words(item: Text | Link) -> str:
    """Return the words of what stands in a cell."""
    return item.text.words if isinstance(item, Link) else item.words


def _is_code(term: Term) -> bool:
    """Return whether a value is the same for every reader, and short."""
    return isinstance(term, NamedNode) or (
        isinstance(term, Literal) and not term.language and len(term.value) <= LONGEST
    )


def _local(iri: str) -> str:
    return iri.rpartition("#")[2].rpartition("/")[2]
