"""One evaluating process, seen from the server's: started, asked, ended."""

from __future__ import annotations

import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final, cast

from si_lod.engine.evaluation import Answer
from si_lod.engine.spool import Spooled, out_of_memory
from si_lod.engine.wire import Message, error_of, receive, request_head
from si_lod.errors import Busy, ClientError, InvalidQuery, OperatorError
from si_lod.sentences import told

if TYPE_CHECKING:
    from si_lod.engine.deadline import Deadline
    from si_lod.engine.evaluation import QueryRequest

_START_SECONDS: Final = 20.0
_QUICK_SECONDS: Final = 0.25
"""How long a query computes like everything else; after that, what is quick goes before it."""
_NICENESS: Final = 10
"""The priority of a query that is not quick: about a tenth of a quick one's share, so that it still comes to an end."""
_LAST_WORDS: Final = 500
_GRACE: Final = 0.2
"""Seconds for an answer that has begun to come."""


def _process(link: int, words: int, store: Path, memory: int) -> subprocess.Popen[bytes]:
    arguments = (str(store), str(link), str(os.getpid()), str(memory))
    return subprocess.Popen(  # noqa: S603  our own interpreter and module
        [sys.executable, "-P", "-S", "-m", "si_lod.engine.worker", *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=words,
        pass_fds=[link],
        cwd="/",
        env={"PYTHONPATH": os.pathsep.join(sys.path), "RUST_BACKTRACE": "0"},
    )


@dataclass(slots=True)
class Evaluator:
    """A process with the store of one release open; used by one thread at a time."""

    store: Path
    process: subprocess.Popen[bytes]
    link: socket.socket
    words: int
    """An open file in memory, where the process writes what it has to say to whoever runs it."""
    missing: tuple[str, ...] = ()
    is_spent: bool = False
    last_words: str = ""

    @classmethod
    def start(cls, store: Path, memory: int) -> Evaluator:
        """Return a process that is ready; raises OperatorError if none can be had.

        The process ends with the thread that calls this, so call it in one that lives as long as it is needed. It
        gets no variable of the environment but where Python's modules are, and no open file but its link.
        """
        ours, theirs = socket.socketpair()
        words = os.memfd_create("words")
        try:
            process = _process(theirs.fileno(), words, store, memory)
        except OSError as error:
            ours.close()
            os.close(words)
            raise OperatorError(told("a process that evaluates queries did not start: {words}", words=error)) from None
        finally:
            theirs.close()
        started = cls(store, process, ours, words)
        started.await_readiness()
        return started

    def await_readiness(self) -> None:
        """Return when the process has the store open; raises OperatorError if it ends or takes too long."""
        try:
            self.link.settimeout(_START_SECONDS)
            self.missing = tuple(receive(self.link)[0].head["missing"])
        except (EOFError, OSError):
            self.end()
            message = told("a process that evaluates queries did not start: {words}", words=self.last_words)
            raise OperatorError(message) from None

    def ask(self, request: QueryRequest, deadline: Deadline, most: int) -> Answer:
        """Return the whole answer, had before the deadline and no larger than so many bytes.

        Raises what the query is refused for, Overdue, TooLarge, or Busy if the process was ended from outside. When
        ``is_spent`` afterwards, it is to be ended.
        """
        file = cast("BinaryIO", tempfile.TemporaryFile())  # noqa: SIM115  the answer may keep it
        kept = False
        try:
            reply = self._replied(request, deadline, most, file.fileno())
            small = len(reply.body) == reply.head["size"]
            kept = not small
            return Answer(request.format.media_type, reply.body if small else Spooled(file, reply.head["size"]))
        finally:
            if not kept:
                file.close()

    def _replied(self, request: QueryRequest, deadline: Deadline, most: int, file: int) -> Message:
        head = request_head(request) | {"seconds": deadline.left(), "bytes": most}
        self.is_spent = True  # until it has answered, and well
        try:
            self.link.settimeout(deadline.left())
            Message(head).send(self.link, file)
            was_quick = self._wait(deadline)
            self.link.settimeout(deadline.left() + _GRACE)
            reply, _ = receive(self.link)
        except TimeoutError:
            self.end()
            raise deadline.overdue() from None
        except (EOFError, OSError):
            raise self._why_it_ended(deadline) from None
        self.is_spent = bool(reply.head["last"]) or not was_quick
        if "error" in reply.head:
            raise error_of(reply.head)
        return reply

    def _wait(self, deadline: Deadline) -> bool:
        """Return when there is something to read, whether it was soon; raises TimeoutError if there is nothing."""
        answered = select.poll()
        answered.register(self.link, select.POLLIN)
        if answered.poll(1000 * min(_QUICK_SECONDS, deadline.left())):
            return True
        self._step_back()
        if not answered.poll(1000 * deadline.left()):
            raise TimeoutError
        return False

    def _step_back(self) -> None:
        """Let others go first; an unprivileged server cannot undo it."""
        with suppress(OSError):
            for thread in Path(f"/proc/{self.process.pid}/task").iterdir():
                os.setpriority(os.PRIO_PROCESS, int(thread.name), _NICENESS)

    def _why_it_ended(self, deadline: Deadline) -> ClientError:
        """Return what is said of the query during which the process ended by itself."""
        status = self.end()
        if status in {-signal.SIGALRM, -signal.SIGXCPU}:
            return deadline.overdue()
        if status in {-signal.SIGSEGV, -signal.SIGBUS}:
            return InvalidQuery(told("the query is nested too deep to be evaluated; take it apart"))
        if status == -signal.SIGABRT and "memory allocation" in self.last_words:
            return out_of_memory()
        return Busy(told("the evaluation of the query was ended from outside; try again"), retry_after=1)

    def end(self) -> int:
        """End the process, whatever it does, and return its exit status: the negative signal, if one ended it."""
        if self.link.fileno() >= 0:
            self.link.close()
            if self.process.poll() is None:
                self.process.kill()
            self.process.wait()
            start = max(0, os.fstat(self.words).st_size - _LAST_WORDS)
            self.last_words = os.pread(self.words, _LAST_WORDS, start).decode(errors="replace").strip()
            os.close(self.words)
        return self.process.wait()
