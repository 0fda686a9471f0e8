"""Asking a SPARQL endpoint, this service's or any other: the home of SPARQLWrapper."""

from __future__ import annotations

from dataclasses import dataclass
from email.message import Message
from http import HTTPStatus
from http.client import HTTPException
from typing import Final
from urllib.error import HTTPError

from SPARQLWrapper import CSV, JSON, TURTLE, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import SPARQLWrapperException

from si_lod.complaints import Complaint, content_of
from si_lod.contents import beginning, boolean, no_answer, refuse_user, whole_text
from si_lod.engine.diagnosis import explaining
from si_lod.engine.diagnosis.stopping.place import place
from si_lod.engine.evaluation import Form
from si_lod.engine.policy.admission import admit
from si_lod.engine.remote.speaking.credentials import is_address, without_user
from si_lod.errors import EndpointFailed, InvalidQuery, InvalidSetting, LodError
from si_lod.sentences import told

_WANTED: Final = {"csv": CSV, "json": JSON}
_ACCEPTED: Final = {
    CSV: "text/csv",
    JSON: "application/sparql-results+json, application/json;q=0.9",
    TURTLE: "text/turtle, application/n-triples;q=0.9",
}
_DETAILS: Final = "application/problem+json"
"""In which an endpoint that knows them tells of an error, with the place (RFC 9457)."""
_TYPES: Final = {
    CSV: frozenset({"text/csv"}),
    JSON: frozenset({"application/sparql-results+json", "application/json"}),
    TURTLE: frozenset({"text/turtle", "application/turtle", "application/x-turtle", "application/n-triples"}),
}
"""The media types of each form: an answer of another, such as the page of a proxy, is none."""
_MOST: Final = 1024 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Asking:
    """One query to one endpoint: ``form`` is that of solutions, ``language`` that in which its faults are wanted."""

    endpoint: str
    query: str
    form: str = "csv"
    language: str = "en"
    seconds: int = 60
    most: int = _MOST

    def result(self) -> str:
        """Return the result as text: solutions in CSV or JSON, a graph in Turtle, true or false.

        Raises InvalidSetting for an address that is none, InvalidQuery if the endpoint would refuse the query or does,
        EndpointFailed if it cannot be reached, answers with an error, with something else than was asked for or with
        more than ``most`` bytes, or says nothing for more than ``seconds``.
        """
        if not is_address(without_user(self.endpoint)):
            raise self._nowhere()
        kind = self._kind()
        wanted = TURTLE if kind.is_graph else JSON if kind is Form.ASK else _WANTED[self.form]
        try:
            refuse_user(self.endpoint)
            text = whole_text(self._wrapper(kind, wanted).query().response, _TYPES[wanted], self.most)
            return _said(text, kind, wanted, self.form)
        except SPARQLWrapperException as error:
            raise self._refusal(error.__context__, content_of(error)) from None
        except HTTPError as error:
            with error:
                raise self._refusal(error, beginning(error)) from None
        except (HTTPException, OSError, ValueError) as error:
            raise self._failure(error) from None

    def _nowhere(self) -> InvalidSetting:
        return InvalidSetting(
            told(
                'the endpoint: expected an address such as http://127.0.0.1:8000/sparql, found "{text}"',
                text=without_user(self.endpoint),
            )
        )

    def _kind(self) -> Form:
        """Return the form of the query; raises InvalidQuery, with its place, if no endpoint of ours would take it."""
        try:
            with explaining(self.query):
                return admit(self.query).form
        except InvalidQuery as error:
            found = place(self.query, error)
            raise _noted(InvalidQuery(error.placed), found.drawn() if found else "") from None

    def _wrapper(self, kind: Form, wanted: str) -> SPARQLWrapper:
        wrapper = SPARQLWrapper(self.endpoint)
        wrapper.setTimeout(self.seconds)
        wrapper.setMethod("POST")
        wrapper.setReturnFormat(wanted)
        wrapper.addCustomHttpHeader("Accept", f"{_ACCEPTED[wanted]}, {_DETAILS};q=0.1")
        wrapper.addCustomHttpHeader("Accept-Language", self.language)
        wrapper.setQuery(self.query)
        # The library looks for the kind in the text and takes a word in a comment for it.
        wrapper.queryType = str(kind)
        return wrapper

    def _refusal(self, answer: object, content: bytes) -> LodError:
        """Return what the endpoint says of a query that it does not answer, in its own words."""
        headers = answer.headers if isinstance(answer, HTTPError) else Message()
        complaint = Complaint.of(content, headers, self.query)
        known = {"endpoint": without_user(self.endpoint), "said": complaint.said}
        if not isinstance(answer, HTTPError) or answer.code == HTTPStatus.BAD_REQUEST:
            refusal: LodError = InvalidQuery(told("{endpoint} refuses the query: {said}", **known))
        else:
            status = f"{answer.code} {answer.reason}".strip()
            refusal = EndpointFailed(told("{endpoint} answers {status}: {said}", status=status, **known))
        return _noted(refusal, complaint.drawn)

    def _failure(self, error: Exception) -> EndpointFailed:
        return EndpointFailed(
            told(
                "{endpoint}: expected an answer from a SPARQL endpoint: {error}",
                endpoint=without_user(self.endpoint),
                error=no_answer(error),
            )
        )


def _noted(error: LodError, note: str) -> LodError:
    if note:
        error.add_note(note)
    return error


def _said(text: str, kind: Form, wanted: str, form: str) -> str:
    """Return what is said to people; raises as ``boolean`` does where it is no answer to a query of that kind."""
    if kind is Form.ASK:
        answer = f"{boolean(text)}\n".lower()
        return answer if form == "csv" else text
    if wanted == JSON and not text.strip().startswith("{"):
        raise ValueError(told("it is no object of JSON"))
    return text
