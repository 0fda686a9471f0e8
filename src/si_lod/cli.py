"""The command line: short commands, and the one place where an error becomes a message and an exit status."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from si_lod import __version__
from si_lod.errors import EditorError, InvalidFiles, LodError, NonConforming
from si_lod.releases import Releases
from si_lod.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from si_lod.publish.source import Source

_TOLD = ("Violation", "Warning")
_site = click.option(
    "--site",
    type=click.Path(path_type=Path),
    help="Folder with data/, ontology/ and shapes/; default: the sample site.",
)
_releases = click.option(
    "--releases", type=click.Path(path_type=Path), help="Folder of the releases; SI_LOD_RELEASES; default: releases."
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, package_name="si-lod")
def commands() -> None:
    """Publish monitoring facts as linked open data, and serve them.

    \b
    si-lod check              are the facts fit to be published? nothing is written
    si-lod publish            make a release of them and switch to it
    si-lod serve              serve the current release on http://127.0.0.1:8000
    si-lod releases           which releases there are; show one; roll back
    si-lod query FILE         ask a SPARQL endpoint
    """  # noqa: D301 - click wants \b as it is


@commands.command()
@_site
@click.option("--all", "everything", is_flag=True, help="Tell what is only worth knowing, too.")
def check(site: Path | None, *, everything: bool) -> None:
    """Say whether the site's files may be published; write nothing.

    Exit status: 0 they may, 1 something in them must be mended first.
    """
    from si_lod.publish.road import check as judge

    verdict = judge(_source(site))
    click.echo(verdict.text(*() if everything else _TOLD), nl=False)
    if verdict.violations:
        sys.exit(NonConforming.exit_status)


@commands.command()
@_site
@_releases
def publish(site: Path | None, releases: Path | None) -> None:
    """Make a release of the site's files and serve it from now on.

    Exit status: 0 published, or nothing had changed; 1 something in the files must be mended first.
    """
    from si_lod.publish.road import publish as make

    settings = Settings.read(os.environ, releases=releases)
    outcome = make(_source(site), Releases(settings.releases))
    made = outcome.release
    if outcome.verdict is None:
        current = Releases(settings.releases).current_version()
        click.echo(f"{made.manifest.version} is published already and nothing has changed; {current} is served")
        return
    click.echo(outcome.verdict.text(*_TOLD), nl=False)
    click.echo(f"published {made.manifest.version}: {made.manifest.triples} triples in {made.path}")


@commands.command()
@_releases
@click.option("--host", help="Address to listen on; SI_LOD_HOST; default: 127.0.0.1.")
@click.option("--port", type=click.IntRange(0, 65535), help="Port to listen on; SI_LOD_PORT; default: 8000.")
@click.option("--workers", type=click.IntRange(1, 64), help="Web worker processes; SI_LOD_WORKERS; default: 2.")
def serve(**options: Any) -> None:
    """Serve the current release over HTTP until stopped."""
    from si_lod.serve.server import serve as run

    settings = Settings.read(os.environ, **options)
    release = Releases(settings.releases).current()
    click.echo(f"serving {release.manifest.version} on http://{settings.host}:{settings.port}/", err=True)
    run(settings)


@commands.group(invoke_without_command=True)
@_releases
@click.pass_context
def releases(context: click.Context, releases: Path | None) -> None:
    """List the releases; the one that is served has a star."""
    shelf = context.obj = Releases(Settings.read(os.environ, releases=releases).releases)
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


@commands.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--endpoint", default="http://127.0.0.1:8000/sparql", show_default=True, help="The SPARQL endpoint.")
@click.option("--format", "form", type=click.Choice(["csv", "json"]), default="csv", show_default=True)
def query(file: Path, endpoint: str, form: str) -> None:
    """Ask a SPARQL endpoint the SELECT or ASK query in FILE and print the result."""
    from si_lod.client import ask

    click.echo(ask(endpoint, file.read_text(encoding="utf-8"), form=form), nl=False)


def _source(site: Path | None) -> Source:
    from si_lod.publish.source import Source, default_root

    return Source.read(site or default_root())


def main() -> None:
    """Run the command line; exit 0 when all is well, 1 for the files, 2 for wrong usage, 3 for the machine."""
    run: Callable[[], None] = commands
    try:
        run()
    except LodError as error:
        click.echo(str(error), err=True)
        if isinstance(error, EditorError):
            click.echo(_afterword(error), err=True)
        sys.exit(error.exit_status)
    except OSError as error:
        click.echo(f"{error.filename or 'the machine'}: {error.strerror or error}", err=True)
        sys.exit(LodError.exit_status)


def _afterword(error: EditorError) -> str:
    if isinstance(error, InvalidFiles | NonConforming):
        problems = error.problems
        files = {problem.file for problem in problems}
        faults = f"{len(problems)} problem{'s' if len(problems) != 1 else ''}"
        return f"{faults} in {len(files)} file{'s' if len(files) != 1 else ''}; nothing was written"
    return "nothing was written"
