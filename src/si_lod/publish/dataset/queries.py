"""The site's own queries on the store that is being made: they may do no more than a visitor's, and come to an end."""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING, Final

from pyoxigraph import QueryResultsFormat, RdfFormat, parse, parse_query_results

from si_lod.engine.diagnosis import explaining
from si_lod.engine.evaluation import QueryRequest
from si_lod.engine.policy.admission import admit
from si_lod.engine.pool.deadline import Deadline
from si_lod.engine.pool.starting import started
from si_lod.engine.store.functions import Functions
from si_lod.engine.store.syntax import invalid_query, unevaluable_query
from si_lod.engine.text.tokens import tokens
from si_lod.errors import InvalidQuery, Overdue, Unanswered
from si_lod.folders import sweep
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from pyoxigraph import Quad, QueryBoolean, QuerySolutions, QueryTriples, Store, Triple

    from si_lod.engine.pool.evaluator import Evaluator

_MEMORY: Final = 4 * 1024 * 1024 * 1024
"""Bytes that one may use, and that its result may have."""


def evaluate(store: Store, text: str) -> QuerySolutions | QueryBoolean | QueryTriples:
    """Return the results of the query ``text``; raises InvalidQuery if it is none, or reaches the network."""
    with explaining(text):
        try:
            return Functions().asked(store, admit(text).plain)
        except SyntaxError as error:
            raise invalid_query(error, text) from None
        except (RuntimeError, ValueError) as error:
            raise unevaluable_query(error) from None


@dataclass(slots=True)
class Inquiry:
    """Who asks ``store`` the site's queries, each in a process that is ended when it takes more than ``seconds``.

    The process reads a copy at ``copy``, which is of hard links and costs next to nothing, so that nobody reads what is
    being written. To be closed.
    """

    store: Store
    copy: Path
    seconds: int
    _evaluator: Evaluator | None = None

    def ask(self, text: str) -> QuerySolutions | QueryBoolean | list[Triple]:
        """Return the whole result; raises InvalidQuery if the text is no query, or its evaluation had to be ended."""
        with explaining(text):
            query = admit(text)
            request = QueryRequest(query, RdfFormat.N_TRIPLES if query.form.is_graph else QueryResultsFormat.JSON)
            content = self._answered(request)
        if query.form.is_graph:
            return [quad.triple for quad in parse(content, format=RdfFormat.N_TRIPLES)]
        return parse_query_results(content, format=QueryResultsFormat.JSON)

    def add(self, quads: Iterable[Quad]) -> None:
        """Add the quads to the store; the next query sees them."""
        self.store.extend(quads)
        self.close()

    def close(self) -> None:
        """End the process, if there is one, and remove what it read."""
        if self._evaluator:
            self._evaluator.process.end()
            self._evaluator = None
        sweep(self.copy)

    def _answered(self, request: QueryRequest) -> bytes:
        evaluator = self._ready()
        try:
            return evaluator.ask(request, Deadline(self.seconds, monotonic() + self.seconds), _MEMORY).content
        except Overdue:
            message = told(
                "takes longer than {seconds} seconds, so it was ended; let it ask for less, or allow it more with "
                "SI_LOD_PUBLISH_SECONDS",
                seconds=self.seconds,
            )
            raise InvalidQuery(message, line=_line(request)) from None
        except Unanswered as error:
            raise InvalidQuery(str(error), line=_line(request)) from None

    def _ready(self) -> Evaluator:
        if self._evaluator and self._evaluator.is_spent:
            self._evaluator.process.end()
            self._evaluator = None
        if not self._evaluator:
            if not self.copy.exists():
                self.store.backup(str(self.copy))
            self._evaluator = started(self.copy.absolute(), _MEMORY)
        return self._evaluator


def _line(request: QueryRequest) -> int:
    """Return the line on which the query begins, after its comments."""
    return next(token.line for token in tokens(request.query.text))
