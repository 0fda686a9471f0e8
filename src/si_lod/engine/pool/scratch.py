"""The file that a result is kept in until it is whole."""

from __future__ import annotations

import errno
import logging
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final, cast

from si_lod.engine.spool import no_room
from si_lod.errors import Busy
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Callable

_LOG: Final = logging.getLogger(__name__)
_RETRY_AFTER: Final = 5
_FULL: Final = frozenset([errno.ENOSPC, errno.EDQUOT])


def scratch() -> BinaryIO:
    """Return a new file without a name; raises NoRoom on a full disk, Busy if there can be none for another reason.

    The log tells why.
    """
    return _opened(tempfile.TemporaryFile)


def nowhere() -> BinaryIO:
    """Return a file that keeps nothing; raises Busy as ``scratch`` does."""
    return _opened(lambda: Path(os.devnull).open("wb"))


def _opened(open_: Callable[[], object]) -> BinaryIO:
    try:
        return cast("BinaryIO", open_())
    except OSError as error:
        if error.errno in _FULL:
            raise no_room(error) from None
        _LOG.error("a result cannot be kept until it is whole: %s", error)
        message = told("there is no room to keep a result until it is whole; try again later")
        raise Busy(message, retry_after=_RETRY_AFTER) from None
