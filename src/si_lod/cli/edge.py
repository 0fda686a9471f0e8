"""The edge: every command hangs here, and every error becomes a message and an exit status here."""

from __future__ import annotations

import sys

import click

from si_lod import __version__
from si_lod.cli.publishing import check, publish
from si_lod.cli.querying import query
from si_lod.cli.serving import serve
from si_lod.cli.shelf import releases
from si_lod.cli.tidying import tidy
from si_lod.errors import EditorError, InvalidFiles, LodError, NonConforming


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, package_name="si-lod")
def commands() -> None:
    """Publish monitoring facts as linked open data, and serve them.

    \b
    si-lod check              are the facts fit to be published? nothing is written
    si-lod tidy               write the tables as version control compares them well
    si-lod publish            make a release of them and switch to it
    si-lod serve              serve the current release on http://127.0.0.1:8000
    si-lod releases           which releases there are; show one; roll back
    si-lod query FILE         ask a SPARQL endpoint
    """  # noqa: D301 - click wants \b as it is


for _command in (check, tidy, publish, serve, releases, query):
    commands.add_command(_command)


def main() -> None:
    """Run the command line; exit 0 when all is well, 1 for the files, 2 for wrong usage, 3 for the machine."""
    try:
        commands()
    except LodError as error:
        click.echo(str(error), err=True)
        if isinstance(error, EditorError):
            click.echo(_afterword(error), err=True)
        sys.exit(error.exit_status)
    except OSError as error:
        click.echo(f"{error.filename or 'the machine'}: {error.strerror or error}", err=True)
        sys.exit(LodError.exit_status)


def _afterword(error: EditorError) -> str:
    if isinstance(error, InvalidFiles | NonConforming):
        problems = error.problems
        files = {problem.file for problem in problems}
        faults = f"{len(problems)} problem{'s' if len(problems) != 1 else ''}"
        return f"{faults} in {len(files)} file{'s' if len(files) != 1 else ''}; nothing was written"
    return "nothing was written"
