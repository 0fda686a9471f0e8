"""What a release says of its terms, which is the same whichever thing a page is about: ask it by ``View.known``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from si_lod.serve.pages.facts import Facts, asked
from si_lod.serve.pages.vocabulary import PREFIXES

if TYPE_CHECKING:
    from si_lod.engine.evaluation import Engine
    from si_lod.release import Manifest

_CLASSES: Final = f"""{PREFIXES}
SELECT DISTINCT ?s ?p ?o WHERE {{
  ?shape sh:targetClass ?s ; sh:property ?any ; sh:name ?o BIND(sh:name AS ?p)
  FILTER NOT EXISTS {{ ?shape sh:targetClass ?other FILTER(?other != ?s) }} }} ORDER BY ?shape"""
_PATHS: Final = f"""{PREFIXES}
SELECT DISTINCT ?s ?p ?o WHERE {{ ?shape sh:path ?s ; sh:name ?o BIND(sh:name AS ?p) }} ORDER BY ?shape"""
# Some engines evaluate no path between two variables; here the first has a value before.
_SUPERCLASSES: Final = f"""{PREFIXES}
SELECT DISTINCT ?s ?p ?o WHERE {{ ?s rdfs:subClassOf ?any ; rdfs:subClassOf+ ?o BIND(rdfs:subClassOf AS ?p) }}"""
_SUPERPROPERTIES: Final = f"""{PREFIXES}
SELECT DISTINCT ?s ?p ?o WHERE {{
  ?s rdfs:subPropertyOf ?any ; rdfs:subPropertyOf+ ?o BIND(rdfs:subPropertyOf AS ?p) }}"""


def called_classes(engine: Engine, _: Manifest) -> Facts:
    """Return what the shape of a class calls it, for classes of other vocabularies, whose labels are not here."""
    return Facts.of(asked(engine, _CLASSES))


def called_paths(engine: Engine, _: Manifest) -> Facts:
    """Return what the shapes call properties, for those of other vocabularies, whose labels are not here."""
    return Facts.of(asked(engine, _PATHS))


def superclasses(engine: Engine, _: Manifest) -> Facts:
    """Return the classes above each class, whole chains."""
    return Facts.of(asked(engine, _SUPERCLASSES))


def superproperties(engine: Engine, _: Manifest) -> Facts:
    """Return the properties above each property, whole chains."""
    return Facts.of(asked(engine, _SUPERPROPERTIES))
