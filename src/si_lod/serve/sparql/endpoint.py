"""The SPARQL endpoint: from an operation to a negotiated answer, which is whole or an error."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, Final

from flask import Blueprint, Response, after_this_request, request

from si_lod.engine.diagnosis.stopping.place import place
from si_lod.engine.evaluation import Asker, QueryRequest
from si_lod.engine.sharing.clients import client_of
from si_lod.errors import ClientError
from si_lod.serve.overviews.charts import SVG, drawing_policy
from si_lod.serve.pages import fits_address, refused_page
from si_lod.serve.problems.handlers import retrying
from si_lod.serve.replies.reply import Sameness
from si_lod.serve.sparql.fields import fields_of, first
from si_lod.serve.sparql.protocol import Operation
from si_lod.serve.sparql.representing import arguments_of, graphs_of, negotiated, reply_of, wants_page
from si_lod.serve.sparql.results import formats, table_format
from si_lod.serve.sparql.service import introduction
from si_lod.serve.transport.asking import CAME
from si_lod.serve.transport.note import note_of
from si_lod.serve.visit import Visit

if TYPE_CHECKING:
    from si_lod.engine.evaluation import Query
    from si_lod.engine.sharing.budgets import Budgets
    from si_lod.serve.current import Current
    from si_lod.serve.sparql.showing import Showing

_ERRORS: Final = frozenset([400, 500, 504, 507])
"""The statuses that a budget of errors counts: those of queries that are wrong, ask too much, or fail."""
_MOST_OF_PAGE: Final = 4 * 1024 * 1024
"""The most bytes of a result that is shown as a page; programs may have larger ones."""

_MOST_OF_LOCATION: Final = 1500
"""The most bytes of a query that a header has in it: a proxy refuses an answer whose head is long."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """The route of the SPARQL 1.1 Protocol, over the current release."""

    current: Current
    budgets: Budgets
    showing: Showing

    def blueprint(self) -> Blueprint:
        """Return the route."""
        routes = Blueprint("sparql", __name__)
        routes.add_url_rule("/sparql", "sparql", self.answer, methods=["GET", "POST"])
        return routes

    def answer(self) -> Response:
        """Return the result of the query, or what this endpoint is if the request has none."""
        begun = request.environ.get(CAME, monotonic())
        fields = fields_of(request)
        visit = Visit.of(self.current, posted=first(fields, "lang")).at(arguments_of(fields))
        operation = Operation.of(fields)
        if operation.query is None:
            return introduction(visit)
        if operation.is_brief and fits_address(operation.query, graphs_of(operation), most=_MOST_OF_LOCATION):
            return _led(visit)
        client = client_of(request.remote_addr)
        after_this_request(partial(self._tell, client))
        try:
            self.budgets.check(client)
            asker = Asker(client, operation.seconds, begun, visit.manifest.site.prefixes)
            return self._answered(visit, operation, visit.engine.admit(operation.query, asker), asker)
        except ClientError as problem:
            if problem.status in _ERRORS:
                self.budgets.charge_error(client)
            if not wants_page(operation):
                if found := place(operation.query, problem):
                    problem.add_note(found.drawn())
                raise
            return _refusal(visit, operation, problem)

    def _tell(self, client: str, response: Response) -> Response:
        left = self.budgets.headers(client)
        response.headers.update(left)
        if left:
            note_of(request.environ).lasting = False  # what is left is told to this client only
        return response

    def _answered(self, visit: Visit, operation: Operation, query: Query, asker: Asker) -> Response:
        variant = negotiated(visit, operation, query)
        form = formats(query.form)[variant]
        dataset = (operation.default_graphs, operation.named_graphs)
        most = None if form else _MOST_OF_PAGE
        asked = QueryRequest(query, form or table_format(query), *dataset, asker, most=most)
        sameness = Sameness.MEANING if query.repeatable else Sameness.NOTHING
        reply = replace(reply_of(visit, operation, variant), sameness=sameness)
        if form is not None:
            return reply.respond(visit, lambda: visit.engine.answer(asked).body)
        show = partial(self.showing.drawing, size=operation.size) if variant is SVG else self.showing.page
        response = reply.respond(visit, lambda: show(visit, asked))
        # It takes long to make, and whichever rows come first, it shows this release.
        note_of(request.environ).lasting = query.repeatable
        if variant is SVG:
            response.headers["Content-Security-Policy"] = drawing_policy()
        return response


def _led(visit: Visit) -> Response:
    """Return the way to the address of a query that a form sent (RFC 9110 §15.4.4), where it can be shared."""
    address = visit.view.asking("/sparql", visit.arguments)
    return Response(status=303, headers={"Location": address, "Cache-Control": "no-store"})


def _refusal(visit: Visit, operation: Operation, problem: ClientError) -> Response:
    """Return the query page with the query as it was sent and what is wrong with it."""
    page = refused_page(visit.view, operation.query or "", problem, graphs_of(operation))
    response = Response(page, problem.status, content_type="text/html; charset=utf-8")
    response.headers["Content-Language"] = visit.language
    response.headers["Vary"] = "Accept, Accept-Language"
    response.headers["Cache-Control"] = "no-store"
    response.headers.update(retrying(problem))
    return response
