"""Clients' queries, each evaluated in a process that may end, within bounds.

::

    QueryRequest ──▶ Turns: whose turn? ──▶ Crew: a process of that release ──▶ Result, or why there is none
"""

from __future__ import annotations

import logging
import tempfile
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from time import monotonic
from typing import TYPE_CHECKING, Final

from si_lod.engine.figures import KIND_OF, Figures
from si_lod.engine.pool.crew import Crew
from si_lod.engine.pool.deadline import Deadline
from si_lod.engine.pool.keeper import stopped
from si_lod.engine.sharing.standing import QUICK, Standing
from si_lod.engine.sharing.stock import Stock
from si_lod.engine.sharing.turns import Turns
from si_lod.errors import Busy, Ended, NoRoom, OperatorError, Unanswered
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from si_lod.engine.evaluation import Asker, Query, QueryRequest, Result
    from si_lod.engine.pool.evaluator import Evaluator

_LOG: Final = logging.getLogger(__name__)
_PATIENCE: Final = 2.0
"""Seconds that a query waits for its turn; whoever waits holds a thread of the server."""
_RETRY_AFTER: Final = 5


@dataclass(frozen=True, slots=True)
class Bounds:
    """What queries may use: processes at once, seconds and bytes of memory for each, bytes of each result.

    ``held`` is how many bytes of results may be in files while clients read them, room for one of ``most`` at least.
    """

    places: int = 2
    seconds: float = 30.0
    memory: int = 1024 * 1024 * 1024
    most: int = 1024 * 1024 * 1024
    held: int = 2 * 1024 * 1024 * 1024


@dataclass(slots=True)
class Pool:
    """Evaluates queries over the stores of releases; safe for several threads."""

    bounds: Bounds
    charge: Callable[[str, float], None]
    """Told of each client how many seconds a query of theirs was evaluated."""
    figures: Figures = field(default_factory=Figures)
    crew: Crew = field(init=False)
    stock: Stock = field(init=False)
    _standing: Standing = field(default_factory=Standing)
    _turns: Turns = field(init=False)

    def __post_init__(self) -> None:
        self.crew = Crew(self.bounds.places + 1, self.bounds.memory, self.figures)
        self.stock = Stock(max(self.bounds.held, self.bounds.most), max(self.bounds.held // 2, self.bounds.most))
        self._turns = Turns(self.bounds.places, 2 * self.bounds.places, _PATIENCE, self._standing.is_slow)

    def answer(self, store: Path, request: QueryRequest) -> Result:
        """Return the whole answer; raises InvalidQuery and the like for the query, Unanswered for the bounds."""
        most = min(request.most or self.bounds.most, self.bounds.most)
        with self._evaluator(store, request.asker) as (evaluator, deadline):
            self.figures.count("evaluated")
            answer = evaluator.ask(request, deadline, most, QUICK)
            return self.stock.take(request.asker.client, answer)

    def admit(self, store: Path, text: str, asker: Asker, *, standard: bool = False) -> Query:
        """Return the query that the text is, if it may be evaluated; raises as ``answer`` does.

        ``standard`` is for an engine that would take more than SPARQL 1.1.
        """
        with self._evaluator(store, asker) as (evaluator, deadline):
            return evaluator.judge(text, asker, deadline, QUICK, standard=standard)

    @contextmanager
    def _evaluator(self, store: Path, asker: Asker) -> Iterator[tuple[Evaluator, Deadline]]:
        """Hold a process for the asker when it is their turn, and count what goes wrong and for how long.

        A process that is to end may take its time for that, when the machine is busy. Whoever asked does not wait for
        it, but keeps the place until then, so that there are never more processes than places.
        """
        with self._counted(), ExitStack() as held:
            deadline = held.enter_context(self._turn(asker))
            try:
                evaluator = held.enter_context(
                    self.crew.member(store, deadline, slow=self._standing.is_slow(asker.client))
                )
            except OperatorError as error:
                message = told("no process could be started to evaluate the query; try again later")
                raise Busy(message, retry_after=_RETRY_AFTER) from error
            try:
                with self.charged(asker.client):
                    yield evaluator, deadline
            finally:
                if evaluator.is_spent:
                    self._standing.has_ended_process(asker.client)
                    self.crew.bury(held.pop_all().close)

    @contextmanager
    def turn(self, asker: Asker) -> Iterator[Deadline]:
        """Hold a place when it is the asker's turn, until the deadline that is given; count what has no answer."""
        with self._counted(), self._turn(asker) as deadline:
            yield deadline

    @contextmanager
    def _turn(self, asker: Asker) -> Iterator[Deadline]:
        seconds = min(asker.seconds or self.bounds.seconds, self.bounds.seconds)
        deadline = Deadline(seconds, (asker.begun or monotonic()) + seconds)
        with self._turns.turn(asker.client):
            if deadline.is_over:
                raise deadline.overdue()
            yield deadline

    @contextmanager
    def _counted(self) -> Iterator[None]:
        """Count what has no answer, and log what whoever runs this can mend."""
        try:
            yield
        except Unanswered as error:
            if isinstance(error, Ended) and self.crew.is_closed:
                self.figures.count(KIND_OF[Busy])
                raise stopped() from None
            if isinstance(error, NoRoom):
                _LOG.error("%s (%s)", error, tempfile.gettempdir())
            if isinstance(error, Ended):
                _LOG.warning("an evaluating process was ended from outside (%s)", error.reason)
            self.figures.count(KIND_OF[type(error)])
            raise

    @contextmanager
    def charged(self, client: str) -> Iterator[None]:
        """Charge the client for as long as this is held."""
        begun = monotonic()
        try:
            with self._standing.evaluating(client):
                yield
        finally:
            self.charge(client, monotonic() - begun)
