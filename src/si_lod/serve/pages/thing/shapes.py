"""The order, groups and names that the shapes give to properties (SHACL §2.3.2): pages follow them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Final, Self

from pyoxigraph import Literal

from si_lod.serve.pages.facts import Facts, asked
from si_lod.serve.pages.vocabulary import LABEL, PREFIXES, SH

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from si_lod.engine.evaluation import Engine, Term
    from si_lod.release import Manifest
    from si_lod.serve.pages.words.wording import Text, Wording
    from si_lod.serve.view import View

_SHAPES: Final = f"""{PREFIXES}
SELECT DISTINCT ?s ?p ?o WHERE {{
  {{ ?s a sh:NodeShape ; ?p ?o FILTER(?p IN (sh:targetClass, sh:property)) }} UNION
  {{ ?node sh:property ?s . ?s ?p ?o FILTER(?p IN (sh:path, sh:order, sh:group, sh:name)) }} UNION
  {{ ?s a sh:PropertyGroup ; ?p ?o FILTER(?p IN (sh:order, rdfs:label)) }}
}}"""

_LAST: Final = Decimal("Infinity")


@dataclass(frozen=True, slots=True)
class Field:
    """How the shapes present one property: in which group, after which others, by which name."""

    shape: str
    group: str | None
    rank: tuple[Decimal, str, Decimal]


@dataclass(frozen=True, slots=True)
class Presentation:
    """What the shapes say of the properties of the things of some classes, by the property's IRI."""

    facts: Facts
    fields: dict[str, Field]

    @classmethod
    def of(cls, view: View, classes: Collection[str]) -> Self:
        """Return what the shapes that target ``classes`` say; of several for one property, the first in order."""
        facts = view.known(_shapes)
        fields: dict[str, Field] = {}
        for path, found in _fields(facts, classes):
            if path not in fields or (found.rank, found.shape) < (fields[path].rank, fields[path].shape):
                fields[path] = found
        return cls(facts, fields)

    def rank(self, path: str) -> tuple[Decimal, str, Decimal]:
        """Return what a property is sorted by: its group's order, its own order; last if no shape orders it."""
        return self.fields[path].rank if path in self.fields else (_LAST, "", _LAST)

    def group(self, path: str) -> str | None:
        """Return the group of a property, or None."""
        return self.fields[path].group if path in self.fields else None

    def group_name(self, group: str, wording: Wording) -> Text | None:
        """Return the name of a group in the reader's language."""
        found = wording.best(self.facts.objects(group, LABEL))
        return wording.text(found[0]) if found else None

    def name(self, path: str, wording: Wording) -> Text:
        """Return what the reader calls a property: its ``sh:name``, else its own label or its local name in words."""
        shape = self.fields[path].shape if path in self.fields else ""
        found = wording.best(self.facts.objects(shape, f"{SH}name"))
        return wording.text(found[0]) if found else wording.term(path)


def _shapes(engine: Engine, _: Manifest) -> Facts:
    """Return what the shapes say of all properties, of which the pages of every class need some."""
    return Facts.of(asked(engine, _SHAPES))


def _fields(facts: Facts, classes: Collection[str]) -> Iterator[tuple[str, Field]]:
    for node in facts.index:
        targets = {node, *facts.iris(node, f"{SH}targetClass")}
        for shape in facts.iris(node, f"{SH}property") if targets.intersection(classes) else ():
            for path in facts.iris(shape, f"{SH}path"):
                yield path, _field(facts, shape)


def _field(facts: Facts, shape: str) -> Field:
    groups = facts.iris(shape, f"{SH}group")
    group = groups[0] if groups else None
    first = _number(facts.objects(group, f"{SH}order")) if group else _LAST
    return Field(shape, group, (first, group or "", _number(facts.objects(shape, f"{SH}order"))))


def _number(terms: tuple[Term, ...]) -> Decimal:
    try:
        return min((Decimal(term.value) for term in terms if isinstance(term, Literal)), default=_LAST)
    except InvalidOperation:
        return _LAST
