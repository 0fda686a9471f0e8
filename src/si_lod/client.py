"""Asking a SPARQL endpoint, this service's or any other: the home of SPARQLWrapper."""

from __future__ import annotations

import json
from http.client import HTTPException
from typing import Final
from urllib.error import HTTPError

from SPARQLWrapper import CSV, JSON, TURTLE, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed, SPARQLWrapperException

from si_lod.engine.diagnosis import explaining
from si_lod.engine.evaluation import Form
from si_lod.engine.policy import admit
from si_lod.errors import EndpointFailed, InvalidQuery
from si_lod.sentences import told

_ACCEPT: Final = {"csv": CSV, "json": JSON}


def ask(endpoint: str, query: str, *, form: str = "csv", seconds: int = 60) -> str:
    """Return the result of a query as text: solutions in CSV or JSON, a graph in Turtle, true or false.

    Raises InvalidQuery if the endpoint would refuse the query or does, EndpointFailed if it cannot be reached,
    answers with an error or takes more than ``seconds``.
    """
    with explaining(query):
        kind = admit(query).form
    wrapper = SPARQLWrapper(endpoint)
    wrapper.setTimeout(seconds)
    wrapper.setMethod("POST")
    wrapper.setReturnFormat(TURTLE if kind.is_graph else JSON if kind is Form.ASK else _ACCEPT[form])
    wrapper.setQuery(query)
    # The library looks for the kind in the text and takes a word in a comment for it.
    wrapper.queryType = str(kind)
    try:
        content: bytes = wrapper.query().response.read()
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
    except (SPARQLWrapperException, HTTPException, OSError, ValueError) as error:
        message = told("{endpoint}: expected an answer from a SPARQL endpoint: {error}", endpoint=endpoint, error=error)
        raise EndpointFailed(message) from None
    text = content.decode()
    return f"{json.loads(text)['boolean']}\n".lower() if kind is Form.ASK and form == "csv" else text


def _detail(error: HTTPError) -> str:
    """Return the reason in the answer, if it is one that can be read (RFC 9457 §3.1.4)."""
    content = error.read().decode(errors="replace")
    try:
        return str(json.loads(content)["detail"])
    except (ValueError, KeyError, TypeError):
        return content[:500]
