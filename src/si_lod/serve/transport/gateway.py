"""The ASGI application: what memory has is answered at once, all else by the application in a thread."""

from __future__ import annotations

import logging
import secrets
from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING, Any, Final, TypeVar

from si_lod.serve.transport.delivery import deliver
from si_lod.serve.transport.limits import fault_of
from si_lod.serve.transport.space import Target

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Hashable, Mapping

    from si_lod.errors import ClientError
    from si_lod.serve.transport.accounts import Accounts
    from si_lod.serve.transport.answer import Answer
    from si_lod.serve.transport.asking import Asking
    from si_lod.serve.transport.content import Receive
    from si_lod.serve.transport.kept import Kept

    Scope = Mapping[str, Any]
    Send = Callable[[Mapping[str, Any]], Awaitable[None]]

T = TypeVar("T")

_LOG: Final = logging.getLogger(__name__)
_IDENTIFIER: Final = b"x-request-id"
_FORWARDED: Final = b"x-forwarded-prefix"


@dataclass(frozen=True, slots=True)
class Gateway:
    """One worker's way in and out; ``prefix`` tells where the application runs by what a proxy says of it."""

    asking: Asking
    kept: Kept
    accounts: Accounts
    prefix: Callable[[str], str]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request (ASGI HTTP §2.3); nothing else that ASGI can carry is spoken here."""
        if scope["type"] != "http":
            return
        begun, identifier = perf_counter(), secrets.token_hex(8)
        fault = fault_of(scope)
        found = None if fault else _tried(lambda: self._find(scope), identifier)
        answer = found or await self._ask(scope, receive, identifier, fault)
        answer = answer.with_header(_IDENTIFIER, identifier.encode())
        is_whole = await _delivered(answer, scope, receive, send, identifier)
        told = {"id": identifier, "kept": found is not None, "whole": is_whole}
        self.accounts.close(scope, answer, perf_counter() - begun, told)

    def _find(self, scope: Scope) -> Answer | None:
        headers = _headers(scope)
        return None if headers is None else self.kept.find(self._target(scope, headers), scope["method"], headers)

    async def _ask(self, scope: Scope, receive: Receive, identifier: str, fault: ClientError | None) -> Answer:
        since = _tried(self.kept.epoch, identifier)
        answer = await self.asking.answer(scope, receive, identifier, fault)
        if scope["method"] == "GET":
            _tried(lambda: self._keep(scope, answer, since), identifier)
        return answer

    def _keep(self, scope: Scope, answer: Answer, since: Hashable | None) -> None:
        headers = _headers(scope)
        if headers is not None:
            self.kept.keep(self._target(scope, headers), headers, answer, since)

    def _target(self, scope: Scope, headers: Mapping[bytes, bytes]) -> Target:
        forwarded = headers.get(_FORWARDED, b"").decode("latin-1")
        return Target(scope["raw_path"], scope["query_string"], self.prefix(forwarded))


def _headers(scope: Scope) -> dict[bytes, bytes] | None:
    """Return the request's headers by name; None in the rare case that a name has several, which need be joined."""
    headers = dict(scope["headers"])
    return headers if len(headers) == len(scope["headers"]) else None


async def _delivered(answer: Answer, scope: Scope, receive: Receive, send: Send, identifier: str) -> bool:
    """Return whether the answer was sent to its end; what breaks it off here is in the log."""
    try:
        return await deliver(answer, scope["method"], receive, send)
    except Exception as error:  # noqa: BLE001  the connection breaks, which is all that can still be told the client
        _LOG.error("error %s while %s %r was answered", identifier, scope["method"], scope["raw_path"], exc_info=error)
        return False


def _tried(use: Callable[[], T], identifier: str) -> T | None:
    """Return what memory gives, or None if it fails, of which the log has the cause: the application can do without."""
    try:
        return use()
    except Exception as error:  # noqa: BLE001  whatever it is, the request is answered
        _LOG.error("error %s in memory", identifier, exc_info=error)
        return None
