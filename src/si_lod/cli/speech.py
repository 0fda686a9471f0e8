"""Commands that speak the reader's language, of which each takes ``--lang``: their help, and click's own words.

click asks gettext's current domain for its words, and gettext looks for the language in the environment. The edge
sets both for as long as it runs (``speaking``); the catalogue has click's texts and those of our help, by paragraph.
"""

from __future__ import annotations

import gettext
import inspect
from contextlib import contextmanager
from copy import copy
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import click

from si_lod.cli.options import in_language, locale
from si_lod.sentences import FOLDER, LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

DOMAIN: Final = "command_line"
_OPTION: Final = "--lang"
_KEPT: Final = "\b\n"
"""What a paragraph begins with that click prints line by line."""

LANGUAGE: Final = click.Option(
    [_OPTION, "language"],
    type=click.Choice(LANGUAGES),
    expose_value=False,
    help="Language of the messages; default: the locale's.",
)
"""The option that every command takes; the edge has heeded it before anything can go wrong (``speaking``)."""


@contextmanager
def speaking(arguments: Sequence[str]) -> Iterator[None]:
    """Let everything be said in the language that the arguments ask for, wherever it stands in them, else the locale's.

    It is looked for before they are parsed, since what is wrong with them must be said in it, too.
    """
    asked = [other for one, other in pairwise(arguments) if one == _OPTION]
    asked += [one.removeprefix(f"{_OPTION}=") for one in arguments if one.startswith(f"{_OPTION}=")]
    domain = gettext.textdomain()
    gettext.bindtextdomain(DOMAIN, str(FOLDER))
    gettext.textdomain(DOMAIN)
    try:
        with in_language(next((tag for tag in asked if tag in LANGUAGES), locale())):
            yield
    finally:
        gettext.textdomain(domain)


def paragraphs(text: str) -> Iterator[tuple[str, str]]:
    """Yield each paragraph of a help text as what it begins with and what the catalogue knows it by.

    A paragraph that is wrapped is one line there.
    """
    for paragraph in inspect.cleandoc(text).split("\n\n"):
        if paragraph.startswith(_KEPT):
            yield _KEPT, paragraph.removeprefix(_KEPT)
        else:
            yield "", " ".join(paragraph.split())


def _said(text: str | None) -> str:
    return "\n\n".join(begin + gettext.gettext(paragraph) for begin, paragraph in paragraphs(text or "") if paragraph)


class Spoken(click.Command):
    """A command that takes ``--lang``, and whose help is in the reader's language."""

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """Return the command's parameters, and that of the language."""
        return [*super().get_params(ctx), LANGUAGE]

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Return the parts of the line that tells how the command is called."""
        return [gettext.gettext(piece) for piece in super().collect_usage_pieces(ctx)]

    def get_short_help_str(self, limit: int = 45) -> str:
        """Return the first sentence of the help, as the list of commands has it."""
        return super(Spoken, self._translated()).get_short_help_str(limit)

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what the command does."""
        super(Spoken, self._translated()).format_help_text(ctx, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what the options do."""
        options = [copy(param) for param in self.get_params(ctx) if isinstance(param, click.Option)]
        for option in options:
            option.help = _said(option.help)
        records = filter(None, (option.get_help_record(ctx) for option in options))
        with formatter.section(gettext.gettext("Options")):
            formatter.write_dl(list(records))

    def _translated(self) -> Spoken:
        command = copy(self)
        command.help = _said(self.help)
        return command


class SpokenGroup(Spoken, click.Group):
    """A group of such commands."""

    command_class = Spoken
    group_class = type

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what the options do, and then which commands there are."""
        super().format_options(ctx, formatter)
        self.format_commands(ctx, formatter)
