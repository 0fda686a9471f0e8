"""``si-lod query``: ask a SPARQL endpoint."""

from __future__ import annotations

from pathlib import Path

import click

from si_lod.cli.manner import language
from si_lod.cli.speech import Spoken
from si_lod.errors import InvalidQuery
from si_lod.misreadings import no_utf_8
from si_lod.sentences import told


@click.command(cls=Spoken)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--endpoint", default="http://127.0.0.1:8000/sparql", show_default=True, help="The SPARQL endpoint.")
@click.option(
    "--format", "form", type=click.Choice(["csv", "json"]), default="csv", show_default=True, help="Form of the result."
)
def query(file: Path, endpoint: str, form: str) -> None:
    """Ask a SPARQL endpoint the query in FILE and print the result: CSV or JSON, a graph in Turtle, true or false.

    \b
    si-lod query data/queries/my-question.rq > answer.csv
    si-lod query my-question.rq --format json --endpoint https://example.org/sparql
    """  # noqa: D301 - click wants \b as it is
    from si_lod.client import Asking

    asking = Asking(endpoint, _text(file), form, language())
    click.echo(asking.result(), nl=False)


def _text(file: Path) -> str:
    try:
        # Some editors put a mark before a text that is UTF-8 (RFC 3629 §6).
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        reason = told("expected a SPARQL query in UTF-8: {error}", error=no_utf_8(error))
        raise InvalidQuery(told("{where}: {reason}", where=file, reason=reason)) from None
