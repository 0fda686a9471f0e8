"""When what is annotated is of: the periods of statements that stand on other pages, and the days of these."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode

from si_lod.serve.pages.vocabulary import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from si_lod.engine.evaluation import Engine
    from si_lod.serve.pages.cube.structure import Structure
    from si_lod.serve.pages.facts import Fact

_DAYS: Final = """?annotation oa:hasTarget ?statement .
  ?statement ?when ?period . ?period ?p ?day FILTER(DATATYPE(?day) = xsd:date)"""


def dated(engine: Engine, this: NamedNode, structure: Structure, annotated: Iterable[str]) -> Iterator[Fact]:
    """Yield the period of each statement of an ``?annotation`` that the patterns find, and the days of the period."""
    if not (period := structure.period()):
        return
    when = NamedNode(period)
    for pattern in annotated:
        query = f"{PREFIXES} SELECT DISTINCT ?this ?when ?statement ?period ?p ?day WHERE {{ {pattern} {_DAYS} }}"
        for found in engine.select(query, this=this, when=when):
            statement, of, path, day = (found[name] for name in ("statement", "period", "p", "day"))
            if isinstance(statement, NamedNode) and isinstance(of, NamedNode) and isinstance(path, NamedNode) and day:
                yield from ((statement.value, period, of), (of.value, path.value, day))
