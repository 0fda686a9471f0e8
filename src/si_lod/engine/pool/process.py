"""One evaluating process as the system sees it: how it is started and ended."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Self

from si_lod.engine.pool.place import Place
from si_lod.errors import OperatorError
from si_lod.seals import identity_of
from si_lod.sentences import told

if TYPE_CHECKING:
    from pathlib import Path

    from si_lod.seals import Identity

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
    place: Place
    """Where among the service's processes this one computes."""
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
                words = _closing(begun, os.memfd_create("words"))
                heard, orders = (_closing(begun, end) for end in os.pipe())
                popen = _popen([theirs.fileno(), heard], words, store, memory)
            except OSError as error:
                message = told("a process that evaluates queries did not start: {words}", words=error)
                raise OperatorError(message) from None
            begun.pop_all()
        theirs.close()
        os.close(heard)
        return cls(popen, ours, store, identity, words, Place(popen.pid, orders))

    @property
    def has_ended(self) -> bool:
        """Whether the process is no more."""
        return self.popen.poll() is not None

    @property
    def is_of_use(self) -> bool:
        """Whether the process is there, and its store still the one in the folder."""
        return not self.has_ended and identity_of(self.store) in {None, self.identity}

    def kill(self) -> None:
        """Have the process end soon, whatever it does, and do not wait for it.

        It computes for as long as it takes to give its memory back, and steps forward for that where it may.
        """
        if self.popen.poll() is None:
            with suppress(PermissionError):  # it has another user; then it ends by itself, when its link is closed
                self.popen.kill()
            self.place.ending()

    def end(self) -> int:
        """End the process, whatever it does, and return its exit status: the negative signal, if one ended it."""
        if self.link.fileno() >= 0:
            self.link.close()
            self.kill()
            self.popen.wait()
            start = max(0, os.fstat(self.words).st_size - _LAST_WORDS)
            self.last_words = os.pread(self.words, _LAST_WORDS, start).decode(errors="replace").strip()
            os.close(self.words)
            os.close(self.place.orders)
        return self.popen.wait()


def cause(status: int) -> str:
    """Return what ended a process by its exit status, as the system names it; not every signal has a name."""
    if status >= 0:
        return f"exit status {status}"
    return signal.Signals(-status).name if -status in set(signal.Signals) else f"signal {-status}"


def _closing(begun: ExitStack, file: int) -> int:
    """Return the open file, which is closed if what was begun fails."""
    begun.callback(os.close, file)
    return file


def _popen(files: list[int], words: int, store: Path, memory: int) -> subprocess.Popen[bytes]:
    arguments = (str(store), *map(str, files), str(os.getpid()), str(memory))
    return subprocess.Popen(  # noqa: S603  our own interpreter and module
        [sys.executable, "-P", "-S", "-m", "si_lod.engine.worker", *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=words,
        pass_fds=files,
        process_group=0,
        cwd="/",
        env={"PYTHONPATH": os.pathsep.join(sys.path), "RUST_BACKTRACE": "0"},
    )
