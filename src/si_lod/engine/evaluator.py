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
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, BinaryIO, Final, cast

from si_lod.engine.evaluation import Answer
from si_lod.engine.spool import Spooled, out_of_memory
from si_lod.engine.wire import Message, error_of, receive, request_head
from si_lod.errors import Busy, ClientError, InvalidQuery, OperatorError, Overdue
from si_lod.sentences import told

if TYPE_CHECKING:
    from si_lod.engine.evaluation import QueryRequest

_START_SECONDS: Final = 20.0
_QUICK_SECONDS: Final = 0.25
"""How long a query may compute as if it were alone; after that it computes when nobody else does."""
_LAST_WORDS: Final = 500


@dataclass(slots=True)
class Evaluator:
    """A process with the store of one release open; used by one thread at a time."""

    store: Path
    process: subprocess.Popen[bytes]
    link: socket.socket
    words: BinaryIO
    missing: tuple[str, ...] = ()
    is_spent: bool = field(default=False)

    @classmethod
    def start(cls, store: Path, memory: int) -> Evaluator:
        """Return a process that is ready; raises OperatorError if none can be had.

        The process ends with the thread that calls this, so call it in one that lives as long as it is needed. It
        gets no variable of the environment but where Python's modules are, and no open file but its link.
        """
        ours, theirs = socket.socketpair()
        words = cast("BinaryIO", tempfile.TemporaryFile())  # noqa: SIM115  it lives as long as the process
        arguments = (str(store), str(theirs.fileno()), str(os.getpid()), str(memory))
        try:
            process = subprocess.Popen(  # noqa: S603  our own interpreter and module
                [sys.executable, "-P", "-S", "-m", "si_lod.engine.worker", *arguments],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=words,
                pass_fds=[theirs.fileno()],
                cwd="/",
                env={"PYTHONPATH": os.pathsep.join(sys.path), "RUST_BACKTRACE": "0"},
            )
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
            message = told("a process that evaluates queries did not start: {words}", words=self.last_words())
            raise OperatorError(message) from None

    def ask(self, request: QueryRequest, seconds: float, most: int) -> Answer:
        """Return the whole answer, had within so many seconds and no larger than so many bytes.

        Raises what the query is refused for, Overdue, TooLarge, or Busy if the process was ended from outside. When
        ``is_spent`` afterwards, it is to be ended.
        """
        file = cast("BinaryIO", tempfile.TemporaryFile())  # noqa: SIM115  the answer keeps it
        head = request_head(request) | {"seconds": seconds, "bytes": most}
        until = monotonic() + seconds
        self.is_spent = True  # until it has answered, and well
        try:
            self.link.settimeout(seconds)
            Message(head).send(self.link, file.fileno())
            was_quick = self._wait(until)
            self.link.settimeout(max(0.1, until - monotonic()))
            reply, _ = receive(self.link)
        except TimeoutError:
            self.end()
            raise _overdue(seconds) from None
        except (EOFError, OSError):
            raise self._why_it_ended(seconds) from None
        self.is_spent = bool(reply.head["last"]) or not was_quick
        if "error" in reply.head:
            raise error_of(reply.head)
        size = reply.head["size"]
        return Answer(request.format.media_type, reply.body if len(reply.body) == size else Spooled(file, size))

    def _wait(self, until: float) -> bool:
        """Return when there is something to read, whether it was soon; raises TimeoutError if there is nothing."""
        answered = select.poll()
        answered.register(self.link, select.POLLIN)
        if answered.poll(1000 * min(_QUICK_SECONDS, max(0.0, until - monotonic()))):
            return True
        self._step_back()
        if not answered.poll(1000 * max(0.0, until - monotonic())):
            raise TimeoutError
        return False

    def _step_back(self) -> None:
        """Let the process compute only when no other wants to; an unprivileged server can't undo it."""
        with suppress(OSError):
            for thread in Path(f"/proc/{self.process.pid}/task").iterdir():
                os.sched_setscheduler(int(thread.name), os.SCHED_IDLE, os.sched_param(0))

    def _why_it_ended(self, seconds: float) -> ClientError:
        """Return what is said of the query during which the process ended by itself."""
        status = self.end()
        if status in {-signal.SIGALRM, -signal.SIGXCPU}:
            return _overdue(seconds)
        if status in {-signal.SIGSEGV, -signal.SIGBUS}:
            return InvalidQuery(told("the query is nested too deep to be evaluated; take it apart"))
        if status == -signal.SIGABRT and b"memory allocation" in self._written():
            return out_of_memory()
        return Busy(told("the evaluation of the query was ended from outside; try again"), retry_after=1)

    def end(self) -> int:
        """End the process, whatever it does, and return its exit status: the negative signal, if one ended it."""
        self.link.close()
        if self.process.poll() is None:
            self.process.kill()
        return self.process.wait()

    def last_words(self) -> str:
        """Return the end of what the process wrote for whoever runs it."""
        return self._written()[-_LAST_WORDS:].decode(errors="replace").strip()

    def _written(self) -> bytes:
        return os.pread(self.words.fileno(), 1 << 16, 0)


def _overdue(seconds: float) -> Overdue:
    return Overdue(
        told(
            "the query took longer than {seconds:g} seconds, so its evaluation was ended and nothing is sent; "
            "ask for less at a time",
            seconds=seconds,
        )
    )
