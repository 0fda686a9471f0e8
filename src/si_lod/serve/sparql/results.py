"""The formats of a query's result: which fit its form, what each is called, and the table that people see."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from pyoxigraph import QueryBoolean, QueryResultsFormat, RdfFormat, parse, parse_query_results

from si_lod.engine.evaluation import Form
from si_lod.errors import InvalidRequest, NotAcceptable
from si_lod.sentences import told
from si_lod.serve.overviews.charts import SVG
from si_lod.serve.pages import ResultTable, most_rows
from si_lod.serve.replies.syntaxes import SYNTAXES
from si_lod.serve.replies.variants import HTML, Variant
from si_lod.serve.transport.negotiation import Offer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import QuerySolution, Triple

    from si_lod.engine.evaluation import Query

Format = QueryResultsFormat | RdfFormat

_JSON: Final = QueryResultsFormat.JSON
_XML: Final = QueryResultsFormat.XML
_TABLES: Final = (QueryResultsFormat.CSV, QueryResultsFormat.TSV)


def _variant(format_: Format, suffix: str = "", media_type: str = "") -> Variant:
    known = format_.media_type.partition(";")[0]
    syntax = format_ if isinstance(format_, RdfFormat) else None
    return Variant(Offer(media_type or known), suffix or format_.file_extension, syntax)


_OWN: Final = {_variant(_JSON, "json"): _JSON, _variant(_XML, "xml"): _XML}
_PLAIN: Final = {
    _variant(format_, name, f"application/{name}"): format_ for name, format_ in (("json", _JSON), ("xml", _XML))
}
"""The same by the media types that clients ask for who do not know the formats' own."""
_ASK: Final = _OWN | _PLAIN
_SELECT: Final = _OWN | {_variant(format_): format_ for format_ in _TABLES} | _PLAIN
_GRAPH: Final[dict[Variant, Format]] = {
    **{_variant(syntax): syntax for syntax in SYNTAXES},
    _variant(RdfFormat.JSON_LD, "json", "application/json"): RdfFormat.JSON_LD,
    _variant(RdfFormat.RDF_XML, "xml", "application/xml"): RdfFormat.RDF_XML,
}
_ALSO_CALLED: Final = {"turtle": "ttl", "n3": "ttl", "json-ld": "jsonld", "n-triples": "nt", "rdf+xml": "rdf"}
"""What client libraries write in ``format=`` beside the Accept header, to the suffix that it means."""


def formats(form: Form) -> dict[Variant, Format | None]:
    """Return the variants in which a query of this form can be answered, the one to prefer first.

    None is for what is made of the result here: the page, and the chart of a table.
    """
    machine = _GRAPH if form.is_graph else _ASK if form is Form.ASK else _SELECT
    drawn: dict[Variant, Format | None] = {SVG: None} if form is Form.SELECT else {}
    return {**machine, HTML: None, **drawn}


def named_format(name: str, form: Form) -> Variant:
    """Return the variant that ``format=`` asks for by the suffix of its files.

    Raises InvalidRequest if there is none of this name, NotAcceptable if it does not fit the query's form.
    """
    name = _ALSO_CALLED.get(name, name)
    for variant in formats(form):
        if name in {variant.suffix, variant.offer.media_type}:
            return variant
    everywhere = sorted({variant.suffix for some in Form for variant in formats(some)})
    if name in everywhere:
        fitting = ", ".join(dict.fromkeys(variant.suffix for variant in formats(form)))
        raise NotAcceptable(
            told(
                "format: {form} has no answer in {name}; expected one of {fitting}",
                form=form,
                name=name,
                fitting=fitting,
            )
        )
    raise InvalidRequest(
        told('format: expected one of {formats}, found "{found}"', formats=", ".join(everywhere), found=name[:40])
    )


def table_format(query: Query) -> Format:
    """Return the format that the page reads the result in, before it shows it."""
    return RdfFormat.N_TRIPLES if query.form.is_graph else _JSON


def read_table(query: Query, content: bytes) -> ResultTable | bool:
    """Return what the page shows of a result in ``table_format``; the other rows are only counted."""
    if query.form.is_graph:
        triples = (quad.triple for quad in parse(content, format=RdfFormat.N_TRIPLES))
        return _beginning(("subject", "predicate", "object"), triples)
    result = parse_query_results(content, format=_JSON)
    if isinstance(result, QueryBoolean):
        return bool(result)
    return _beginning(tuple(variable.value for variable in result.variables), result)


def _beginning(names: tuple[str, ...], found: Iterable[Triple | QuerySolution]) -> ResultTable:
    rows = iter(found)
    first = tuple(tuple(row) for row in islice(rows, most_rows(len(names))))
    return ResultTable(names, first, sum(1 for _ in rows))
