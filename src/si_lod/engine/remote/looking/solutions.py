"""What an engine answers to a SELECT query of our own, as solutions."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from pyoxigraph import NamedNode, QueryBoolean, QueryResultsFormat, Triple, parse_query_results

from si_lod.engine.remote.looking.transcript import unreadable

if TYPE_CHECKING:
    from si_lod.engine.evaluation import Pattern, Solution


def triple_of(pattern: Pattern, found: Solution) -> Triple:
    """Return the triple that fits the pattern, of which the solution has what the pattern leaves open."""
    subject, predicate, obj = pattern
    return Triple(
        cast("NamedNode", subject or found["s"]),
        cast("NamedNode", predicate or found["p"]),
        cast("NamedNode", obj or found["o"]),
    )


def solutions_in(content: bytes) -> list[Solution]:
    """Return the solutions that the content tells in SPARQL JSON; raises EngineFailed if it tells none."""
    try:
        found = parse_query_results(content, format=QueryResultsFormat.JSON)
        if isinstance(found, QueryBoolean):
            raise unreadable()
        names = [variable.value for variable in found.variables]
        return [dict(zip(names, solution, strict=True)) for solution in found]
    except (SyntaxError, ValueError):
        raise unreadable() from None
