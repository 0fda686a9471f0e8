"""Asking a SPARQL endpoint, this service's or any other: the home of SPARQLWrapper."""

from __future__ import annotations

import json
from http.client import HTTPException
from typing import TYPE_CHECKING, Final
from urllib.error import HTTPError

from SPARQLWrapper import CSV, JSON, TURTLE, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed, SPARQLWrapperException

from si_lod.engine.diagnosis import explaining
from si_lod.engine.evaluation import Form
from si_lod.engine.policy.admission import admit
from si_lod.errors import EndpointFailed, InvalidQuery
from si_lod.sentences import Sentence, told

if TYPE_CHECKING:
    from http.client import HTTPResponse

_ACCEPT: Final = {"csv": CSV, "json": JSON}
_TYPES: Final = {
    CSV: frozenset({"text/csv"}),
    JSON: frozenset({"application/sparql-results+json", "application/json"}),
    TURTLE: frozenset({"text/turtle", "application/turtle", "application/x-turtle", "application/n-triples"}),
}
"""The media types of each form: an answer of another, such as the page of a proxy, is none."""
_MOST: Final = 1024 * 1024 * 1024
_MOST_OF_ERROR: Final = 64 * 1024


def ask(endpoint: str, query: str, *, form: str = "csv", seconds: int = 60, most: int = _MOST) -> str:
    """Return the result of a query as text: solutions in CSV or JSON, a graph in Turtle, true or false.

    Raises InvalidQuery if the endpoint would refuse the query or does, EndpointFailed if it cannot be reached, answers
    with an error, with something else than was asked for or with more than ``most`` bytes, or says nothing for more
    than ``seconds``.
    """
    with explaining(query):
        kind = admit(query).form
    wanted = TURTLE if kind.is_graph else JSON if kind is Form.ASK else _ACCEPT[form]
    wrapper = _wrapper(endpoint, query, kind, wanted, seconds)
    try:
        text = _whole(wrapper.query().response, _TYPES[wanted], most)
        return _said(text, kind, wanted, form)
    except QueryBadFormed as error:
        raise InvalidQuery(told("{endpoint} refuses the query: {error}", endpoint=endpoint, error=error)) from None
    except HTTPError as error:
        message = told(
            "{endpoint} answers {code} {reason}: {detail}",
            endpoint=endpoint,
            code=error.code,
            reason=error.reason,
            detail=_detail(error),
        )
        raise EndpointFailed(message) from None
    except (SPARQLWrapperException, HTTPException, OSError, ValueError, LookupError, TypeError) as error:
        reason = error.args[0] if error.args and isinstance(error.args[0], Sentence) else error
        message = told(
            "{endpoint}: expected an answer from a SPARQL endpoint: {error}", endpoint=endpoint, error=reason
        )
        raise EndpointFailed(message) from None


def _wrapper(endpoint: str, query: str, kind: Form, wanted: str, seconds: int) -> SPARQLWrapper:
    wrapper = SPARQLWrapper(endpoint)
    wrapper.setTimeout(seconds)
    wrapper.setMethod("POST")
    wrapper.setReturnFormat(wanted)
    wrapper.setQuery(query)
    # The library looks for the kind in the text and takes a word in a comment for it.
    wrapper.queryType = str(kind)
    return wrapper


def _whole(response: HTTPResponse, types: frozenset[str], most: int) -> str:
    """Return the content as text; raises ValueError if it is of another type, cut off, too long or no UTF-8."""
    with response:
        media_type = response.headers.get_content_type()
        if media_type not in types:
            raise ValueError(told("it is {found}, expected {types}", found=media_type, types=", ".join(sorted(types))))
        content = response.read(most + 1)
        if len(content) > most:
            raise ValueError(told("it has more than {most:,} bytes; ask for a part at a time", most=most))
        if response.length:
            raise ValueError(told("it is cut off"))
        return content.decode()


def _said(text: str, kind: Form, wanted: str, form: str) -> str:
    """Return what is said to people; raises as ``_boolean`` does where it is no answer to a query of that kind."""
    if kind is Form.ASK:
        answer = f"{_boolean(text)}\n".lower()
        return answer if form == "csv" else text
    if wanted == JSON and not text.strip().startswith("{"):
        raise ValueError(told("it is no object of JSON"))
    return text


def _boolean(text: str) -> bool:
    """Return what an ASK query is answered; raises ValueError, LookupError or TypeError where that is no answer."""
    answer = json.loads(text)["boolean"]
    if not isinstance(answer, bool):
        raise TypeError(told("it is neither true nor false"))
    return answer


def _detail(error: HTTPError) -> str:
    """Return the reason in the answer, if it is one that can be read (RFC 9457 §3.1.4)."""
    try:
        content = error.read(_MOST_OF_ERROR).decode(errors="replace")
    except (HTTPException, OSError):
        return ""
    try:
        return str(json.loads(content)["detail"])
    except (ValueError, LookupError, TypeError):
        return content[:500]
