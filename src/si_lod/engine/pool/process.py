"""One evaluating process as the system sees it: how it is started, put back behind others, and ended."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Self

from si_lod.errors import OperatorError
from si_lod.seals import identity_of
from si_lod.sentences import told

if TYPE_CHECKING:
    from pathlib import Path

    from si_lod.seals import Identity

_NICENESS: Final = 19
"""The priority of a query that is not quick: the last."""
_ENDING: Final = 10
"""The priority of a process that gives its memory back: about a tenth of a quick one's share."""
_LAST_WORDS: Final = 500


@dataclass(slots=True)
class Process:
    """A process that runs ``worker``; ``link`` is how it is spoken to."""

    popen: subprocess.Popen[bytes]
    link: socket.socket
    store: Path
    identity: Identity | None
    """Which store was in the folder when the process was started."""
    words: int
    """An open file in memory, where the process writes what it has to say to whoever runs it."""
    computing: int = 0
    """The thread that evaluates, once it is ready to."""
    last_words: str = ""
    """The end of that, when the process has ended."""

    @classmethod
    def start(cls, store: Path, memory: int) -> Self:
        """Return a new process; raises OperatorError if none can be had.

        It gets no variable of the environment but where Python's modules are, and no open file but its link.
        """
        identity = identity_of(store)
        with ExitStack() as begun:
            try:
                ours, theirs = map(begun.enter_context, socket.socketpair())
                words = os.memfd_create("words")
                begun.callback(os.close, words)
                popen = _popen(theirs.fileno(), words, store, memory)
            except OSError as error:
                message = told("a process that evaluates queries did not start: {words}", words=error)
                raise OperatorError(message) from None
            begun.pop_all()
        theirs.close()
        return cls(popen, ours, store, identity, words)

    @property
    def has_ended(self) -> bool:
        """Whether the process is no more."""
        return self.popen.poll() is not None

    @property
    def is_of_use(self) -> bool:
        """Whether the process is there, and its store still the one in the folder."""
        return not self.has_ended and identity_of(self.store) in {None, self.identity}

    def step_back(self) -> None:
        """Compute on what the service's other processes leave, and never on one of several processors.

        That one is for whoever is quick. Priority alone would not do: Linux (6.6 and later) has who wakes wait for the
        next tick behind whom it precedes, which is as long as a quick query. Of one processor only what nobody else
        wants is computed on (``SCHED_IDLE`` in ``man 7 sched``). An unprivileged server cannot undo it.
        """
        processors = sorted(os.sched_getaffinity(0))
        self._be_nice(_NICENESS)
        for thread in self._threads():
            with suppress(OSError):
                if processors[1:]:
                    os.sched_setaffinity(thread, processors[1:])
                else:
                    os.sched_setscheduler(thread, os.SCHED_IDLE, os.sched_param(0))

    def kill(self) -> None:
        """Have the process end soon, whatever it does, and do not wait for it.

        It computes for as long as it takes to give its memory back, and steps forward for that where it may.
        """
        if self.popen.poll() is None:
            self.popen.kill()
            for thread in self._threads():
                with suppress(OSError):
                    os.sched_setscheduler(thread, os.SCHED_OTHER, os.sched_param(0))
            self._be_nice(_ENDING)

    def end(self) -> int:
        """End the process, whatever it does, and return its exit status: the negative signal, if one ended it."""
        if self.link.fileno() >= 0:
            self.link.close()
            self.kill()
            self.popen.wait()
            start = max(0, os.fstat(self.words).st_size - _LAST_WORDS)
            self.last_words = os.pread(self.words, _LAST_WORDS, start).decode(errors="replace").strip()
            os.close(self.words)
        return self.popen.wait()

    def _be_nice(self, niceness: int) -> None:
        """Give all threads that priority, which only a privileged server may raise."""
        with suppress(OSError):
            os.setpriority(os.PRIO_PGRP, self.popen.pid, niceness)

    def _threads(self) -> set[int]:
        """Return the threads that compute: the first one, until it is ready, and then the one that evaluates.

        ``/proc`` is not asked for others: whoever waits for the end of a process takes apart what was asked there.
        """
        return {self.popen.pid, self.computing or self.popen.pid}


def _popen(link: int, words: int, store: Path, memory: int) -> subprocess.Popen[bytes]:
    arguments = (str(store), str(link), str(os.getpid()), str(memory))
    return subprocess.Popen(  # noqa: S603  our own interpreter and module
        [sys.executable, "-P", "-S", "-m", "si_lod.engine.worker", *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=words,
        pass_fds=[link],
        process_group=0,
        cwd="/",
        env={"PYTHONPATH": os.pathsep.join(sys.path), "RUST_BACKTRACE": "0"},
    )
