"""The site's own queries on the store that is being made: they may do no more than a visitor's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from si_lod.engine.diagnosis import explaining
from si_lod.engine.policy import admit
from si_lod.engine.syntax import invalid_query, unevaluable_query

if TYPE_CHECKING:
    from pyoxigraph import QueryBoolean, QuerySolutions, QueryTriples, Store


def evaluate(store: Store, text: str) -> QuerySolutions | QueryBoolean | QueryTriples:
    """Return the results of the query ``text``; raises InvalidQuery if it is none, or reaches the network."""
    with explaining(text):
        try:
            return store.query(admit(text).text)
        except SyntaxError as error:
            raise invalid_query(error, text) from None
        except (RuntimeError, ValueError) as error:
            raise unevaluable_query(error) from None
