"""The same question from a program: short programs that run as they are, and print the answer."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urlencode

from si_lod.engine.evaluation import Form

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_PYTHON: Final = """from SPARQLWrapper import {constant}, SPARQLWrapper

endpoint = SPARQLWrapper("{endpoint}")
endpoint.setReturnFormat({constant})
endpoint.setMethod("POST")
endpoint.setQuery({query})
answer = endpoint.queryAndConvert()
{print}
"""
_PYTHON_PRINTS: Final = {
    Form.SELECT: (
        'for row in answer["results"]["bindings"]:\n    print({name: cell["value"] for name, cell in row.items()})'
    ),
    Form.ASK: 'print(answer["boolean"])',
}
_R: Final = """query <- r"{dashes}(
{query}
){dashes}"
address <- paste0("{endpoint}?format={format}&query=", URLencode(query, reserved = TRUE))
{print}
"""
_R_PRINTS: Final = {Form.SELECT: 'print(read.csv(address, encoding = "UTF-8", check.names = FALSE))'}
_JAVASCRIPT: Final = """const query = `{query}`;
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
_RESULTS: Final = "application/sparql-results+json"


@dataclass(frozen=True, slots=True)
class Snippet:
    """A program in ``language``, which is what people call it; ``name`` is the same as an identifier."""

    name: str
    language: str
    code: str


def snippets(endpoint: str, query: str, form: Form) -> list[Snippet]:
    """Return the programs that ask ``query`` of the endpoint at this address; a spreadsheet takes only tables."""
    asked = query.strip()
    return [Snippet(name, language, write(endpoint, asked, form)) for name, language, write in _writers(form)]


def _writers(form: Form) -> Iterator[tuple[str, str, Callable[[str, str, Form], str]]]:
    yield "curl", "curl", _curl
    yield "python", "Python", _python
    yield "r", "R", _r
    yield "javascript", "JavaScript", _javascript
    if form is Form.SELECT:
        yield "spreadsheet", "", _spreadsheet


def _curl(endpoint: str, query: str, form: Form) -> str:
    accept = _ACCEPTED.get(form, _TURTLE)
    return f"curl -sS -H 'Accept: {accept}' --data-urlencode {shlex.quote(f'query={query}')} {shlex.quote(endpoint)}"


def _python(endpoint: str, query: str, form: Form) -> str:
    literal = repr(query) if '"""' in query else f'r"""\n{query}\n"""'
    constant = "TURTLE" if form.is_graph else "JSON"
    prints = _PYTHON_PRINTS.get(form, "print(answer.decode())")
    return _PYTHON.format(constant=constant, endpoint=endpoint, query=literal, print=prints).rstrip()


def _r(endpoint: str, query: str, form: Form) -> str:
    prints = _R_PRINTS.get(form, 'writeLines(readLines(address, encoding = "UTF-8", warn = FALSE))')
    format_ = {Form.SELECT: "csv", Form.ASK: "json"}.get(form, "ttl")
    dashes = "---"
    while f'){dashes}"' in query:
        dashes += "-"
    return _R.format(dashes=dashes, query=query, endpoint=endpoint, format=format_, print=prints).rstrip()


def _javascript(endpoint: str, query: str, form: Form) -> str:
    escaped = query.replace("\\", "\\\\").replace("`", "\\`").replace("${", "\\${")
    accept = _TURTLE if form.is_graph else _RESULTS
    prints = _JAVASCRIPT_PRINTS.get(form, "console.log(await response.text());")
    return _JAVASCRIPT.format(query=escaped, endpoint=endpoint, accept=accept, print=prints).rstrip()


def _spreadsheet(endpoint: str, query: str, _form: Form) -> str:
    return f"{endpoint}?{urlencode({'format': 'csv', 'query': query}, quote_via=quote)}"
