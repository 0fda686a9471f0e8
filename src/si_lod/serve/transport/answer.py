"""The application's answer to one request: its beginning, and its content or where the rest of it comes from."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from si_lod.serve.transport.note import NOTE, Note

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from _typeshed import OptExcInfo
    from _typeshed.wsgi import WSGIApplication, WSGIEnvironment

Headers = list[tuple[bytes, bytes]]

_AT_ONCE: Final = 1024 * 1024
"""Bytes of content that are taken from the application in one go."""
_PIECE: Final = 64 * 1024
"""Bytes of longer content that are sent at once, at least."""


@dataclass(slots=True)
class Answer:
    """``rest`` is None when ``content`` is all there is; else it is to be read until it ends, then closed."""

    status: int
    headers: Headers
    content: bytes = b""
    rest: Iterable[bytes] | None = None
    note: Note = field(default_factory=Note)

    def header(self, name: bytes) -> bytes:
        """Return the value of the header of that name (in lower case), or nothing."""
        return next((value for key, value in self.headers if key == name), b"")

    def with_header(self, name: bytes, value: bytes) -> Answer:
        """Return this answer with one more header."""
        return replace(self, headers=[*self.headers, (name, value)])

    def pieces(self) -> Iterator[bytes]:
        """Yield the rest in pieces of some size."""
        held = bytearray()
        for chunk in self.rest or ():
            held += chunk
            if len(held) >= _PIECE:
                yield bytes(held)
                held.clear()
        if held:
            yield bytes(held)

    def close(self) -> None:
        """Let go of whatever the rest is read from."""
        getattr(self.rest, "close", lambda: None)()


def ask(app: WSGIApplication, environ: WSGIEnvironment) -> Answer:
    """Return what the application answers (PEP 3333); content of no great length is read to its end."""
    answer = Answer(500, [], note=Note())

    def start_response(
        status: str, headers: list[tuple[str, str]], _: OptExcInfo | None = None
    ) -> Callable[[bytes], object]:
        answer.status = int(status.partition(" ")[0])
        # The server tells the date when it sends the answer, which may be kept until then.
        sent = ((name.lower(), value) for name, value in headers if name.lower() != "date")
        answer.headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in sent]
        return _refuse

    rest = app({**environ, NOTE: answer.note}, start_response)
    answer.rest = rest
    length = answer.header(b"content-length")
    is_bare = environ["REQUEST_METHOD"] == "HEAD" or answer.status in {204, 304}
    if is_bare or (length.isdigit() and int(length) <= _AT_ONCE):
        try:
            answer.content = b"" if is_bare else b"".join(rest)
        finally:
            answer.close()
            answer.rest = None
    return answer


def _refuse(data: bytes, /) -> object:
    """Stand for the imperative way to send content (PEP 3333), which nothing here uses."""
    raise NotImplementedError(f"{len(data)} bytes written past the application's result")
