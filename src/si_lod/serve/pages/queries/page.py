"""The query page: a form, the result as a table, and where a query went wrong."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from si_lod.engine.diagnosis.mending import mended
from si_lod.engine.diagnosis.stopping.place import place
from si_lod.engine.policy.admission import admit
from si_lod.errors import InvalidQuery
from si_lod.sentences import say
from si_lod.serve.pages.charts.pictures import Picture
from si_lod.serve.pages.queries.advice import advice
from si_lod.serve.pages.queries.chart import result_chart
from si_lod.serve.pages.queries.examples import examples, offered
from si_lod.serve.pages.queries.headings import headings, parts
from si_lod.serve.pages.queries.keeping import FORMATS, LONGEST, Keeping, fits_address
from si_lod.serve.pages.queries.results import ResultTable, most_rows, plain
from si_lod.serve.pages.queries.snippets import snippets
from si_lod.serve.pages.rendering import render, render_with_licence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from si_lod.engine.evaluation import Form
    from si_lod.errors import ClientError
    from si_lod.serve.view import View

_EDITOR: Final = files("si_lod.serve") / "static/editor/yasqe.js"
"""The editor for those who have scripts; where it was not built, the form serves."""

_DEFAULT: Final = """SELECT ?class (COUNT(?thing) AS ?things)
WHERE {
  ?thing a ?class .
}
GROUP BY ?class
ORDER BY DESC(?things)
"""


def query_page(
    view: View,
    query: str,
    result: ResultTable | bool | None,  # noqa: FBT001  a boolean is what ASK answers
    graphs: Sequence[tuple[str, str]] = (),
) -> str:
    """Return the page with ``query`` in its form (an example where it is empty) and its result.

    ``graphs`` are those that it was asked of, as fields of the protocol, so that it is asked of them again.
    """
    text = query or starting_query(view)
    form = _form(text)
    return render_with_licence(
        view,
        "query.html",
        canonical=f"{view.manifest.site.base}sparql",
        **_asking(text, graphs),
        answer=result if isinstance(result, bool) else None,
        table=_first(view, query, form, result) if isinstance(result, ResultTable) else None,
        total=len(result.rows) + result.more if isinstance(result, ResultTable) else 0,
        **_drawn(view, [("query", query), *graphs], result),
        advice=advice(view, query, result, [iri for _, iri in graphs]) if result is not None else [],
        keeping=Keeping.of(view, query, form, graphs) if form and result is not None else None,
        snippets=snippets(_endpoint(view), text, form, graphs, view.language) if form else [],
        examples=_examples(view),
    )


def refused_page(view: View, query: str, problem: ClientError, graphs: Sequence[tuple[str, str]] = ()) -> str:
    """Return the page with ``query`` in its form, why it has no answer, and where it is wrong if it is.

    It costs little, and nothing is asked of the engine: whoever is told that there is no room for a query is not
    given what takes longer than one. Examples help only who has made a mistake.
    """
    is_mistake = isinstance(problem, InvalidQuery)
    return render(
        view,
        "query.html",
        **_asking(query, graphs),
        answer=None,
        table=None,
        problem=say(str(problem), view.language),
        is_mistake=is_mistake,
        place=place(query, problem),
        mended=mended(query, problem, view.manifest.site.prefixes) if isinstance(problem, InvalidQuery) else None,
        examples=_examples(view) if is_mistake else [],
    )


def _asking(query: str, graphs: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """Return what the form needs to know."""
    return {
        "query": query,
        "graphs": graphs,
        "formats": FORMATS,
        "editor": _EDITOR.is_file(),
        "posted": not fits_address(query, graphs),
        "longest": LONGEST,
    }


def _examples(view: View) -> list[tuple[str, str]]:
    """Return the title of each example, and the address that asks it."""
    chosen = f"&lang={view.language}" if view.chosen else ""
    return [(title, f"{view.root}/sparql?{asked}{chosen}") for title, asked in view.known(offered)[view.language]]


def starting_query(view: View) -> str:
    """Return a query to start from: the first of the site's headlines, else a question that every release answers."""
    asked = {example.name: example.asked(view) for example in view.known(examples)}
    return next((asked[name] for name in view.manifest.site.headlines if name in asked), _DEFAULT)


def _form(query: str) -> Form | None:
    try:
        return admit(query).form
    except InvalidQuery:
        return None


def _endpoint(view: View) -> str:
    """Return the address by which the world knows the endpoint: that of the release, if the reader is in one."""
    release = f"release/{view.manifest.version}/" if view.named else ""
    return f"{view.manifest.site.base}{release}sparql"


def _drawn(view: View, asked: Sequence[tuple[str, str]], result: ResultTable | bool | None) -> dict[str, Any]:  # noqa: FBT001  as above
    """Return whether there is a chart, and its picture, which has an address or is not."""
    chart = result_chart(view, result) if isinstance(result, ResultTable) else None
    (_, query), *graphs = asked
    shown = chart is not None and fits_address(query, graphs)
    picture = Picture.at(view, chart, "/sparql", [*asked, ("format", "svg")]) if chart and shown else None
    return {"is_drawn": chart is not None, "picture": picture}


def _first(view: View, query: str, form: Form | None, result: ResultTable) -> object:
    """Return the rows that the page shows; a triple is nobody's variables, so its parts are put into words."""
    rows = result.rows[: most_rows(len(result.columns))]
    if form is not None and form.is_graph:
        return plain(view, ResultTable(parts(view), rows), {})
    return plain(view, ResultTable(result.columns, rows), headings(view, query, result.columns))
