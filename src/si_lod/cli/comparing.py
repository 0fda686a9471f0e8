"""``si-lod diff``: what changed from one release to another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from si_lod.cli.manner import language
from si_lod.cli.options import releases_option, settings
from si_lod.cli.speech import Spoken
from si_lod.errors import NoRelease
from si_lod.releases import Releases
from si_lod.sentences import say, told

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from si_lod.release import Release


@click.command(cls=Spoken)
@click.argument("old", required=False)
@click.argument("new", required=False)
@releases_option
@click.option("--patch", "as_patch", is_flag=True, help="Print an RDF Patch that brings a copy of OLD up to NEW.")
@click.option("--all", "everything", is_flag=True, help="Tell also what follows from the changes, and bookkeeping.")
def diff(old: str | None, new: str | None, releases: Path | None, *, as_patch: bool, everything: bool) -> None:
    """Tell what people changed from the release OLD to the release NEW, and count what follows from it.

    Without NEW it is the release that is served; without OLD the one before that.

    \b
    si-lod diff 2026.1 2026.2
    si-lod diff --all
    si-lod diff --patch > changes.rdfp

    What came has a plus, what went a minus; a value that is another shows both, with the sources of each.
    """  # noqa: D301 - click wants \b as it is
    from si_lod.changes.comparison import between
    from si_lod.changes.patch import patch
    from si_lod.changes.provenance import Revision

    before, after = _chosen(Releases(settings(releases=releases).releases), old, new)
    if as_patch:
        site = after.manifest.site
        found = between(before.path, after.path)
        for row in patch(found, Revision(site.base, before.manifest.version, after.manifest.version).document):
            click.echo(row, nl=False)
    else:
        _tell(before, after, everything=everything)


def _tell(before: Release, after: Release, *, everything: bool) -> None:
    from si_lod.changes.comparison import between
    from si_lod.changes.counting import Counts
    from si_lod.changes.facts import changed_things
    from si_lod.changes.naming import Names
    from si_lod.changes.telling import FOLLOWING, aftermath, summary, tell

    counts, site = Counts(), after.manifest.site
    names = Names((after.store(), before.store()), (language(), *site.languages))
    found = counts.passing(changed_things(between(before.path, after.path)))
    _lines(tell(found, site, names))
    if everything and counts.following["facts"]:
        click.echo(f"\n{say(FOLLOWING, language())}\n")
        _lines(tell(changed_things(between(before.path, after.path)), site, names, following=True))
    click.echo("")
    for sentence in (summary(counts.facts), aftermath(counts.following)):
        click.echo(say(sentence, language()))


def _lines(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(line)


def _chosen(shelf: Releases, old: str | None, new: str | None) -> tuple[Release, Release]:
    after = shelf.open(new) if new else shelf.current()
    if old:
        return shelf.open(old), after
    older = shelf.before(after.manifest.version)
    if older is None:
        message = told(
            "{root}: expected a release before {version} to compare with, found none",
            root=shelf.root,
            version=after.manifest.version,
        )
        raise NoRelease(message)
    return older, after
