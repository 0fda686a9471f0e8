"""What is said of each error, to whom: whatever a request raises ends here.

What a client did wrong is said to it. What went wrong here gets an identifier, which is in the log with the cause;
nothing from inside is in the answer.
"""

from __future__ import annotations

import logging
import secrets
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from flask import Response, request
from werkzeug.exceptions import HTTPException, InternalServerError, MethodNotAllowed

from si_lod.errors import (
    ClientError,
    InvalidQuery,
    NoRelease,
    NoSuchRange,
    NotPushed,
    StoreFailed,
    Unanswered,
    Withdrawn,
)
from si_lod.sentences import LANGUAGES, told
from si_lod.serve.problems.forms import response_of
from si_lod.serve.problems.mistake import members
from si_lod.serve.problems.trouble import Trouble
from si_lod.serve.replies.links import Link
from si_lod.serve.replies.variants import NothingFits
from si_lod.serve.transport.asking import REQUEST
from si_lod.serve.transport.content import MOST
from si_lod.serve.transport.negotiation import choose_language
from si_lod.serve.visit import Visit

if TYPE_CHECKING:
    from flask import Flask

    from si_lod.serve.current import Current

_LOG: Final = logging.getLogger(__name__)
_RETRY_SECONDS: Final = "5"


def retrying(error: ClientError) -> tuple[tuple[str, str], ...]:
    """Return the header that says when to try again, if the error knows (RFC 9110 §10.2.3)."""
    seconds = error.retry_after if isinstance(error, Unanswered) else 0
    return (("Retry-After", str(seconds)),) if seconds else ()


def _measured(error: ClientError) -> tuple[tuple[str, str], ...]:
    """Return the header that says how much there is, if less than was asked for (RFC 9110 §14.4)."""
    return (("Content-Range", f"bytes */{error.size}"),) if isinstance(error, NoSuchRange) else ()


def _identifier() -> str:
    return request.environ.get(REQUEST) or secrets.token_hex(8)


@dataclass(frozen=True, slots=True)
class Problems:
    """The error handlers of the application; the pages need the current release for their title and language."""

    current: Current

    def init_app(self, app: Flask) -> None:
        """Register the handlers."""
        app.register_error_handler(ClientError, self.client)
        app.register_error_handler(NoRelease, self.unavailable)
        app.register_error_handler(StoreFailed, self.unreadable)
        app.register_error_handler(HTTPException, self.http)
        app.register_error_handler(Exception, self.unexpected)

    def client(self, error: ClientError) -> Response:
        """Return what the client did wrong, with the place in its query or what it could ask for instead."""
        if isinstance(error, Withdrawn):
            return self._withdrawn(error)
        links = error.alternates if isinstance(error, NothingFits) else ()
        message = error.placed if isinstance(error, InvalidQuery) else str(error)
        extra = members(error, self._language(self._visit()))
        headers = (*retrying(error), *_measured(error))
        drawn = tuple(getattr(error, "__notes__", ()))
        return self._respond(Trouble(error.status, message, links, extra, headers, drawn=drawn))

    def _withdrawn(self, error: Withdrawn) -> Response:
        """Return 410 with the reason in the reader's language, and where what came in its place is (RFC 5829 §3.3)."""
        visit = self._visit()
        reason = visit.view.words(error.reasons) if visit else next(iter(error.reasons.values()), "")
        language = next((tag for tag, text in error.reasons.items() if text == reason), "")
        extra: list[tuple[str, object]] = [("reason", error.reasons)]
        trouble = Trouble(error.status, str(error), reason=(reason, language))
        if error.successor:
            extra.append(("successor", error.successor))
            link = Link(error.successor, "successor-version")
            name = (visit.view.words(error.names) if visit else "") or next(iter(error.names.values()), error.successor)
            trouble = replace(trouble, links=((name, error.successor),), headers=(("Link", str(link)),))
            trouble = replace(trouble, drawn=(told("in its place:"),))
        return self._respond(replace(trouble, extra=tuple(extra)))

    def unavailable(self, error: NoRelease) -> Response:
        """Return 503: there is nothing to serve yet."""
        detail = told("there is no release to answer from; try again when one is published")
        if isinstance(error, NotPushed):
            detail = told(
                "release {version} is not in the engine behind this service; "
                "whoever runs it puts it there with si-lod push",
                version=error.version,
            )
        else:
            self.current.trouble.met(f"nothing to serve: {error}")
        return self._respond(Trouble(503, detail, headers=(("Retry-After", _RETRY_SECONDS),)))

    def unreadable(self, error: StoreFailed) -> Response:
        """Return 503: what is served cannot be read, which is nobody's fault who asks; the log has the reason."""
        identifier = _identifier()
        _LOG.error("error %s at %s %s: %s", identifier, request.method, request.path, error)
        detail = told(
            "what this release holds cannot be read just now; try again in a moment; "
            "whoever runs this service finds the reason in the log as {identifier}",
            identifier=identifier,
        )
        headers = (("Retry-After", _RETRY_SECONDS),)
        return self._respond(Trouble(503, detail, extra=(("id", identifier),), headers=headers))

    def http(self, error: HTTPException) -> Response:
        """Return what Flask found wrong before any route, or its 500."""
        status = error.code or 500
        allowed = error.valid_methods if isinstance(error, MethodNotAllowed) else None
        headers = (("Allow", ", ".join(sorted(allowed))),) if allowed else ()
        details = {
            404: told("{path}: there is nothing at this address", path=request.path),
            405: told("{method}: not allowed here", method=request.method),
            413: told("the content of the request: expected at most {most:,} bytes", most=MOST),
        }
        return self._respond(Trouble(status, details.get(status, HTTPStatus(status).description), headers=headers))

    def unexpected(self, error: Exception) -> Response:
        """Return 500 with an identifier by which the operator finds the cause in the log."""
        identifier = _identifier()
        _LOG.error("error %s at %s %s", identifier, request.method, request.path, exc_info=error)
        detail = told(
            "something went wrong here; whoever runs this service finds it in the log as {identifier}",
            identifier=identifier,
        )
        return self._respond(Trouble(InternalServerError.code, detail, extra=(("id", identifier),)))

    def _respond(self, trouble: Trouble) -> Response:
        visit = self._visit()
        return response_of(replace(trouble, language=self._language(visit)), visit)

    @staticmethod
    def _language(visit: Visit | None) -> str:
        return visit.language if visit else choose_language(request.headers.get("Accept-Language", ""), LANGUAGES)

    def _visit(self) -> Visit | None:
        """Return the visit, or None if that is what fails: an error that is being told of is told by whatever works."""
        try:
            return Visit.of(self.current)
        except (NoRelease, StoreFailed, Unanswered):
            return None
        except Exception:  # noqa: BLE001  it is the error that is told of, or in its way
            _LOG.warning("the release cannot be looked at to tell of an error", exc_info=True)
            return None
