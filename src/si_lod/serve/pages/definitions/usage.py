"""How the terms of an ontology are used in the release: how often, by what, and with an example of each."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, Final, Self

from pyoxigraph import Literal, NamedNode

from si_lod.serve.pages.facts import Facts, named
from si_lod.serve.pages.vocabulary import PREFIXES, TYPE

if TYPE_CHECKING:
    from collections.abc import Collection

    from si_lod.engine.evaluation import Engine, Solution, Term
    from si_lod.release import Manifest
    from si_lod.serve.pages.words.wording import Link, Text, Wording

_CLASSES: Final = f"""{PREFIXES}
SELECT ?this ?class ?property (COUNT(DISTINCT ?one) AS ?count) (MIN(?one) AS ?first) WHERE {{
  ?class rdfs:isDefinedBy ?this . ?one a ?class ; ?property ?value }} GROUP BY ?this ?class ?property"""
_PROPERTIES: Final = f"""{PREFIXES}
SELECT ?this ?property ?count ?first ?value WHERE {{
  {{ SELECT ?this ?property (COUNT(*) AS ?count) (MIN(?one) AS ?first) WHERE {{
    ?property rdfs:isDefinedBy ?this . ?one ?property ?any }} GROUP BY ?this ?property }}
  ?first ?property ?value }}"""


@dataclass(frozen=True, slots=True)
class Use:
    """How often a term is used; ``example`` is a thing of the class, or one that has the property with ``values``."""

    count: int
    example: Link | None = None
    values: list[Text | Link] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Example:
    count: int
    thing: str
    values: list[Term]


@dataclass(frozen=True, slots=True)
class Uses:
    """The use of every term that a document defines; ``names`` are those of what the examples mention."""

    examples: dict[str, _Example]
    together: list[tuple[str, str]]
    names: Facts

    @classmethod
    def read(cls, engine: Engine, _: Manifest, document: str) -> Self:
        """Return how the terms of ``document`` are used; an example is the first by IRI.

        All that has any of them is counted, so ask it by ``View.known_of``.
        """
        this = NamedNode(document)
        classes = engine.select(_CLASSES, this=this)
        examples = _examples(classes, engine.select(_PROPERTIES, this=this))
        together = [(_iri(row, "class"), _iri(row, "property")) for row in classes]
        terms = chain.from_iterable((NamedNode(one.thing), *one.values) for one in examples.values())
        names = named(engine, (term for term in terms if isinstance(term, NamedNode)))
        return cls(examples, sorted(together), Facts.of(names))

    def of(self, wording: Wording, term: str) -> Use:
        """Return the use of a class or a property, which may be none; ``wording`` knows ``names``."""
        found = self.examples.get(term)
        if found is None:
            return Use(0)
        return Use(found.count, wording.link(found.thing), wording.items(found.values))

    def beside(self, term: str, told: Collection[str]) -> list[str]:
        """Return what the data has with a term and ``told`` does not have.

        For a class these are the properties of its things; for a property the classes, among those that the document
        defines, of the things that have it.
        """
        properties = [other for one, other in self.together if one == term and other != TYPE and other not in told]
        return properties or [one for one, other in self.together if other == term and one not in told]


def _examples(classes: list[Solution], properties: list[Solution]) -> dict[str, _Example]:
    found = {
        _iri(row, "class"): _Example(_number(row), _iri(row, "first"), [])
        for row in classes
        if _iri(row, "property") == TYPE
    }
    # An engine gives rows in an order of its own.
    for row in sorted(properties, key=lambda each: str(each["value"])):
        example = found.setdefault(_iri(row, "property"), _Example(_number(row), _iri(row, "first"), []))
        if row["value"] is not None:
            example.values.append(row["value"])
    return found


def _iri(row: Solution, name: str) -> str:
    term = row[name]
    return term.value if isinstance(term, NamedNode) else ""


def _number(row: Solution) -> int:
    count = row["count"]
    return int(count.value) if isinstance(count, Literal) else 0
