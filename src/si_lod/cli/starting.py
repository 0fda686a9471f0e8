"""``si-lod init``: a site of one's own to begin with."""

from __future__ import annotations

from pathlib import Path

import click

from si_lod.cli.manner import quiet_option, tell
from si_lod.cli.speech import Spoken
from si_lod.sentences import counted, told


@click.command(cls=Spoken)
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.option("--base", default="https://data.example.org/", show_default=True, help="What the site's IRIs begin with.")
@click.option("--title", default="Counts by place", show_default=True, help="The site's title.")
@quiet_option
def init(folder: Path, base: str, title: str) -> None:
    """Begin a site of your own in DIR: tables, metadata, ontology, shapes and a query, which publish at once.

    DIR must be new or empty.

    \b
    si-lod init my-site --title "Trees counted" --base https://data.example.org/trees/
    """  # noqa: D301 - click wants \b as it is
    from si_lod.publish.starting import start

    written = sum(1 for _ in start(folder, base=base, title=title))
    tell(counted("{number} file written in {folder}", "{number} files written in {folder}", written, folder=folder))
    tell(told("next: si-lod publish --site {folder}", folder=folder))
