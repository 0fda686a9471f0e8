"""The options that several commands share, and what they stand for."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from si_lod.settings import Settings

if TYPE_CHECKING:
    from si_lod.publish.source import Source

site_option = click.option(
    "--site",
    type=click.Path(path_type=Path),
    help="Folder with data/, ontology/ and shapes/; default: the sample site.",
)
releases_option = click.option(
    "--releases", type=click.Path(path_type=Path), help="Folder of the releases; SI_LOD_RELEASES; default: releases."
)


def settings(**options: object) -> Settings:
    """Return the settings of the environment, overridden by the options that were given."""
    return Settings.read(os.environ, **options)


def source(site: Path | None) -> Source:
    """Return the site in that folder, or the sample site."""
    from si_lod.publish.source import Source, default_root

    return Source.read(site or default_root())
