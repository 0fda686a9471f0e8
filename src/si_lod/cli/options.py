"""The options that several commands share, and what they stand for."""

from __future__ import annotations

import os
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from si_lod.errors import WrongUsage
from si_lod.sentences import told
from si_lod.settings import Settings, spoken

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from si_lod.publish.source.files import Source

_LANGUAGE: Final = "LANGUAGE"
F = TypeVar("F", bound="Callable[..., Any]")

site_option = click.option(
    "--site",
    type=click.Path(path_type=Path),
    help="Folder with data/, ontology/ and shapes/; default: the sample site.",
)
releases_option = click.option(
    "--releases", type=click.Path(path_type=Path), help="Folder of the releases; SI_LOD_RELEASES; default: releases."
)


def setting_options(*names: str) -> Callable[[F], F]:
    """Return a decorator that gives a command an option for each of these settings, as ``Settings`` describes them."""
    described = {setting.name: setting for setting in fields(Settings)}

    def decorate(command: F) -> F:
        for name in reversed(names):
            setting = described[name]
            known = setting.metadata
            kind = click.IntRange(known["least"], known["most"]) if isinstance(setting.default, int) else str
            said = f"{known['help'].capitalize()}; SI_LOD_{name.upper()}; default: {setting.default or 'none'}."
            command = click.option(f"--{name.replace('_', '-')}", name, type=kind, help=said)(command)
        return command

    return decorate


def locale() -> str:
    """Return the language of the environment's locale, if messages come in it, else English."""
    return spoken(os.environ)


@contextmanager
def in_language(language: str) -> Iterator[None]:
    """Make it the language of the environment, for whatever looks for it there, until this ends."""
    before = os.environ.get(_LANGUAGE)
    os.environ[_LANGUAGE] = language
    try:
        yield
    finally:
        if before is None:
            del os.environ[_LANGUAGE]
        else:
            os.environ[_LANGUAGE] = before


def wants_colour() -> bool:
    """Return whether colours may be used where a terminal can show them (https://no-color.org)."""
    return not os.environ.get("NO_COLOR")


def settings(**options: object) -> Settings:
    """Return the settings of the environment, overridden by the options that were given."""
    return Settings.read(os.environ, **options)


def misspelt() -> Iterator[tuple[str, str]]:
    """Return the variables of the environment that are almost a setting's, each with that."""
    return Settings.misspelt(os.environ)


def source(site: Path | None) -> Source:
    """Return the site in that folder, or the sample site; raises WrongUsage for a folder that is no site at all."""
    from si_lod.publish.source.files import ROOMS, Source

    root = folder(site)
    if not any((root / room).is_dir() for room in ROOMS):
        message = told(
            "{folder}: expected the folder of a site, with data/, ontology/ and shapes/, found none", folder=root
        )
        raise WrongUsage(message)
    return Source.read(root, settings().publish_seconds)


def folder(site: Path | None) -> Path:
    """Return that folder, or the sample site's."""
    from si_lod.publish.source.files import default_root

    return site or default_root()
