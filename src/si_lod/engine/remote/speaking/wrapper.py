"""A question on a line that can be hung up: the home of SPARQLWrapper in the server."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final
from urllib.error import HTTPError

from SPARQLWrapper import BASIC, JSON, POST, TURTLE, SPARQLWrapper

from si_lod.engine.remote.speaking.complaint import Complaint
from si_lod.engine.remote.speaking.line import Line

if TYPE_CHECKING:
    from http.client import HTTPResponse

    from si_lod.engine.evaluation import Form
    from si_lod.engine.remote.speaking.credentials import Credentials

_GRAPH_TYPE: Final = "application/n-triples"


class Wrapper(SPARQLWrapper):
    """Asks once, and reads no complaint to an end that need not come.

    The library would go wherever it is redirected, and take the user and the password along.
    """

    def __init__(self, endpoint: str, credentials: Credentials) -> None:
        """Have a line of its own to that address."""
        super().__init__(endpoint)
        self.line = Line()
        self.setMethod(POST)
        self.setOnlyConneg(True)
        if credentials.user:
            self.setHTTPAuth(BASIC)
            self.setCredentials(credentials.user, credentials.password)

    def prepare(self, text: str, form: Form, seconds: float) -> None:
        """Have that query asked, for SPARQL JSON, or N-Triples where the form's answer is RDF."""
        self.setReturnFormat(TURTLE if form.is_graph else JSON)
        if form.is_graph:
            # The library has no name for the syntax whose lines are alike in every engine.
            self.addCustomHttpHeader("Accept", _GRAPH_TYPE)
        self.setTimeout(max(1, math.ceil(seconds)))
        self.setQuery(text)
        # The library looks for the form in the text and takes a word in a comment for it.
        self.queryType = str(form)

    def answered(self) -> HTTPResponse:
        """Return the response; raises Complaint if it is none of success, OSError or HTTPException without one."""
        try:
            response: HTTPResponse = self.query().response
        except HTTPError as error:
            raise Complaint(error) from None
        return response

    def _query(self) -> tuple[HTTPResponse, str]:
        return self.line.opener().open(self._createRequest(), timeout=self.timeout), self.returnFormat
