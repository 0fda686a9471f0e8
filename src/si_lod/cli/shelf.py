"""``si-lod releases``: which there are, what one says of itself, and the way back to an older one."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from si_lod.cli.manner import language, tell
from si_lod.cli.options import releases_option, settings
from si_lod.cli.speech import SpokenGroup
from si_lod.errors import NoRelease, UnknownRelease
from si_lod.release import MANIFEST
from si_lod.releases import Releases
from si_lod.sentences import in_language, told
from si_lod.workshop import Workshop

if TYPE_CHECKING:
    from si_lod.release import Manifest


@click.group(cls=SpokenGroup, invoke_without_command=True)
@releases_option
@click.option("--json", "as_json", is_flag=True, help="An array of version, issued, triples, served and fault.")
@click.pass_context
def releases(context: click.Context, releases: Path | None, *, as_json: bool) -> None:
    """List the releases; the one that is served has a star.

    \b
    si-lod releases
    si-lod releases --json | jq '.[] | select(.served).version'
    """  # noqa: D301 - click wants \b as it is
    context.obj = releases
    if context.invoked_subcommand is None:
        _list(_shelf(context, None), as_json=as_json)


def _shelf(context: click.Context, releases: Path | None) -> Releases:
    """Return the shelf in that folder, else in the one that was named before the command."""
    return Releases(settings(releases=releases or context.find_object(Path)).releases)


def _list(shelf: Releases, *, as_json: bool) -> None:
    served = shelf.current_version()
    listed = [_Listed.of(shelf, version) for version in shelf.versions()]
    if as_json:
        click.echo(json.dumps([each.row(served) for each in listed], indent=2))
        return
    for each in listed:
        tell(told("{star} {about}", star="*" if each.version == served else " ", about=each.about()))


@dataclass(frozen=True, slots=True)
class _Listed:
    """A version, and what it says of itself; without a manifest the ``fault`` says why it is not whole."""

    version: str
    made: Manifest | None = None
    fault: str = ""

    @classmethod
    def of(cls, shelf: Releases, version: str) -> _Listed:
        """Return what there is to list of that version."""
        try:
            return cls(version, shelf.open(version).manifest)
        except NoRelease as error:
            return cls(version, fault=error.args[0])

    def row(self, served: str | None) -> dict[str, object]:
        """Return it as JSON can hold it."""
        made = self.made
        told_of = {"issued": made.issued, "triples": made.triples} if made else {"issued": None, "triples": None}
        return {"version": self.version, **told_of, "served": self.version == served, "fault": self.fault or None}

    def about(self) -> str:
        """Return what people are told of it."""
        if not self.made:
            return told("{version}  is not whole: {fault}", version=self.version, fault=self.fault)
        made = self.made
        return told(
            "{version}  issued {issued}  {triples} triples",
            version=made.version,
            issued=made.issued,
            triples=made.triples,
        )


@releases.command()
@click.argument("version", required=False)
@releases_option
@click.option("--json", "as_json", is_flag=True, help="The manifest only, which is JSON.")
@click.pass_context
def show(context: click.Context, version: str | None, releases: Path | None, *, as_json: bool) -> None:
    """Show what a release says of itself, and why it was let through; default: the current one.

    \b
    si-lod releases show
    si-lod releases show 2026.1 --json | jq .triples
    """  # noqa: D301 - click wants \b as it is
    shelf = _shelf(context, releases)
    release = shelf.open(version) if version else shelf.current()
    click.echo((release.path / MANIFEST).read_text(encoding="utf-8"), nl=False)
    if not as_json:
        click.echo((release.path / in_language("report.txt", language())).read_text(encoding="utf-8"), nl=False)


@releases.command()
@click.argument("version", required=False)
@releases_option
@click.pass_context
def rollback(context: click.Context, version: str | None, releases: Path | None) -> None:
    """Serve an older release, by default the one before the current; nothing is deleted.

    One whose store is not as it was written is refused, and what was served is served on.

    \b
    si-lod releases rollback
    si-lod releases rollback 2026.1
    """  # noqa: D301 - click wants \b as it is
    shelf = _shelf(context, releases)
    with Workshop.open(shelf):
        target = version or shelf.before_current()
        _verify(shelf, target)
        shelf.switch(target)
    tell(told("{version} is served", version=target))


def _verify(shelf: Releases, version: str) -> None:
    """Raise NoRelease unless the release can be served."""
    try:
        shelf.open(version).store()
    except UnknownRelease:
        raise
    except NoRelease as error:
        served = shelf.current_version()
        if served != version:
            error.add_note(told("nothing was switched: {version} is served on", version=served))
        raise
