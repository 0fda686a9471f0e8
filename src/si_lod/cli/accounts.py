"""Giving account: what a command found goes to people or programs, in the form that was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from si_lod.cli.manner import coloured, language, quiet, tell
from si_lod.cli.options import folder
from si_lod.cli.rendering import RENDERERS
from si_lod.cli.rendering.account import Account
from si_lod.cli.rendering.plain import plain, tally
from si_lod.errors import Level
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from si_lod.errors import Problem, Unfit

TOLD: Final = (Level.ERROR, Level.WARNING)
"""The levels that people are told of unless they ask for more; programs get all."""
UNPUBLISHED: Final = told("nothing was published")

format_option = click.option(
    "--format",
    "form",
    type=click.Choice(["text", *RENDERERS]),
    default="text",
    show_default=True,
    help="Tell problems to people, or to programs on standard output.",
)


def account(
    site: Path | None, problems: Iterable[Problem], release: str | None = None, *, unjudged: Iterable[str] = ()
) -> Account:
    """Return the account of that site's files."""
    from si_lod.publish.source.files import inputs

    root = folder(site)
    files = (path.relative_to(root).as_posix() for path in inputs(root))
    return Account.of(root, files, problems, release, unjudged=unjudged)


def refused(site: Path | None, error: Unfit) -> Account:
    """Return the account of that site's files, which may not be published because of ``error``."""
    return account(site, (*error.problems, *error.beside), unjudged=error.unjudged)


def give(
    given: Account, form: str, levels: tuple[Level, ...] = TOLD, *, wrong: bool = False, unfit: str = UNPUBLISHED
) -> None:
    """Print the account; in words, what is ``wrong`` goes to standard error.

    ``unfit`` says what came of the command where something must be mended first.
    """
    if form in RENDERERS:
        click.echo(RENDERERS[form](given, language()), nl=False)
    elif not (given.fit and quiet()):
        click.echo(plain(given, language(), *levels), nl=False, err=wrong, color=coloured())
        for sentence in given.unjudged:
            tell(sentence, wrong=wrong)
        verdict = told("the files may be published") if given.fit else unfit
        tell(told("{found}; {verdict}", found=tally(given), verdict=verdict), wrong=wrong)
