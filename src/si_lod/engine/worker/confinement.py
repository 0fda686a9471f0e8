"""What an evaluating process gives up before it sees a query: its parent's survival, the network, files, privileges.

Each is tried; the names of those that the system does not permit are returned, so that whoever started the process
can say so. Nothing here can be taken back.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from si_lod.engine.worker.landlock import restrict_to

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_PARENT_DEATH_SIGNAL: Final = 1
_NO_NEW_PRIVILEGES: Final = 38
_NEW_NETWORK: Final = 0x4000_0000
_NEW_USER: Final = 0x1000_0000
_NOBODY: Final = 65_534
_OPEN_FILES: Final = 1024


def confine(folder: Path, parent: int) -> list[str]:
    """Give up all but reading below ``folder`` and what is open; return what could not be given up.

    The process ends with the thread that started it, and now if ``parent`` is no longer its parent. To be called
    while there is one thread.
    """
    missing = []
    alone = _try(_leave_network, _NEW_NETWORK) if os.geteuid() == 0 else False
    if os.geteuid() == 0 and not (_try(_become_nobody, folder) or _try(_lose_capabilities, folder)):
        missing.append("privileges")
    if not alone and not leave_network():
        missing.append("network")
    _control(_NO_NEW_PRIVILEGES, 1)
    if not _try(restrict_to, folder):
        missing.append("files")
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _limit_open_files()
    end_with_parent(parent)
    return missing


def end_with_parent(parent: int) -> None:
    """Ask for a signal when the parent ends. A change of user forgets it, so this comes last."""
    _control(_PARENT_DEATH_SIGNAL, signal.SIGKILL)
    if os.getppid() != parent:
        sys.exit()


def leave_network() -> bool:
    """Go where there is no network, as whoever has no privileges may; return whether the system permits it."""
    return _try(_leave_network, _NEW_NETWORK | _NEW_USER)


def _leave_network(spaces: int) -> None:
    """Go where there is no network, not even this machine's own (``man 7 network_namespaces``)."""
    _unshare(spaces)


def _become_nobody(folder: Path) -> None:
    """Become who may write nothing; raises OSError if that one cannot read the store."""
    os.setgroups([])
    with _as_nobody():
        for entry in os.scandir(folder):
            if not os.access(entry, os.R_OK, effective_ids=True):
                raise PermissionError(entry.path)
    os.setresgid(_NOBODY, _NOBODY, _NOBODY)
    os.setresuid(_NOBODY, _NOBODY, _NOBODY)


def _lose_capabilities(folder: Path) -> None:
    """Stay the superuser in name only (``man 7 user_namespaces``); raises OSError if the store is another user's."""
    if folder.stat().st_uid != os.geteuid():
        raise PermissionError(folder)
    _unshare(_NEW_USER)


def _unshare(spaces: int) -> None:
    if _libc().unshare(spaces) < 0:
        raise OSError(ctypes.get_errno(), "unshare")


@contextmanager
def _as_nobody() -> Iterator[None]:
    try:
        os.setegid(_NOBODY)
        os.seteuid(_NOBODY)
        yield
    finally:
        os.seteuid(0)
        os.setegid(0)


def _limit_open_files() -> None:
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    most = _OPEN_FILES if hard == resource.RLIM_INFINITY else min(_OPEN_FILES, hard)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def _control(option: int, value: int) -> None:
    _libc().prctl(option, value, 0, 0, 0)


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _try(give_up: object, *arguments: object) -> bool:
    try:
        give_up(*arguments)  # type: ignore[operator]
    except (OSError, AttributeError):
        return False
    return True
