"""The application asked in a thread, with what is wrong with the request already known."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, Any, Final

from si_lod.errors import InvalidRequest, TooSlow
from si_lod.serve.transport.answer import Answer, ask
from si_lod.serve.transport.content import MOST, Room, content_of
from si_lod.serve.transport.environ import environ_of, raw_path
from si_lod.serve.transport.failing import busy, failed
from si_lod.serve.transport.lanes import Full, Lanes, Name, lane_of
from si_lod.serve.transport.note import BEGINNING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from _typeshed.wsgi import WSGIApplication, WSGIEnvironment

    from si_lod.errors import ClientError
    from si_lod.serve.transport.content import Receive

    Scope = Mapping[str, Any]

FAULT: Final = "si_lod.fault"
"""Where the environment has what is wrong with the request's measures, for the application to say so."""
CAME: Final = "si_lod.came"
"""Where the environment has when the request had come (``time.monotonic``), since it may wait for a thread."""
REQUEST: Final = "si_lod.request"
"""Where the environment has the identifier that the request has in the log."""


@dataclass(frozen=True, slots=True)
class Asking:
    """The application, the lanes in which it is asked, and the room for what clients send it."""

    app: WSGIApplication
    lanes: Lanes = field(default_factory=lambda: Lanes.of(1))
    room: Room = field(default_factory=Room)

    async def answer(self, scope: Scope, receive: Receive, identifier: str, fault: ClientError | None) -> Answer:
        """Return the application's answer, which tells the ``fault`` if there is one, or that it cannot be asked."""
        lane = lane_of(raw_path(scope))
        try:
            # Nothing but queries has content, and what nobody reads is not taken from the client either.
            if fault is None and scope["method"] == "POST" and lane is Name.QUERIES:
                return await self._with_content(scope, receive, identifier)
            return await self._ask(environ_of(scope, b""), lane, identifier, fault)
        except Full:
            return busy(scope, lane)
        except Exception as error:  # noqa: BLE001  whatever it is, the client gets an answer and the operator the cause
            return failed(scope, identifier, error)

    async def _with_content(self, scope: Scope, receive: Receive, identifier: str) -> Answer:
        """Return the answer to a query that is sent as content, which has its room until then."""
        self.lanes[Name.QUERIES].check()
        fault: ClientError | None = None
        content: bytes | None = b""
        with self.room.place() as place:
            try:
                content = await content_of(scope, receive, place)
            except (TooSlow, InvalidRequest) as error:
                fault = error
            environ = environ_of(scope, content or b"")
            if content is None:
                # The application refuses it by its length.
                environ["CONTENT_LENGTH"] = str(MOST + 1)
            answer = await self._ask(environ, Name.QUERIES, identifier, fault)
        if content:
            answer.note.sent, answer.note.content = len(content), content[:BEGINNING]
        return answer

    async def _ask(self, environ: WSGIEnvironment, lane: Name, identifier: str, fault: ClientError | None) -> Answer:
        known = {REQUEST: identifier, FAULT: fault, CAME: monotonic()}
        return await self.lanes[lane].run(partial(ask, self.app, environ | known))
