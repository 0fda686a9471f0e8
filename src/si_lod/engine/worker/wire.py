"""What a server's process and an evaluating one say to each other: a head in JSON, then bytes (nothing is executed).

::

    server ──▶ request: query, dataset, format, seconds, bytes; the file to spool to comes along
           ◀── answer:  its size, and its bytes if they are few; or the error, in the words of ``si_lod.errors``
"""

from __future__ import annotations

import json
import socket
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from pyoxigraph import QueryResultsFormat, RdfFormat

from si_lod import errors
from si_lod.engine.evaluation import Form, Query, QueryRequest
from si_lod.sentences import Sentence

if TYPE_CHECKING:
    from si_lod.engine.evaluation import Asker
    from si_lod.errors import ClientError

_LENGTHS: Final = struct.Struct("!II")
_TOLD: Final = "sentence"
LONG: Final = 4_000
"""Characters of a query beyond which it is judged, and its mistakes explained, in the evaluating process."""


@dataclass(frozen=True, slots=True)
class Message:
    """A head, and the bytes that follow it."""

    head: dict[str, Any]
    body: bytes = b""

    def send(self, link: socket.socket, *files: int) -> None:
        """Send this message and descriptors of open files; raises OSError if nobody is there."""
        head = json.dumps(self.head).encode()
        lengths = _LENGTHS.pack(len(head), len(self.body))
        if files:
            socket.send_fds(link, [lengths], files)
            link.sendall(head + self.body)
        else:
            link.sendall(lengths + head + self.body)


def receive(link: socket.socket, files: int = 0) -> tuple[Message, list[int]]:
    """Return the next message and the descriptors that came with it; raises EOFError if the other side is gone."""
    lengths = b""
    descriptors: list[int] = []
    if files:
        lengths, descriptors, _, _ = socket.recv_fds(link, _LENGTHS.size, files)
    lengths += _exactly(link, _LENGTHS.size - len(lengths))
    head, body = _LENGTHS.unpack(lengths)
    return Message(json.loads(_exactly(link, head)), _exactly(link, body)), descriptors


def _exactly(link: socket.socket, size: int) -> bytes:
    parts = bytearray()
    while len(parts) < size:
        part = link.recv(min(size - len(parts), 1 << 20))
        if not part:
            raise EOFError
        parts += part
    return bytes(parts)


def text_head(text: str, asker: Asker) -> dict[str, Any]:
    """Return a text to be judged as JSON can hold it."""
    return {"judge": text, "prefixes": dict(asker.prefixes)}


def query_head(query: Query) -> dict[str, Any]:
    """Return what is known of a query besides its text as JSON can hold it."""
    return {"plain": query.plain, "form": query.form, "graphs": query.graphs, "repeatable": query.repeatable}


def query_of(text: str, head: dict[str, Any]) -> Query:
    """Return the query of that text, the inverse of ``query_head``."""
    return Query(text, head["plain"], Form(head["form"]), tuple(head["graphs"]), repeatable=head["repeatable"])


def request_head(request: QueryRequest) -> dict[str, Any]:
    """Return the request as JSON can hold it, with the prefixes that the asker may have meant."""
    return {
        "prefixes": dict(request.asker.prefixes),
        "text": request.query.text,
        **query_head(request.query),
        "format": request.format.media_type,
        "default": request.default_graphs,
        "named": request.named_graphs,
    }


def request_of(head: dict[str, Any]) -> QueryRequest:
    """Return the request that the head holds, the inverse of ``request_head``."""
    query = query_of(head["text"], head)
    known = RdfFormat if query.form.is_graph else QueryResultsFormat
    format_ = known.from_media_type(head["format"])
    if format_ is None:
        raise ValueError(head["format"])
    return QueryRequest(query, format_, tuple(head["default"]), tuple(head["named"]))


def error_head(error: ClientError) -> dict[str, Any]:
    """Return the error as JSON can hold it: its class, its message and what else it was made with."""
    said = error.args[0] if error.args else ""
    return {"error": type(error).__name__, "message": _pack(said), "with": _pack(vars(error))}


def error_of(head: dict[str, Any]) -> ClientError:
    """Return the error that the head holds, the inverse of ``error_head``."""
    kind = getattr(errors, head["error"])
    if not issubclass(kind, errors.ClientError):
        raise TypeError(head["error"])
    found: ClientError = kind(_unpack(head["message"]), **_unpack(head["with"]))
    return found


def _pack(value: object) -> object:
    """Return the value with sentences as what they were made of, so that they can be said in another language."""
    if isinstance(value, Sentence):
        return {_TOLD: [value.template, _pack(value.values), value.many, value.number]}
    if isinstance(value, dict):
        return {name: _pack(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_pack(inner) for inner in value]
    return value if isinstance(value, str | int | float | bool | None) else str(value)


def _unpack(value: object) -> Any:
    if isinstance(value, dict) and set(value) == {_TOLD}:
        template, values, many, number = value[_TOLD]
        return Sentence.of(template, _unpack(values), many=many, number=number)
    if isinstance(value, dict):
        return {name: _unpack(inner) for name, inner in value.items()}
    return tuple(map(_unpack, value)) if isinstance(value, list) else value
