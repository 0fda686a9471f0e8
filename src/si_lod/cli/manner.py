"""In what manner a command speaks: language, colour, and whether it says more than what went wrong."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

import click

from si_lod.cli.options import locale, wants_colour
from si_lod.foreign import tamed
from si_lod.sentences import say

if TYPE_CHECKING:
    from typing import Any

_QUIET: Final = f"{__name__}.quiet"


def _keep(context: click.Context, parameter: click.Parameter, value: Any) -> None:
    # A context's meta is shared with the contexts around it, so the edge sees what its command was asked.
    if value and not context.resilient_parsing:
        context.meta[f"{__name__}.{parameter.name}"] = value


quiet_option = click.option(
    "--quiet", "-q", is_flag=True, callback=_keep, expose_value=False, help="Say only what went wrong."
)


def language() -> str:
    """Return the language that was asked for, which the edge has made the locale's, else that."""
    return locale()


def tell(text: str, *, wrong: bool = False, aside: bool = False) -> None:
    """Print a message in the language asked for.

    What is ``wrong`` goes to standard error, even when asked to be quiet; so does, otherwise, what is said ``aside``.
    What a machine elsewhere said may be in it.
    """
    if wrong or not quiet():
        click.echo(tamed(say(text, language())), err=wrong or aside)


def quiet() -> bool:
    """Return whether only what went wrong is to be told."""
    return bool(click.get_current_context().meta.get(_QUIET))


def coloured() -> bool | None:
    """Return False where colours are not wanted; None leaves it to whether a terminal is there to show them."""
    return None if wants_colour() else False


def watched() -> bool:
    """Return whether a person is looking who can see how far the work is."""
    return sys.stderr.isatty() and not quiet()
