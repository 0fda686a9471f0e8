"""The structure of the site's observations (RDF Data Cube §6): which components they have, in which order."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final, Self

from pyoxigraph import Literal

from si_lod.serve.pages.facts import LABEL_TERMS, Facts, asked
from si_lod.serve.pages.vocabulary import DERIVED_FROM, PERIODS, PREFIXES, QB, RDFS, TYPE, UNIT_MEASURE

if TYPE_CHECKING:
    from si_lod.engine.evaluation import Engine
    from si_lod.release import Manifest

_STRUCTURE: Final = f"""{PREFIXES}
SELECT DISTINCT ?s ?p ?o WHERE {{
  {{ ?dsd qb:component ?s . ?s ?p ?o }} UNION
  {{ ?dsd qb:component ?component . ?component qb:dimension|qb:measure|qb:attribute ?s .
     ?s ?p ?o FILTER(?p IN (rdf:type, rdfs:subPropertyOf, qb:codeList, {LABEL_TERMS})) }}
}}"""


class Role(StrEnum):
    """What a component is to its observation."""

    DIMENSION = f"{QB}dimension"
    MEASURE = f"{QB}measure"
    ATTRIBUTE = f"{QB}attribute"


@dataclass(frozen=True, slots=True)
class Component:
    """One component: the property, its role, and its place in ``qb:order``."""

    property: str
    role: Role
    order: float


@dataclass(frozen=True, slots=True)
class Structure:
    """The components of all data structure definitions, in order; ``facts`` has their names."""

    components: tuple[Component, ...]
    facts: Facts

    @classmethod
    def read(cls, engine: Engine) -> Self:
        """Return the structure that the release declares."""
        facts = Facts.of(asked(engine, _STRUCTURE))
        found: dict[str, Component] = {}
        for specification in facts.index:
            for role in Role:
                for property_ in facts.iris(specification, role):
                    found.setdefault(property_, Component(property_, role, _order(facts, specification)))
        return cls(tuple(sorted(found.values(), key=lambda one: (one.order, one.property))), facts)

    def of_role(self, role: Role) -> list[str]:
        """Return the properties of the components with ``role``, in order."""
        return [component.property for component in self.components if component.role is role]

    def coded(self) -> list[str]:
        """Return the dimensions whose values are codes of a list (RDF Data Cube §6.3), in order."""
        about = self.facts.about
        return [
            name
            for name in self.of_role(Role.DIMENSION)
            if f"{QB}codeList" in about(name) or f"{QB}CodedProperty" in self.facts.iris(name, TYPE)
        ]

    def unit(self) -> str | None:
        """Return the property that gives a value's unit of measure, which SDMX defines, or None."""
        return self._under(UNIT_MEASURE)

    def period(self) -> str | None:
        """Return the dimension that gives the time a value is of, which SDMX defines, or None."""
        return self._under(*PERIODS)

    def source(self) -> str | None:
        """Return the dimension that says what a value was taken from (PROV-O), or None."""
        return self._under(DERIVED_FROM)

    def counted(self) -> list[str]:
        """Return the dimensions that say what is counted, which stand before the period in ``qb:order``.

        Those after it say how: values that differ in these alone can be held side by side.
        """
        names = self.of_role(Role.DIMENSION)
        period = self.period()
        return names[: names.index(period)] if period in names else []

    def _under(self, *concepts: str) -> str | None:
        for one in self.components:
            if {one.property, *self.facts.iris(one.property, f"{RDFS}subPropertyOf")}.intersection(concepts):
                return one.property
        return None

    def qualifiers(self) -> list[str]:
        """Return the dimensions that stand directly before the first measure in ``qb:order``, the nearest only.

        Its codes are read as words before the number: "circa 680". Neither who says it nor when is such a word.
        """
        places = [place for place, one in enumerate(self.components) if one.role is Role.MEASURE]
        before = self.components[places[0] - 1 : places[0]] if places and places[0] else ()
        apart = {self.source(), self.period()}
        return [one.property for one in before if one.role is Role.DIMENSION and one.property not in apart]


def structure_of(engine: Engine, _: Manifest) -> Structure:
    """Return the structure that the release declares, which is the same for every page."""
    return Structure.read(engine)


def _order(facts: Facts, specification: str) -> float:
    orders = [term.value for term in facts.objects(specification, f"{QB}order") if isinstance(term, Literal)]
    try:
        return min(map(float, orders), default=float("inf"))
    except ValueError:
        return float("inf")
