"""What follows from the facts: the site's CONSTRUCT queries, run once each, in the order of their names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from pyoxigraph import BlankNode, Quad

from si_lod.engine.diagnosis import explaining
from si_lod.engine.evaluation import Form
from si_lod.engine.policy.admission import admit
from si_lod.errors import InvalidQuery, Problem
from si_lod.misreadings import no_utf_8
from si_lod.sentences import told

if TYPE_CHECKING:
    from pyoxigraph import Triple

    from si_lod.publish.dataset.queries import Inquiry
    from si_lod.publish.source.files import Source

_QUERIES: Final = "data/derived/*.rq"


def derive(source: Source, inquiry: Inquiry) -> list[Problem]:
    """Add to the store of ``inquiry`` what the queries construct, each seeing what those before it added.

    Returns a problem for every query that is no CONSTRUCT query, makes blank nodes or takes too long; it adds
    nothing, and what those after it add may then be less than it should be.
    """
    problems: list[Problem] = []
    for path in source.files(_QUERIES):
        name = source.name(path)
        try:
            quads = _constructed(inquiry, path.read_text(encoding="utf-8"))
            if quads:
                inquiry.add(quads)
        except InvalidQuery as fault:
            problems.append(Problem(name, fault.line or 0, str(fault.column or ""), str(fault)))
        except UnicodeDecodeError as error:
            problems.append(
                Problem(name, 0, "", told("expected a SPARQL query in UTF-8: {error}", error=no_utf_8(error)))
            )
    return problems


def _constructed(inquiry: Inquiry, text: str) -> list[Quad]:
    """Return what the query constructs, all of it: a query must not see its own results while it runs."""
    with explaining(text):
        form = admit(text).form
    if form is not Form.CONSTRUCT:
        message = told(
            "expected a CONSTRUCT query, since it is to derive triples, found {form}; a question to readers belongs "
            "in data/queries",
            form=form.value,
        )
        raise InvalidQuery(message)
    results = cast("list[Triple]", inquiry.ask(text))
    quads = [Quad(triple.subject, triple.predicate, triple.object) for triple in results]
    if any(isinstance(term, BlankNode) for quad in quads for term in (quad.subject, quad.object)):
        raise InvalidQuery(
            told("expected an IRI for every node, found a query that makes blank nodes; make IRIs with IRI()")
        )
    return quads
