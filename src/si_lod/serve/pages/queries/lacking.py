"""Why a query that was answered found nothing, or left cells empty, as far as the query and the release tell."""

from __future__ import annotations

from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode

from si_lod.engine.advice.computing import uncomputed
from si_lod.engine.advice.groups import out_of_reach, unlisted
from si_lod.engine.advice.leaving import cut, elsewhere
from si_lod.engine.advice.operands import THING
from si_lod.engine.advice.patterns import patterns
from si_lod.engine.advice.unlike import uncalculated, unlike
from si_lod.engine.text.tokens import tokens
from si_lod.errors import LodError
from si_lod.serve.pages.queries.results import ResultTable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from si_lod.engine.advice.patterns import Pattern
    from si_lod.engine.evaluation import Engine, Term
    from si_lod.engine.text.tokens import Token
    from si_lod.release import Manifest
    from si_lod.serve.view import View

_LONGEST: Final = 20_000
"""So many characters of a query are looked through for this."""
_MOST_VALUES: Final = 5000
"""Of a property with more values it is not said of what kinds they are: some may not have been looked at."""
_LONGEST_PATTERN: Final = 1000
_MOST: Final = 5
"""So many properties and patterns of a query are looked at."""
_NAMED: Final = "SELECT ?g { GRAPH ?g { ?s ?p ?o } } LIMIT 1"
_TRIED: Final = 'SELECT ?pattern ?flags (REGEX("", ?pattern, ?flags) AS ?fits) {}'


def lacking(
    view: View,
    query: str,
    result: ResultTable | bool,  # noqa: FBT001  a boolean is what ASK answers
    graphs: Sequence[str] = (),
) -> Iterator[str]:
    """Yield what in the query can never hold or has no value, if the result lacks something for it.

    ``graphs`` are those that the protocol asked it of.
    """
    empty = _empty(result)
    if len(query) > _LONGEST or not (empty or _is_nothing(result)):
        return
    read = list(tokens(query))
    yield from _left_out(view, read, result, graphs)
    known = partial(_known, view)
    yield from islice(unlike(read, known), _MOST)
    is_nought = isinstance(result, ResultTable) and bool(result.rows) and not empty
    yield from (calculated := list(islice(uncalculated(read, known, may_be_none=is_nought), _MOST)))
    yield from (one.mistake() for one in islice(patterns(read), _MOST) if not _is_expression(view.engine, one))
    yield from out_of_reach(read)
    yield from unlisted(read, empty)
    if not calculated:
        yield from uncomputed(read, empty)


def _left_out(
    view: View,
    read: Sequence[Token],
    result: ResultTable | bool,  # noqa: FBT001  as above
    graphs: Sequence[str],
) -> Iterator[str]:
    """Yield what leaves out all that there is, if nothing is in the result."""
    if _is_nothing(result):
        asked = list(islice(elsewhere(read, graphs), _MOST))
        yield from asked if asked and not view.engine.select(_NAMED) else ()
    if isinstance(result, ResultTable) and not result.rows:
        yield from islice(cut(read), _MOST)


def _is_nothing(result: ResultTable | bool) -> bool:  # noqa: FBT001  as above
    """Return whether there is nothing in the result: no row, false, or counts of nothing."""
    if not isinstance(result, ResultTable):
        return not result
    return len(result.rows) <= 1 and all(_is_nought(term) for row in result.rows for term in row)


def _is_nought(term: Term | None) -> bool:
    return term is None or (isinstance(term, Literal) and term.value == "0")


def _empty(result: ResultTable | bool) -> Sequence[str]:  # noqa: FBT001  as above
    """Return the variables of which a cell is empty."""
    if not isinstance(result, ResultTable):
        return ()
    return [name for place, name in enumerate(result.columns) if any(row[place] is None for row in result.rows)]


def _known(view: View, iri: str) -> frozenset[str]:
    return view.known_of(iri, _kinds) if iri else frozenset()


def _kinds(engine: Engine, _: Manifest, iri: str) -> frozenset[str]:
    """Return of what kinds the values of a property are; nothing where there are none, or too many to be sure."""
    try:
        found = [triple.object for triple in engine.match(None, NamedNode(iri), None, most=_MOST_VALUES + 1)]
    except ValueError:
        return frozenset()
    return frozenset(map(_kind, found)) if len(found) <= _MOST_VALUES else frozenset()


def _kind(term: Term) -> str:
    if not isinstance(term, Literal):
        return THING
    return f"@{term.language.lower()}" if term.language else term.datatype.value


def _is_expression(engine: Engine, pattern: Pattern) -> bool:
    """Return whether the engine makes a regular expression of the pattern; so too where it does not say."""
    if len(pattern.text) > _LONGEST_PATTERN:
        return True
    try:
        tried = engine.select(_TRIED, pattern=Literal(pattern.text), flags=Literal(pattern.flags))
    except LodError:
        return True
    return any(solution["fits"] is not None for solution in tried)
