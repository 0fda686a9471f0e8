"""The application asked in a thread, with what is wrong with the request already known."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from si_lod.errors import TooSlow
from si_lod.sentences import LANGUAGES, told
from si_lod.serve.problems.trouble import Trouble
from si_lod.serve.transport.answer import Answer, ask
from si_lod.serve.transport.environ import environ_of, raw_path
from si_lod.serve.transport.lanes import Busy, Lanes, lane_of
from si_lod.serve.transport.limits import MOST_CONTENT, content_of
from si_lod.serve.transport.negotiation import choose_language
from si_lod.serve.transport.note import Note

if TYPE_CHECKING:
    from collections.abc import Mapping

    from _typeshed.wsgi import WSGIApplication, WSGIEnvironment

    from si_lod.errors import ClientError
    from si_lod.serve.transport.limits import Receive

    Scope = Mapping[str, Any]

FAULT: Final = "si_lod.fault"
"""Where the environment has what is wrong with the request's measures, for the application to say so."""
REQUEST: Final = "si_lod.request"
"""Where the environment has the identifier that the request has in the log."""
_LOG: Final = logging.getLogger(__name__)
_BUSY: Final = Trouble(
    503, told("too many requests wait here; come again in a moment"), headers=(("Retry-After", "2"),)
)


@dataclass(frozen=True, slots=True)
class Asking:
    """The application, and the lanes in which it is asked."""

    app: WSGIApplication
    lanes: Lanes = field(default_factory=Lanes)

    async def answer(self, scope: Scope, receive: Receive, identifier: str, fault: ClientError | None) -> Answer:
        """Return the application's answer, which tells the ``fault`` if there is one, or that it cannot be asked."""
        content: bytes | None = b""
        if fault is None and scope["method"] == "POST":
            try:
                content = await content_of(receive)
            except TooSlow as error:
                fault = error
        environ = environ_of(scope, content or b"") | {REQUEST: identifier, FAULT: fault}
        if content is None:
            # The application refuses it by its length, if the route would have read it at all.
            environ["CONTENT_LENGTH"] = str(MOST_CONTENT + 1)
        lane = lane_of(raw_path(scope))
        try:
            return await self.lanes[lane].run(partial(ask, self.app, environ))
        except Busy:
            return _plain(_BUSY, environ, route=f"{lane}-full")
        except Exception as error:  # noqa: BLE001  whatever it is, the client gets an answer and the operator the cause
            _LOG.error("error %s at %s %s", identifier, scope["method"], raw_path(scope), exc_info=error)
            detail = told(
                "something went wrong here; whoever runs this service finds it in the log as {identifier}",
                identifier=identifier,
            )
            return _plain(Trouble(500, detail), environ)


def _plain(trouble: Trouble, environ: WSGIEnvironment, route: str = "") -> Answer:
    """Return an error as text, made without the application; ``route`` is what it is counted as."""
    language = choose_language(environ.get("HTTP_ACCEPT_LANGUAGE", ""), LANGUAGES)
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
