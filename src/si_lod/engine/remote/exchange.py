"""A query sent to the engine and its answer: the home of SPARQLWrapper in the server, and of what goes wrong with it.

It is loaded when an engine is configured and not before: the library brings rdflib along.
"""

from __future__ import annotations

import math
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPException, HTTPResponse
from time import monotonic
from typing import TYPE_CHECKING, Final
from urllib.error import HTTPError

from SPARQLWrapper import BASIC, JSON, POST, TURTLE, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import EndPointInternalError, QueryBadFormed, SPARQLWrapperException

from si_lod.engine.pool.keeper import within
from si_lod.engine.remote.arrival import arriving
from si_lod.engine.remote.booleans import Worded
from si_lod.engine.remote.presence import Presence
from si_lod.errors import InvalidSyntax
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from si_lod.engine.evaluation import Form
    from si_lod.engine.pool.deadline import Deadline
    from si_lod.engine.remote.arrival import Arriving
    from si_lod.engine.remote.credentials import Credentials

_RETRY_AFTER: Final = 5
_SHOWN: Final = 300
_GRAPH_TYPE: Final = "application/n-triples"
_UNAVAILABLE: Final = frozenset([429, 503])
_TIMED_OUT: Final = frozenset([408, 504])


@dataclass(frozen=True, slots=True)
class Exchange:
    """The SPARQL endpoint of an engine; safe for several threads, since each query has a connection of its own."""

    endpoint: str
    credentials: Credentials
    presence: Presence = field(init=False, compare=False)

    def __post_init__(self) -> None:
        """Know nothing of the engine yet."""
        object.__setattr__(self, "presence", Presence(self.endpoint))

    @contextmanager
    def ask(
        self, text: str, form: Form, deadline: Deadline, *, default: tuple[str, ...], named: tuple[str, ...] = ()
    ) -> Iterator[Arriving]:
        """Give the answer as it arrives: SPARQL JSON, or N-Triples where the form's answer is RDF.

        ``default`` and ``named`` are the dataset of the SPARQL 1.1 Protocol §2.1.4, and never empty together. Raises
        InvalidSyntax if the engine cannot read the query, Overdue at the deadline, EngineLost if nobody answers,
        EngineFailed if what is answered is of no use.
        """
        wrapper = self._wrapper(text, form, deadline)
        for graph in default:
            wrapper.addDefaultGraph(graph)
        for graph in named:
            wrapper.addNamedGraph(graph)
        response = self._response(wrapper, deadline)
        with self.presence.answering(), arriving(response, deadline) as arrival:
            yield arrival if form.is_graph else Worded(arrival)

    def _wrapper(self, text: str, form: Form, deadline: Deadline) -> SPARQLWrapper:
        wrapper = SPARQLWrapper(self.endpoint)
        wrapper.setMethod(POST)
        wrapper.setOnlyConneg(True)
        wrapper.setReturnFormat(TURTLE if form.is_graph else JSON)
        if form.is_graph:
            # The library has no name for the syntax whose lines are alike in every engine.
            wrapper.addCustomHttpHeader("Accept", _GRAPH_TYPE)
        wrapper.setTimeout(max(1, math.ceil(deadline.left())))
        wrapper.setQuery(text)
        # The library looks for the form in the text and takes a word in a comment for it.
        wrapper.queryType = str(form)
        if self.credentials.user:
            wrapper.setHTTPAuth(BASIC)
            wrapper.setCredentials(self.credentials.user, self.credentials.password)
        return wrapper

    def _response(self, wrapper: SPARQLWrapper, deadline: Deadline) -> HTTPResponse:
        begun = monotonic()
        try:
            # What the library bounds is each step, and an engine may take many: for a name, a connection, a header.
            return within(deadline.left(), lambda: _asked(wrapper), HTTPResponse.close)
        except TimeoutError:
            raise deadline.overdue() from None
        except HTTPError as error:
            with error:
                raise self._refusal(error, deadline, begun) from None
        except SPARQLWrapperException as error:
            raise self._complaint(error, begun) from None
        except (HTTPException, OSError, ValueError) as error:
            if deadline.is_over:
                raise deadline.overdue() from None
            raise self.presence.lost(getattr(error, "reason", error) or type(error).__name__) from None

    def _refusal(self, error: HTTPError, deadline: Deadline, begun: float) -> Exception:
        if error.code in _TIMED_OUT:
            return deadline.overdue()
        reason = f"{error.code} {error.reason}"
        if error.code in _UNAVAILABLE:
            after = error.headers.get("Retry-After", "")
            return self.presence.lost(reason, int(after) if after.isdecimal() else _RETRY_AFTER)
        self.presence.is_here(begun)
        return self.presence.failed(reason)

    def _complaint(self, error: SPARQLWrapperException, begun: float) -> Exception:
        """Return what is said of a query that the engine complains about."""
        self.presence.is_here(begun)
        said = _said(error)
        if isinstance(error, QueryBadFormed):
            return InvalidSyntax(told("the engine cannot evaluate the query: {error}", error=said.replace("\n", " ")))
        # Of other refusals, such as 401, the reason is not for whoever wrote the query.
        about_query = isinstance(error, EndPointInternalError)
        return self.presence.failed(said, complaint=_sentence(said) if about_query else "")


def _asked(wrapper: SPARQLWrapper) -> HTTPResponse:
    response: HTTPResponse = wrapper.query().response
    return response


def _said(error: SPARQLWrapperException) -> str:
    """Return the beginning of what the engine said, which the library puts behind words of its own.

    Those words stand in for an engine that said nothing, or sent a page.
    """
    own, _, text = str(error.args[0] if error.args else error).partition("Response:")
    text = text.strip()
    content = text[2:-1] if text[:2] in {"b'", 'b"'} else text
    said = (
        own.strip()
        if not content or (content.startswith("<") and not isinstance(error, EndPointInternalError))
        else content
    )
    return said.replace("\\r", "").replace("\\n", "\n")[:_SHOWN]


def _sentence(said: str) -> str:
    """Return the first line of what the engine said, which is its reason; nothing of a page that a proxy sent."""
    return "" if said.startswith("<") else said.partition("\n")[0].strip()
