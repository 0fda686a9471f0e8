"""Habits from elsewhere: comments of other languages, commas for points, a page's HTML, two queries at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from si_lod.engine.diagnosis.stopping.stop import Finding
from si_lod.engine.text.tokens import Kind
from si_lod.sentences import told

if TYPE_CHECKING:
    from si_lod.engine.diagnosis.stopping.stop import Stop

_COMMENTS: Final = frozenset({"--", "//", "/*"})
_ENTITIES: Final = {"LT": "<", "GT": ">", "AMP": "&", "QUOT": '"'}
_FORMS: Final = frozenset(["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"])
_COMPARISONS: Final = frozenset({"=", "!=", "<", ">", "<=", ">="})


def comment_of_another_language(stop: Stop) -> Finding | None:
    """Find ``--``, ``//`` or ``/*``; the first mark may still have been taken for an operator or a path."""
    for offset in (0, -1):
        if stop.accepts("INTEGER") and (stop.kind(offset + 2) is Kind.NUMBER or stop.mark(offset + 2) == "-"):
            continue  # what has two signs before it
        if stop.spelled(offset, offset + 2) in _COMMENTS and stop.mark(offset) and stop.mark(offset + 1):
            return Finding(stop.token(offset), told("a comment begins with # and ends with its line"), "#")
    return None


def commas_between_values(stop: Stop) -> Finding | None:
    """Find ``VALUES ?x {1, 2}``."""
    if stop.mark() != "," or not stop.accepts("UNDEF"):
        return None
    message = told("between the values of VALUES stand spaces, no commas")
    return Finding(stop.found, message)


def html(stop: Stop) -> Finding | None:
    """Find what a mark is written as in HTML."""
    if stop.mark() != "&" or stop.word(1) not in _ENTITIES or stop.mark(2) != ";":
        return None
    found, meant = stop.spelled(0, 3), _ENTITIES[stop.word(1)]
    twice = stop.spelled(3, 6) == found
    found, meant = found * (1 + twice), meant * (1 + twice)
    return Finding(
        stop.piece(0, 3 + 3 * twice),
        told("{found} is HTML and was copied along; it stands for {meant}", found=found, meant=meant),
        meant,
    )


def having_without_brackets(stop: Stop) -> Finding | None:
    """Find ``HAVING COUNT(?s) > 1``."""
    if stop.mark() not in _COMPARISONS or stop.clause != "HAVING":
        return None
    start = next(back for back in range(-1, -stop.at - 1, -1) if stop.word(back) == "HAVING")
    end = stop.until("ORDER", "LIMIT", "OFFSET", "VALUES", "}")
    condition = stop.spelled(start + 1, end)
    return Finding(
        stop.piece(start, end), told("what follows {word} stands in brackets", word="HAVING"), f"HAVING({condition})"
    )


def distinct_as_a_function(stop: Stop) -> Finding | None:
    """Find ``(DISTINCT(?x) AS ?y)``."""
    if stop.word() != "DISTINCT" or stop.mark(-1) != "(":
        return None
    message = told("DISTINCT is no function: it stands behind SELECT, or in an aggregate such as COUNT(DISTINCT ?x)")
    return Finding(stop.found, message)


def nothing_described(stop: Stop) -> Finding | None:
    """Find DESCRIBE without what is to be described."""
    if stop.word(-1) != "DESCRIBE" or not (stop.word() == "WHERE" or stop.mark() == "{"):
        return None
    message = told("behind DESCRIBE stands what is described: IRIs, variables, or * for all of them")
    return Finding(stop.found, message, f"* {stop.found.text}")


def second_query(stop: Stop) -> Finding | None:
    """Find a second query behind the first."""
    if stop.word() not in _FORMS or stop.opened or not stop.accepts("$END"):
        return None
    return Finding(stop.found, told("a second query begins here; send one at a time"))


MISTAKES: Final = (
    comment_of_another_language,
    commas_between_values,
    html,
    having_without_brackets,
    distinct_as_a_function,
    nothing_described,
    second_query,
)
