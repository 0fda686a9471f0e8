"""``si-lod check`` and ``si-lod publish``: from a site's files to a verdict or a release."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

import click

from si_lod.cli.options import releases_option, settings, site_option, source
from si_lod.errors import NonConforming
from si_lod.releases import Releases

if TYPE_CHECKING:
    from pathlib import Path

_TOLD: Final = ("Violation", "Warning")


@click.command()
@site_option
@click.option("--all", "everything", is_flag=True, help="Tell what is only worth knowing, too.")
def check(site: Path | None, *, everything: bool) -> None:
    """Say whether the site's files may be published; write nothing.

    Exit status: 0 they may, 1 something in them must be mended first.
    """
    from si_lod.publish.road import check as judge

    verdict = judge(source(site))
    click.echo(verdict.text(*() if everything else _TOLD), nl=False)
    if verdict.violations:
        sys.exit(NonConforming.exit_status)


@click.command()
@site_option
@releases_option
def publish(site: Path | None, releases: Path | None) -> None:
    """Make a release of the site's files and serve it from now on.

    Exit status: 0 published, or nothing had changed; 1 something in the files must be mended first.
    """
    from si_lod.publish.road import publish as make

    shelf = Releases(settings(releases=releases).releases)
    outcome = make(source(site), shelf)
    made = outcome.release
    if outcome.verdict is None:
        served = shelf.current_version()
        click.echo(f"{made.manifest.version} is published already and nothing has changed; {served} is served")
        return
    click.echo(outcome.verdict.text(*_TOLD), nl=False)
    click.echo(f"published {made.manifest.version}: {made.manifest.triples} triples in {made.path}")
