"""Whose fault it is that a client's query has no answer: the query's own, or that of an engine that answers none.

What the engine says does not tell them apart: some have one status for both. So it is asked something else.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from si_lod.engine.diagnosis import explained, explaining
from si_lod.engine.remote.looking.patience import Patience
from si_lod.errors import Busy, EngineFailed, InvalidSyntax, Overdue, Unevaluated
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from si_lod.engine.evaluation import QueryRequest
    from si_lod.engine.remote.looking.lookup import Lookup
    from si_lod.errors import Unanswered

_SOON: Final = 5.0
"""Seconds in which an engine that is well says which releases it holds."""


@contextmanager
def blaming(lookup: Lookup, request: QueryRequest) -> Iterator[None]:
    """Hold this while the engine answers the query; what is raised says whose fault it is that it does not.

    InvalidSyntax for a mistake in the query; Unevaluated, Busy or Overdue for one to which this engine has no answer,
    and to others it has; EngineLost, EngineFailed or NotPushed where it answers nothing else either.
    """
    text, prefixes = request.query.text, request.asker.prefixes
    try:
        with explaining(text, prefixes):
            yield
    except Overdue:
        _ask_else(lookup)
        raise
    except (EngineFailed, Unevaluated) as failure:
        # An engine may take a mistake for a fault of its own; so it is looked for before that is believed.
        mistake = explained(InvalidSyntax(str(failure)), text, prefixes)
        if mistake.line is not None:
            raise mistake from None
        if isinstance(failure, Unevaluated):
            _ask_else(lookup)
            raise _unanswered(failure) from None
        raise


def _ask_else(lookup: Lookup) -> None:
    """Return if the engine answers another question, and soon; raises what is wrong with it if it does not."""
    replace(lookup, seconds=_SOON, patience=Patience()).held(pauses=())


def _unanswered(failure: Unevaluated) -> Unanswered:
    """Return what is said of a query that the engine refused, which answers others."""
    if failure.retry_after:
        message = told(
            "the engine behind this service has no time for this query just now; try again in {seconds} seconds",
            seconds=failure.retry_after,
        )
        return Busy(message, retry_after=failure.retry_after)
    message = told(
        "the engine behind this service did not evaluate this query, and answers others: {said}",
        said=failure.complaint,
    )
    return Unevaluated(message)
