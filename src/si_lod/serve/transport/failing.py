"""Answers that are made without the application: that something went wrong here, or that too many ask."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from si_lod.sentences import LANGUAGES, told
from si_lod.serve.problems.trouble import Trouble
from si_lod.serve.transport.answer import Answer
from si_lod.serve.transport.negotiation import choose_language
from si_lod.serve.transport.note import Note

if TYPE_CHECKING:
    from collections.abc import Mapping

    Scope = Mapping[str, Any]

_LOG: Final = logging.getLogger(__name__)
_BUSY: Final = Trouble(
    503, told("too many requests wait here; come again in a moment"), headers=(("Retry-After", "2"),)
)


def busy(scope: Scope, lane: str) -> Answer:
    """Return that the lane has no room, which is counted as a route of its own."""
    return _plain(_BUSY, scope, route=f"{lane}-full")


def failed(scope: Scope, identifier: str, error: Exception) -> Answer:
    """Return that something went wrong; the log has the cause by the identifier that the client gets."""
    _LOG.error("error %s at %s %r", identifier, scope["method"], scope["raw_path"], exc_info=error)
    detail = told(
        "something went wrong here; whoever runs this service finds it in the log as {identifier}",
        identifier=identifier,
    )
    return _plain(Trouble(500, detail), scope)


def _plain(trouble: Trouble, scope: Scope, route: str = "") -> Answer:
    """Return an error as text; ``route`` is what it is counted as."""
    wanted = b",".join(value for name, value in scope["headers"] if name == b"accept-language")
    language = choose_language(wanted.decode("latin-1"), LANGUAGES)
    content = replace(trouble, language=language).text().encode()
    headers = {
        "content-type": "text/plain; charset=utf-8",
        "content-language": language,
        "vary": "Accept-Language",
        "content-length": str(len(content)),
        "cache-control": "no-store",
        "access-control-allow-origin": "*",
        "x-content-type-options": "nosniff",
        **{name.lower(): value for name, value in trouble.headers},
    }
    lines = [(name.encode(), value.encode()) for name, value in headers.items()]
    return Answer(trouble.status, lines, content, note=Note(route))
