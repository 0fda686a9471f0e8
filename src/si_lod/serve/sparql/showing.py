"""A query's result for people: as a page and as a chart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request

from si_lod.errors import NotAcceptable
from si_lod.sentences import told
from si_lod.serve.pages import ResultTable, plan_of, query_page, result_chart, svg
from si_lod.serve.sparql.results import read_table

if TYPE_CHECKING:
    from si_lod.engine.evaluation import QueryRequest
    from si_lod.serve.visit import Visit


def page(visit: Visit, asked: QueryRequest) -> str:
    """Return the query page with the result; raises what evaluation raises."""
    result = read_table(asked.query, visit.engine.answer(asked).content)
    return query_page(visit.view, asked.query.text, result, None)


def drawing(visit: Visit, asked: QueryRequest) -> str:
    """Return the result as a chart in SVG; raises NotAcceptable if there is nothing to hold side by side."""
    result = read_table(asked.query, visit.engine.answer(asked).content)
    chart = result_chart(visit.view, result) if isinstance(result, ResultTable) else None
    if chart is None:
        raise NotAcceptable(told("format: this result has no column of figures beside one of words; ask for another"))
    return svg(visit.view, chart, plan_of(request.args.get("size", "")))
