"""The edge: every command hangs here, and every error becomes a message and an exit status here."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from si_lod import __version__
from si_lod.cli.accounts import give, refused
from si_lod.cli.checking import check
from si_lod.cli.comparing import diff
from si_lod.cli.manner import quiet_option, tell
from si_lod.cli.publishing import publish
from si_lod.cli.pushing import push
from si_lod.cli.querying import query
from si_lod.cli.rehearsing import rehearse
from si_lod.cli.serving import serve
from si_lod.cli.shelf import releases
from si_lod.cli.speech import SpokenGroup, speaking
from si_lod.cli.starting import init
from si_lod.cli.tidying import tidy
from si_lod.errors import LodError, Unfit
from si_lod.misreadings import reason_of
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any


class Edge(SpokenGroup):
    """The group of all commands; exits 0 when all is well, 1 for the files, 2 for wrong usage, 3 for the machine."""

    def main(self, args: Sequence[str] | None = None, *others: Any, **named: Any) -> Any:
        """Run the command line in the language that it asks for."""
        arguments = sys.argv[1:] if args is None else list(args)
        with speaking(arguments):
            return super().main(arguments, *others, **named)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command and turn what it raises into words and a status."""
        try:
            return super().invoke(ctx)
        except LodError as error:
            _tell(error)
            ctx.exit(error.exit_status)
        except BrokenPipeError:
            raise  # The reader has seen enough; click ends quietly.
        except OSError as error:
            where = error.filename or told("the machine")
            tell(told("{where}: {reason}", where=where, reason=reason_of(error)), wrong=True)
            ctx.exit(LodError.exit_status)


def _tell(error: LodError) -> None:
    if isinstance(error, Unfit):
        give(refused(None, error), "text", wrong=True)
    else:
        tell(str(error), wrong=True)
    for note in getattr(error, "__notes__", ()):
        tell(note, wrong=True)


@click.group(cls=Edge, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, package_name="si-lod", message="%(prog)s %(version)s")
@quiet_option
def commands() -> None:
    """Publish monitoring facts as linked open data, and serve them.

    Facts are kept in tables (CSV) in a site's data folder. They become RDF as the tables' metadata says (CSVW), are
    held against the shapes (SHACL), become a release that never changes, and are served with SPARQL.

    \b
    si-lod init DIR           begin a site of your own, small and whole
    si-lod check              are the facts fit to be published? nothing is written
    si-lod tidy               write the tables as version control compares them well
    si-lod publish            make a release of them and switch to it
    si-lod serve              serve the current release on http://127.0.0.1:8000
    si-lod releases           which releases there are; show one; roll back
    si-lod diff A B           what changed from one release to another
    si-lod push --to URL      put a release into an engine on another machine
    si-lod query FILE         ask a SPARQL endpoint
    si-lod rehearse URL       what each portal would take of a running site

    \b
    From nothing to pages in a browser:
        si-lod init my-site --title "Trees counted"
        si-lod check --site my-site --watch     while you edit my-site/data/*.csv
        si-lod publish --site my-site
        si-lod serve

    \b
    Exit status: 0 all is well, 1 the files must be mended, 2 wrong usage, 3 the machine.
    Completion of commands and options, in bash (likewise zsh and fish):
        eval "$(_SI_LOD_COMPLETE=bash_source si-lod)"
    """  # noqa: D301 - click wants \b as it is


for _command in (init, check, tidy, publish, serve, releases, diff, push, query, rehearse):
    commands.add_command(_command)


def main() -> None:
    """Run the command line."""
    commands()
