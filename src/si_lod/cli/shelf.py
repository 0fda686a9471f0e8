"""``si-lod releases``: which there are, what one says of itself, and the way back to an older one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from si_lod.cli.options import releases_option, settings
from si_lod.releases import Releases

if TYPE_CHECKING:
    from pathlib import Path


@click.group(invoke_without_command=True)
@releases_option
@click.pass_context
def releases(context: click.Context, releases: Path | None) -> None:
    """List the releases; the one that is served has a star."""
    shelf = context.obj = Releases(settings(releases=releases).releases)
    if context.invoked_subcommand is None:
        for version in shelf.versions():
            manifest = shelf.open(version).manifest
            star = "*" if version == shelf.current_version() else " "
            click.echo(f"{star} {version}  issued {manifest.issued}  {manifest.triples} triples")


@releases.command()
@click.argument("version", required=False)
@click.pass_obj
def show(shelf: Releases, version: str | None) -> None:
    """Show what a release says of itself, and why it was let through; default: the current one."""
    release = shelf.open(version) if version else shelf.current()
    click.echo((release.path / "manifest.json").read_text(encoding="utf-8"), nl=False)
    click.echo((release.path / "report.txt").read_text(encoding="utf-8"), nl=False)


@releases.command()
@click.argument("version", required=False)
@click.pass_obj
def rollback(shelf: Releases, version: str | None) -> None:
    """Serve an older release, by default the one before the current; nothing is deleted."""
    with shelf.lock():
        target = version or shelf.before_current()
        shelf.switch(target)
    click.echo(f"{target} is served")
