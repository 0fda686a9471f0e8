"""An evaluating process: it opens one store, gives up what it does not need, and answers one query after another.

It is started by ``process`` as ``python -m si_lod.engine.worker STORE LINK ORDERS PARENT MEMORY`` and knows no
network and no client. Whatever a query does to it, only that query has no answer. Whatever it may ever import or read
is loaded before it gives up the file system.
"""

from __future__ import annotations

import os
import resource
import select
import signal
import socket
import sys
import threading
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final, NoReturn, cast

from pyoxigraph import Store

from si_lod.engine.diagnosis import explaining
from si_lod.engine.diagnosis.stopping.grammar import grammar_text
from si_lod.engine.policy.admission import admit
from si_lod.engine.policy.standard import refuse_extensions
from si_lod.engine.spool import Spool, out_of_memory
from si_lod.engine.store.local import evaluate
from si_lod.engine.store.stack import STACK
from si_lod.engine.worker.confinement import confine
from si_lod.engine.worker.order import Order
from si_lod.engine.worker.wire import LONG, Message, error_head, query_head, receive, request_of
from si_lod.errors import ClientError, StoreFailed

_GRACE: Final = 0.5
"""Seconds after the deadline at which a process ends that nobody has ended."""
_KEEPS: Final = 64 * 1024 * 1024
"""How much more memory than at the start a process may keep after an answer, before another takes its place."""


@dataclass(frozen=True, slots=True)
class Worker:
    """The process's one store, its link to the server's process, and the kernel's figures of its memory."""

    store: Store
    link: socket.socket
    figures: int

    def serve(self, memory: int, missing: list[str]) -> None:
        """Answer until nobody asks any more, each query with at most ``memory`` bytes more than now."""
        at_first = self._memory()
        resource.setrlimit(resource.RLIMIT_DATA, (at_first + memory, at_first + memory))
        try:
            Message({"missing": missing, "thread": threading.get_native_id()}).send(self.link)
            while True:
                message, (file,) = receive(self.link, 1)
                reply = self._answer(message, file)
                os.close(file)
                last = self._memory() > at_first + _KEEPS
                Message(reply.head | {"last": last}, reply.body).send(self.link)
        except (EOFError, OSError):
            os._exit(0)
        finally:
            os._exit(1)

    def _answer(self, message: Message, file: int) -> Message:
        head = message.head
        _bound(head["seconds"], head["bytes"])
        try:
            return _judge(head) if "judge" in head else self._evaluate(head, Spool(file, head["bytes"]))
        except ClientError as error:
            return Message(error_head(error))
        except StoreFailed as error:
            return Message({"fault": str(error)})
        except MemoryError:
            return Message(error_head(out_of_memory()))
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)

    def _evaluate(self, head: dict[str, Any], spool: Spool) -> Message:
        text = head["text"]
        with explaining(text, head["prefixes"]) if len(text) > LONG else nullcontext():
            evaluate(self.store, request_of(head), cast("BinaryIO", spool))
        return Message({"size": spool.size}, bytes(spool.kept))

    def _memory(self) -> int:
        """Return the bytes of private memory that this process has asked for (``statm`` in ``man 5 proc``)."""
        return int(os.pread(self.figures, 200, 0).split()[5]) * resource.getpagesize()


def _judge(head: dict[str, Any]) -> Message:
    text, prefixes = head["judge"], head["prefixes"]
    with explaining(text, prefixes):
        query = admit(text)
    if head["standard"]:
        refuse_extensions(text, prefixes)
    return Message({"query": query_head(query)})


def _bound(seconds: float, most: int) -> None:
    """Have the kernel end this process when it is late, in time or in computing, should nobody else do."""
    signal.setitimer(signal.ITIMER_REAL, seconds + _GRACE)
    spent = resource.getrusage(resource.RUSAGE_SELF)
    _limit(resource.RLIMIT_CPU, int(spent.ru_utime + spent.ru_stime + seconds) + 2)
    _limit(resource.RLIMIT_FSIZE, most)


def _limit(what: int, most: int) -> None:
    """Set a limit that can be raised again, as far as the system lets it be raised."""
    hard = resource.getrlimit(what)[1]
    resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def main() -> None:
    """Answer until the other side of the link is gone, which ends this process also while it evaluates."""
    signal.pthread_sigmask(signal.SIG_SETMASK, ())  # whatever the thread that started this one keeps back
    store, link, orders, parent, memory = sys.argv[1:]
    other = socket.socket(fileno=int(link))
    grammar_text()
    figures = os.open("/proc/self/statm", os.O_RDONLY)
    missing = confine(Path(store), int(parent))
    try:
        worker = Worker(Store.read_only(store), other, figures)
    except (OSError, RuntimeError) as error:
        sys.exit(f"{store}: the store cannot be opened: {error}")
    threading.stack_size(STACK)
    serving = threading.Thread(target=worker.serve, args=(int(memory), missing), daemon=True)
    serving.start()
    _obey(int(orders), other, threading.get_native_id(), serving.native_id or 0)


def _obey(orders: int, link: socket.socket, *threads: int) -> NoReturn:
    """Do what is told of these threads' place, until the other side of the link is gone."""
    heard = select.poll()
    heard.register(link, select.POLLRDHUP)
    heard.register(orders, select.POLLIN)
    with open(orders, "rb", buffering=0) as lines:
        while [(orders, select.POLLIN)] == heard.poll():
            for line in lines.read(select.PIPE_BUF).splitlines():
                Order.of(line).obey(*threads)
    os._exit(0)


if __name__ == "__main__":
    main()
