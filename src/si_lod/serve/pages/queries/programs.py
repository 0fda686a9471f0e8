"""A question as a program of each language, which runs as it is, also where the endpoint's address only leads to it.

What is short is asked by GET, which every client sends on when it is led elsewhere (RFC 9110 §15.4). What is too long
for an address is sent by POST, of which most clients make a GET without content then: curl is told not to, and the
others ask first where they are led.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urlencode

from si_lod.engine.evaluation import Form
from si_lod.sentences import say, told
from si_lod.serve.pages.queries import listings, quoting
from si_lod.serve.pages.queries.keeping import fits_address

if TYPE_CHECKING:
    from collections.abc import Sequence

ENDPOINT: Final = "\0"
"""Stands for the address until a program is written: no query is put into one with this character as it is."""
_ACCEPTED: Final = {Form.SELECT: "text/csv", Form.ASK: "application/sparql-results+json"}
_TURTLE: Final = "text/turtle"
_RESULTS: Final = "application/sparql-results+json"


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: a query, of which form it is, and the ``graphs`` that it is asked of, as fields of an address.

    ``language`` is that of the program's remarks.
    """

    query: str
    form: Form
    graphs: Sequence[tuple[str, str]] = ()
    language: str = "en"

    @property
    def is_short(self) -> bool:
        """Whether it fits into an address."""
        return fits_address(self.query, self.graphs)

    @property
    def dataset(self) -> str:
        """What stands behind the endpoint's address, however the query is sent (SPARQL 1.1 Protocol §2.1.4)."""
        return f"?{urlencode(self.graphs, quote_via=quote, safe='')}" if self.graphs else ""

    @property
    def begun(self) -> str:
        """The same where more fields follow."""
        return f"{self.dataset}&" if self.graphs else "?"

    @property
    def led(self) -> str:
        """Why a program asks first where the address leads."""
        return say(told("a redirect would lose what is sent by POST, so it is followed before"), self.language)


def curl(question: Question) -> str:
    """Return the command."""
    accept = _ACCEPTED.get(question.form, _TURTLE)
    how = "--get" if question.is_short else listings.KEPT
    sent, after = quoting.shell(question.query, "query")
    return f"curl -sSL {how} -H 'Accept: {accept}' {sent} '{ENDPOINT}{question.dataset}'{after}"


def python(question: Question) -> str:
    """Return the program, for SPARQLWrapper."""
    form = question.form
    constants = ", ".join(sorted([(constant := "TURTLE" if form.is_graph else "JSON"), form.name]))
    dataset = "".join(f"endpoint.{listings.PYTHON_GRAPHS[name]}({iri!a})\n" for name, iri in question.graphs)
    return (listings.PYTHON if question.is_short else listings.PYTHON_LONG).format(
        constants=constants,
        constant=constant,
        type=form.name,
        endpoint=ENDPOINT,
        dataset=dataset,
        led=question.led,
        guessed=say(told("else guessed from the text"), question.language),
        probe=listings.PROBE,
        query=quoting.python(question.query),
        print=listings.PYTHON_PRINTS.get(form, "print(answer.decode())"),
    )


def r(question: Question) -> str:
    """Return the program, which sends by itself what is short, and by curl what is too long for an address."""
    literal, is_table = quoting.r(question.query), question.form is Form.SELECT
    if question.is_short:
        prints = listings.R_TABLE.format(source="address") if is_table else listings.R_LINES
        format_ = {Form.SELECT: "csv", Form.ASK: "json"}.get(question.form, "ttl")
        return listings.R.format(query=literal, endpoint=ENDPOINT, begun=question.begun, format=format_, print=prints)
    prints = listings.R_TABLE.format(source="text = answer") if is_table else "writeLines(answer)"
    accept, kept = _ACCEPTED.get(question.form, _TURTLE), ", ".join(f'"{option}"' for option in listings.KEPT.split())
    return listings.R_LONG.format(
        query=literal, endpoint=ENDPOINT, dataset=question.dataset, accept=accept, kept=kept, print=prints
    )


def javascript(question: Question) -> str:
    """Return the program, for a browser or another runtime that has ``fetch``."""
    return (listings.JAVASCRIPT if question.is_short else listings.JAVASCRIPT_LONG).format(
        query=quoting.javascript(question.query),
        endpoint=ENDPOINT,
        begun=question.begun,
        dataset=f' + "{question.dataset}"' if question.graphs else "",
        led=question.led,
        probe=listings.PROBE,
        accept=_TURTLE if question.form.is_graph else _RESULTS,
        print=listings.JAVASCRIPT_PRINTS.get(question.form, "console.log(await response.text());"),
    )


def spreadsheet(question: Question) -> str:
    """Return the address, from which a spreadsheet takes a table."""
    fields = {"format": "csv", "query": question.query}
    return f"{ENDPOINT}{question.begun}{urlencode(fields, quote_via=quote)}"
