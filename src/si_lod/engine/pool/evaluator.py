"""One evaluating process, seen from the server's: asked, and understood when it ends instead of answering."""

from __future__ import annotations

import select
import signal
from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING, Any, Final

from si_lod.engine.evaluation import Result
from si_lod.engine.pool.process import cause
from si_lod.engine.pool.scratch import nowhere, scratch
from si_lod.engine.spool import Spooled, out_of_memory
from si_lod.engine.worker.wire import Message, error_of, query_of, receive, request_head, text_head
from si_lod.errors import ClientError, Ended, InvalidQuery, StoreFailed
from si_lod.sentences import told

if TYPE_CHECKING:
    from pathlib import Path

    from si_lod.engine.evaluation import Asker, Query, QueryRequest
    from si_lod.engine.pool.deadline import Deadline
    from si_lod.engine.pool.process import Process

_GRACE: Final = 0.2
"""Seconds for an answer that has begun to come."""
_REFUSED: Final = ("memory allocation", "bad_alloc", "MemoryError")
"""What the store, the database below it and the interpreter say last when they are refused memory."""


@dataclass(slots=True)
class Evaluator:
    """A process with the store of one release open; used by one thread at a time.

    ``missing`` names what the system did not let it give up. When it ``is_spent`` it is to be ended; when it
    ``is_behind``, all else computes before it, for good.
    """

    store: Path
    process: Process
    missing: tuple[str, ...] = ()
    is_spent: bool = False
    is_behind: bool = False

    def ask(self, request: QueryRequest, deadline: Deadline, most: int, quick: float = inf) -> Result:
        """Return the whole answer, had before the deadline and no larger than so many bytes.

        After ``quick`` seconds, all else computes before it. Raises what the query is refused for, Overdue, TooLarge,
        Ended if the process was ended from outside, or StoreFailed. When ``is_spent`` afterwards, it is to be ended.
        """
        file = scratch()  # the answer may keep it
        kept = False
        try:
            reply = self._replied(request_head(request) | {"bytes": most}, deadline, quick, file.fileno())
            small = len(reply.body) == reply.head["size"]
            kept = not small
            return Result(request.format.media_type, reply.body if small else Spooled(file, reply.head["size"]))
        finally:
            if not kept:
                file.close()

    def judge(
        self, text: str, asker: Asker, deadline: Deadline, quick: float = inf, *, standard: bool = False
    ) -> Query:
        """Return the query that the text is, if it may be evaluated; raises as ``ask`` does."""
        head = text_head(text, asker) | {"bytes": 0, "standard": standard}
        with nowhere() as file:
            reply = self._replied(head, deadline, quick, file.fileno())
        return query_of(text, reply.head["query"])

    def _replied(self, head: dict[str, Any], deadline: Deadline, quick: float, file: int) -> Message:
        if deadline.is_over:
            raise deadline.overdue()  # the process has heard nothing of it, and stays
        head |= {"seconds": deadline.left()}
        self.is_spent = True  # until it has answered, and well
        try:
            self.process.link.settimeout(deadline.left())
            Message(head).send(self.process.link, file)
            self._wait(deadline, quick)
            self.process.link.settimeout(deadline.left() + _GRACE)
            reply, _ = receive(self.process.link)
        except TimeoutError:
            self.process.kill()
            raise deadline.overdue() from None
        except (EOFError, OSError):
            raise self._why_it_ended(deadline) from None
        self.is_spent = bool(reply.head["last"])
        if "fault" in reply.head:
            raise StoreFailed(reply.head["fault"])
        if "error" in reply.head:
            raise error_of(reply.head)
        return reply

    def _wait(self, deadline: Deadline, quick: float) -> None:
        """Return when there is something to read; raises TimeoutError if there is nothing."""
        answered = select.poll()
        answered.register(self.process.link, select.POLLIN)
        if not self.is_behind:
            if answered.poll(1000 * min(quick, deadline.left())):
                return
            self.process.place.behind()
            self.is_behind = True
        if deadline.is_over or not answered.poll(1000 * deadline.left()):
            raise TimeoutError

    def _why_it_ended(self, deadline: Deadline) -> ClientError:
        """Return what is said of the query during which the process ended by itself."""
        status = self.process.end()
        if status in {-signal.SIGALRM, -signal.SIGXCPU}:
            return deadline.overdue()
        if status in {-signal.SIGSEGV, -signal.SIGBUS}:
            return InvalidQuery(told("the query is nested too deep to be evaluated; take it apart"))
        if status == -signal.SIGABRT and any(words in self.process.last_words for words in _REFUSED):
            return out_of_memory()
        reason = f"process {self.process.popen.pid}: {cause(status)} {self.process.last_words}".rstrip()
        message = told("the evaluation of the query was ended from outside; try again")
        return Ended(message, retry_after=1, reason=reason)
