"""Content that is in a file and goes out in pieces, so that memory does not grow with it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from http import HTTPStatus
from tempfile import SpooledTemporaryFile
from typing import IO, TYPE_CHECKING, Final, Self

from flask import request
from pyoxigraph import serialize

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from flask import Response
    from pyoxigraph import RdfFormat, Triple

_PIECE: Final = 64 * 1024
_IN_MEMORY: Final = 1024 * 1024
"""How many bytes are put aside in memory before they go to a file."""


@dataclass(frozen=True, slots=True)
class Stored:
    """The content of a file that ``open_`` gives, to be closed once it is read; ``size`` is known before that."""

    size: int
    open_: Callable[[], IO[bytes]]

    @classmethod
    def at(cls, path: Path) -> Self:
        """Return the content of the file at ``path``."""
        return cls(path.stat().st_size, lambda: path.open("rb"))

    @classmethod
    def of_lines(cls, lines: Iterable[bytes]) -> Self:
        """Return the lines, put aside in a file that is gone when it is closed."""
        file = _aside()
        file.writelines(lines)
        return cls._of(file)

    @classmethod
    def written(cls, triples: Iterable[Triple], syntax: RdfFormat, prefixes: Mapping[str, str]) -> Self:
        """Return the triples in ``syntax``, put aside like that."""
        file = _aside()
        serialize(triples, file, format=syntax, prefixes=dict(prefixes))
        return cls._of(file)

    @classmethod
    def _of(cls, file: IO[bytes]) -> Self:
        size = file.seek(0, os.SEEK_END)
        file.seek(0)
        return cls(size, lambda: file)

    def send_in(self, response: Response) -> None:
        """Make this the content of the response, unless that turned out to have none (RFC 9110 §13.2)."""
        if response.status_code == HTTPStatus.OK:
            response.response = self._pieces()
            response.content_length = self.size
            response.headers.pop("Content-Encoding", None)
        if response.status_code != HTTPStatus.OK or request.method == "HEAD":
            self.open_().close()

    def _pieces(self) -> Iterator[bytes]:
        with self.open_() as file:
            while piece := file.read(_PIECE):
                yield piece


def _aside() -> IO[bytes]:
    return SpooledTemporaryFile(_IN_MEMORY)
