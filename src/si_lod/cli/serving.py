"""``si-lod serve``: a release over HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from si_lod.cli.options import releases_option, settings
from si_lod.releases import Releases

if TYPE_CHECKING:
    from typing import Any


@click.command()
@releases_option
@click.option("--host", help="Address to listen on; SI_LOD_HOST; default: 127.0.0.1.")
@click.option("--port", type=click.IntRange(0, 65535), help="Port to listen on; SI_LOD_PORT; default: 8000.")
@click.option("--workers", type=click.IntRange(1, 64), help="Web worker processes; SI_LOD_WORKERS; default: 2.")
def serve(**options: Any) -> None:
    """Serve the current release over HTTP until stopped."""
    from si_lod.serve.server import prepare

    chosen = settings(**options)
    release = Releases(chosen.releases).current()
    run = prepare(chosen)
    click.echo(f"serving {release.manifest.version} on http://{chosen.host}:{chosen.port}/", err=True)
    run()
