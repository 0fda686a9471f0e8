"""The form in which a client is told of an error: problem details (RFC 9457), a page, or text for everyone else."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from flask import Response, request

from si_lod.errors import NoRelease, StoreFailed, TargetTooLong, Unanswered
from si_lod.serve.pages import Text, problem_page
from si_lod.serve.replies.syntaxes import SYNTAXES
from si_lod.serve.replies.variants import HTML
from si_lod.serve.transport.negotiation import Offer, choose

if TYPE_CHECKING:
    from si_lod.serve.problems.trouble import Trouble
    from si_lod.serve.view import View
    from si_lod.serve.visit import Visit

_TEXT: Final = Offer("text/plain")
_PROGRAM: Final = (
    "application/json",
    "application/sparql-results+json",
    "application/sparql-results+xml",
    *(syntax.media_type for syntax in SYNTAXES),
)
_ASKED: Final = ("query", "default-graph-uri", "named-graph-uri")
_DETAILS: Final = Offer("application/problem+json", _PROGRAM)
_OFFERS: Final = (_TEXT, _DETAILS, HTML.offer)


def response_of(trouble: Trouble, visit: Visit | None) -> Response:
    """Return the answer in the form that the request accepts best; ``visit`` is None where nothing is served."""
    offer = choose(request.headers.get("Accept", ""), _OFFERS) or _TEXT
    if offer is HTML.offer:
        response = Response(_page(visit, trouble), content_type="text/html; charset=utf-8")
    elif offer is _DETAILS:
        response = Response(trouble.details(), content_type=_DETAILS.media_type)
    else:
        response = Response(trouble.text(), content_type="text/plain; charset=utf-8")
    response.status_code = trouble.status
    response.headers["Content-Language"] = trouble.language
    response.headers["Vary"] = "Accept, Accept-Language"
    response.headers["Cache-Control"] = "no-store" if trouble.status >= HTTPStatus.INTERNAL_SERVER_ERROR else "no-cache"
    response.headers.update(trouble.headers)
    return response


def _page(visit: Visit | None, trouble: Trouble) -> str:
    """Return the page, without what every page has of the release where its engine or store is what went wrong."""
    try:
        return _page_of(visit.view if visit else None, trouble)
    except (NoRelease, StoreFailed, Unanswered, OSError, RuntimeError):
        return _page_of(None, trouble)


def _page_of(view: View | None, trouble: Trouble) -> str:
    return problem_page(
        view,
        trouble.status,
        trouble.title,
        trouble.said,
        trouble.links,
        reason=Text(*trouble.reason),
        unsent=_unsent(trouble),
        language=trouble.language,
    )


def _unsent(trouble: Trouble) -> list[tuple[str, str]]:
    """Return the query of an address that was too long, and the graphs that it is asked of.

    The page of the problem sends them as content: nobody need type it again.
    """
    if trouble.status != TargetTooLong.status or request.path != "/sparql":
        return []
    fields = [(name, value) for name in _ASKED for value in request.args.getlist(name)]
    return [(name, value.replace("\r\n", "\n")) for name, value in fields if name != "query" or value]
