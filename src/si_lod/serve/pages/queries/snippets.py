"""The same question from a program: short programs that run as they are, and print the answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urlencode

from si_lod.engine.evaluation import Form
from si_lod.serve.pages.queries import quoting
from si_lod.serve.pages.queries.keeping import fits_address

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_PYTHON: Final = """from SPARQLWrapper import {constants}, SPARQLWrapper

endpoint = SPARQLWrapper("{endpoint}")
endpoint.setReturnFormat({constant})
endpoint.setMethod("POST")
endpoint.setQuery({query})
endpoint.queryType = {type}  # else guessed from the text
answer = endpoint.queryAndConvert()
{print}
"""
_PYTHON_PRINTS: Final = {
    Form.SELECT: (
        'for row in answer["results"]["bindings"]:\n    print({name: cell["value"] for name, cell in row.items()})'
    ),
    Form.ASK: 'print(answer["boolean"])',
}
_R: Final = """query <- {query}
address <- paste0("{endpoint}?format={format}&query=", URLencode(query, reserved = TRUE, repeated = TRUE))
{print}
"""
_R_LONG: Final = """query <- {query}
file <- tempfile()
writeBin(charToRaw(query), file)
asked <- c("-sSf", "-H", shQuote("Accept: {accept}"), "--data-urlencode", shQuote(paste0("query@", file)))
answer <- system2("curl", c(asked, shQuote("{endpoint}")), stdout = TRUE)
Encoding(answer) <- "UTF-8"
{print}
"""
_R_TABLE: Final = 'print(read.csv({source}, encoding = "UTF-8", check.names = FALSE, na.strings = ""))'
_R_LINES: Final = 'writeLines(readLines(address, encoding = "UTF-8", warn = FALSE))'
_JAVASCRIPT: Final = """const query = {query};
const response = await fetch("{endpoint}", {{
  method: "POST",
  headers: {{ Accept: "{accept}" }},
  body: new URLSearchParams({{ query }}),
}});
if (!response.ok) throw new Error(await response.text());
{print}
"""
_JAVASCRIPT_PRINTS: Final = {
    Form.SELECT: (
        "const { head, results } = await response.json();\n"
        "const value = (row) => Object.fromEntries(head.vars.map((name) => [name, row[name]?.value]));\n"
        "console.table(results.bindings.map(value));"
    ),
    Form.ASK: "console.log((await response.json()).boolean);",
}
_ACCEPTED: Final = {Form.SELECT: "text/csv", Form.ASK: "application/sparql-results+json"}
_TURTLE: Final = "text/turtle"
_ENDPOINT: Final = "\0"
"""Stands for the address until a program is written: no query is put into one with this character as it is."""
_RESULTS: Final = "application/sparql-results+json"


@dataclass(frozen=True, slots=True)
class Snippet:
    """A program in ``language``, which is what people call it; ``name`` is the same as an identifier.

    ``before`` and ``after`` is what stands around the address of the ``endpoint``, so that it can be changed for the
    one where a page is served: the same address in the query means something else.
    """

    name: str
    language: str
    before: str
    endpoint: str
    after: str

    @property
    def code(self) -> str:
        """The program as it runs."""
        return self.before + self.endpoint + self.after


def snippets(endpoint: str, query: str, form: Form) -> list[Snippet]:
    """Return the programs that ask ``query`` of the endpoint at this address.

    Ends of lines are those that programs have. A spreadsheet takes only tables, from an address.
    """
    asked = query.replace("\r\n", "\n").strip()
    writers = _writers(form, is_short=fits_address(asked))
    written = (
        (name, language, write(_ENDPOINT, asked, form).partition(_ENDPOINT)) for name, language, write in writers
    )
    return [Snippet(name, language, before, endpoint, after) for name, language, (before, _, after) in written]


def _writers(form: Form, *, is_short: bool) -> Iterator[tuple[str, str, Callable[[str, str, Form], str]]]:
    yield "curl", "curl", _curl
    yield "python", "Python", _python
    yield "r", "R", _r
    yield "javascript", "JavaScript", _javascript
    if form is Form.SELECT and is_short:
        yield "spreadsheet", "", _spreadsheet


def _curl(endpoint: str, query: str, form: Form) -> str:
    accept = _ACCEPTED.get(form, _TURTLE)
    sent, after = quoting.shell(query, "query")
    return f"curl -sS -H 'Accept: {accept}' {sent} '{endpoint}'{after}"


def _python(endpoint: str, query: str, form: Form) -> str:
    constants = ", ".join(sorted([(constant := "TURTLE" if form.is_graph else "JSON"), form.name]))
    prints = _PYTHON_PRINTS.get(form, "print(answer.decode())")
    literal = quoting.python(query)
    return _PYTHON.format(
        constants=constants, constant=constant, type=form.name, endpoint=endpoint, query=literal, print=prints
    ).rstrip()


def _r(endpoint: str, query: str, form: Form) -> str:
    """Return the program of R, which sends by itself what is short, and by curl what is too long for an address."""
    literal, is_table = quoting.r(query), form is Form.SELECT
    if fits_address(query):
        prints = _R_TABLE.format(source="address") if is_table else _R_LINES
        format_ = {Form.SELECT: "csv", Form.ASK: "json"}.get(form, "ttl")
        return _R.format(query=literal, endpoint=endpoint, format=format_, print=prints).rstrip()
    prints = _R_TABLE.format(source="text = answer") if is_table else "writeLines(answer)"
    accept = _ACCEPTED.get(form, _TURTLE)
    return _R_LONG.format(query=literal, endpoint=endpoint, accept=accept, print=prints).rstrip()


def _javascript(endpoint: str, query: str, form: Form) -> str:
    accept = _TURTLE if form.is_graph else _RESULTS
    prints = _JAVASCRIPT_PRINTS.get(form, "console.log(await response.text());")
    literal = quoting.javascript(query)
    return _JAVASCRIPT.format(query=literal, endpoint=endpoint, accept=accept, print=prints).rstrip()


def _spreadsheet(endpoint: str, query: str, _form: Form) -> str:
    return f"{endpoint}?{urlencode({'format': 'csv', 'query': query}, quote_via=quote)}"
