"""Asking a SPARQL endpoint, this service's or any other: the home of SPARQLWrapper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.error import URLError

from SPARQLWrapper import CSV, JSON, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed, SPARQLWrapperException

from si_lod.errors import EndpointFailed, InvalidQuery
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Mapping

_ACCEPT: Final[Mapping[str, str]] = {"csv": CSV, "json": JSON}


def ask(endpoint: str, query: str, *, form: str = "csv", seconds: int = 60) -> str:
    """Return the result of a SELECT or ASK query as text, in CSV or JSON.

    Raises InvalidQuery if the endpoint refuses the query, EndpointFailed if it cannot be reached, answers with an
    error or takes more than ``seconds``.
    """
    wrapper = SPARQLWrapper(endpoint)
    wrapper.setTimeout(seconds)
    wrapper.setMethod("POST")
    wrapper.setReturnFormat(_ACCEPT[form])
    wrapper.setQuery(query)
    try:
        content: bytes = wrapper.query().response.read()
    except QueryBadFormed as error:
        raise InvalidQuery(told("{endpoint} refuses the query: {error}", endpoint=endpoint, error=error)) from None
    except (SPARQLWrapperException, URLError, TimeoutError, OSError) as error:
        message = told("{endpoint}: expected an answer from a SPARQL endpoint: {error}", endpoint=endpoint, error=error)
        raise EndpointFailed(message) from None
    return content.decode()
