"""Look-ups and bindings as text of SPARQL, for an engine that takes nothing else.

Only terms are written into a query, by the library that knows how terms are written, and only queries of our own get
any.
"""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, Final

from si_lod.engine.text.plain import unambiguous
from si_lod.engine.text.tokens import Kind, Token, tokens

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from si_lod.engine.evaluation import Pattern, Term

_PLACES: Final = ("?s", "?p", "?o")
_WINDOW: Final = frozenset(["LIMIT", "OFFSET"])
_MOVED: Final = "OFFSET"


def term_text(term: Term) -> str:
    """Return the term as SPARQL writes it, so that every parser reads it as it is."""
    return unambiguous(str(term))


def pattern_text(subject: Term | None, predicate: Term | None, obj: Term | None, most: int | None = None) -> str:
    """Return the query for the triples that fit the pattern, or ``most`` of them; its solutions lack what was given."""
    place = zip(_PLACES, (subject, predicate, obj), strict=True)
    pattern = " ".join(name if term is None else term_text(term) for name, term in place)
    return f"SELECT ?s ?p ?o WHERE {{ {pattern} }}" + _limit(most)


def patterns_text(patterns: Sequence[Pattern], most: int | None = None) -> str:
    """Return the query for the triples that fit each of the patterns, or ``most`` of each.

    The patterns have the same terms given, at least one; the solutions lack those, and ``?n`` is the pattern's place.
    """
    given = [name for name, term in zip(_PLACES, patterns[0], strict=True) if term is not None]
    names = " ".join(["?n", *(name for name in _PLACES if name not in given)])
    rows = [_row(place, pattern) for place, pattern in enumerate(patterns)]
    parts = (
        f"SELECT {names} WHERE {{ VALUES (?n {' '.join(given)}) {{ {part} }} ?s ?p ?o }}{_limit(most)}"
        for part in ([" ".join(rows)] if most is None else rows)
    )
    return " ".join(parts) if most is None else f"SELECT {names} WHERE {{ {{ {' } UNION { '.join(parts)} }} }}"


def _row(place: int, pattern: Pattern) -> str:
    return f"({place:d} {' '.join(term_text(term) for term in pattern if term is not None)})"


def _limit(most: int | None) -> str:
    return "" if most is None else f" LIMIT {most:d}"


def bound_text(query: str, bindings: Mapping[str, Term]) -> str:
    """Return ``query`` with each variable bound to its term, wherever a SELECT has it in its projection.

    A window that moves over solutions in no order gets them in one: an engine need not keep its own.
    """
    read = list(tokens(query))
    pieces = [*_values(read, bindings), *_order(read)]
    starts = [0, *accumulate(len(line) for line in query.splitlines(keepends=True))]
    for token, text in sorted(pieces, key=lambda piece: (piece[0].line, piece[0].column), reverse=True):
        at = starts[token.line - 1] + token.column - 1
        query = f"{query[:at]}{text}{query[at:]}"
    return query


def _values(read: Sequence[Token], bindings: Mapping[str, Term]) -> Iterator[tuple[Token, str]]:
    """Yield what goes before the first token of each group of a SELECT that projects a bound variable."""
    projected: list[str] | None = None
    for place, token in enumerate(read):
        word = token.text.upper() if token.kind is Kind.WORD else ""
        if word == "SELECT":
            projected = []
        elif projected is not None and token.kind is Kind.VARIABLE:
            projected.append(token.text[1:])
        elif projected is not None and token.text == "{":
            rows = (f"VALUES ?{name} {{ {term_text(bindings[name])} }} " for name in projected if name in bindings)
            yield read[place + 1], "".join(rows)
            projected = None


def _order(read: Sequence[Token]) -> Iterator[tuple[Token, str]]:
    """Yield the order that goes before the window, if it moves and there is none."""
    outer = [token for token, depth in _braced(read) if depth == 0 and token.kind in {Kind.WORD, Kind.VARIABLE}]
    words = {token.text.upper() for token in outer if token.kind is Kind.WORD}
    if _MOVED in words and "ORDER" not in words:
        window = next(token for token in outer if token.text.upper() in _WINDOW)
        variables = dict.fromkeys(token.text for token in outer if token.kind is Kind.VARIABLE)
        yield window, f"ORDER BY {' '.join(variables)} "


def _braced(read: Sequence[Token]) -> Iterator[tuple[Token, int]]:
    depth = 0
    for token in read:
        depth += (token.text == "{") - (token.text == "}")
        yield token, depth
