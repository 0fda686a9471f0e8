"""The query page: a form, the result as a table, and where a query went wrong."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Final, Self

from si_lod.engine.evaluation import Form
from si_lod.engine.policy.admission import admit
from si_lod.errors import InvalidQuery
from si_lod.sentences import say
from si_lod.serve.pages.charts.pictures import Picture
from si_lod.serve.pages.queries.advice import advice
from si_lod.serve.pages.queries.chart import result_chart
from si_lod.serve.pages.queries.examples import examples
from si_lod.serve.pages.queries.place import place
from si_lod.serve.pages.queries.results import ResultTable, most_rows, plain
from si_lod.serve.pages.queries.snippets import snippets
from si_lod.serve.pages.rendering import render_with_licence

if TYPE_CHECKING:
    from si_lod.errors import ClientError
    from si_lod.serve.view import View

FORMATS: Final = (("html", "HTML"), ("csv", "CSV"), ("tsv", "TSV"), ("json", "JSON"), ("xml", "XML"), ("ttl", "Turtle"))
"""What the form offers, by the value of ``format``."""

_FITTING: Final = {
    Form.SELECT: {"csv", "tsv", "json", "xml"},
    Form.ASK: {"json", "xml"},
    Form.CONSTRUCT: {"ttl", "json", "xml"},
    Form.DESCRIBE: {"ttl", "json", "xml"},
}
"""Which of them an answer to a query of each form can have, beside the page."""

_EDITOR: Final = files("si_lod.serve") / "static/editor/yasqe.js"
"""The editor for those who have scripts; where it was not built, the form serves."""

_DEFAULT: Final = """SELECT ?class (COUNT(?thing) AS ?things)
WHERE {
  ?thing a ?class .
}
GROUP BY ?class
ORDER BY DESC(?things)
"""


@dataclass(frozen=True, slots=True)
class Keeping:
    """Where a question is found again: with its newest answer, with this answer for good, and in each format."""

    newest: str
    pinned: str
    formats: list[tuple[str, str]]

    @classmethod
    def of(cls, view: View, query: str, form: Form) -> Self:
        """Return the addresses of ``query``."""
        fitting = [(value, name) for value, name in FORMATS if value in _FITTING[form]]
        return cls(
            newest=view.outside("/sparql", query=query),
            pinned=view.outside(f"/release/{view.manifest.version}/sparql", query=query),
            formats=[(name, view.link("/sparql", query=query, format=value)) for value, name in fitting],
        )


def query_page(view: View, query: str, result: ResultTable | bool | None, problem: ClientError | None) -> str:  # noqa: FBT001  a boolean is what ASK answers
    """Return the page with ``query`` in its form (an example where it is empty), its result and its problem."""
    text = query or starting_query(view)
    form = _form(text)
    return render_with_licence(
        view,
        "query.html",
        canonical=f"{view.manifest.site.base}sparql",
        query=text,
        formats=FORMATS,
        asked=bool(query),
        answer=result if isinstance(result, bool) else None,
        table=_first(view, result) if isinstance(result, ResultTable) else None,
        total=len(result.rows) + result.more if isinstance(result, ResultTable) else 0,
        picture=_picture(view, query, result) if isinstance(result, ResultTable) else None,
        advice=advice(view, query) if result is not None else [],
        keeping=Keeping.of(view, query, form) if form and result is not None else None,
        problem=say(str(problem), view.language) if problem else None,
        place=place(query, problem),
        endpoint=_endpoint(view),
        snippets=snippets(_endpoint(view), text, form) if form and not problem else [],
        editor=_EDITOR.is_file(),
        examples=[
            (example.title(view), view.link("/sparql", query=example.asked(view))) for example in view.known(examples)
        ],
    )


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


def _picture(view: View, query: str, result: ResultTable) -> Picture | None:
    chart = result_chart(view, result)
    return Picture.at(view, chart, "/sparql", query=query, format="svg") if chart else None


def _first(view: View, result: ResultTable) -> object:
    return plain(view, ResultTable(result.columns, result.rows[: most_rows(len(result.columns))]))
