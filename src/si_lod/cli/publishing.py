"""``si-lod publish``: from a site's files to a release that is served."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from si_lod.cli.accounts import account, format_option, give, refused
from si_lod.cli.manner import quiet_option, tell
from si_lod.cli.options import releases_option, settings, site_option, source
from si_lod.cli.progress import bar
from si_lod.cli.speech import Spoken
from si_lod.errors import Unfit
from si_lod.releases import Releases
from si_lod.sentences import told

if TYPE_CHECKING:
    from pathlib import Path

    from si_lod.publish.road import Outcome


@click.command(cls=Spoken)
@site_option
@releases_option
@format_option
@quiet_option
def publish(site: Path | None, releases: Path | None, form: str) -> None:
    """Make a release of the site's files and serve it from now on.

    Exit status: 0 published, or nothing had changed; 1 something in the files must be mended first.

    \b
    si-lod publish                                           the sample site, into ./releases
    si-lod publish --site my-site --releases /srv/releases   your own, where the server looks
    """  # noqa: D301 - click wants \b as it is
    from si_lod.publish.road import publish as make

    shelf = Releases(settings(releases=releases).releases)
    try:
        with bar() as progress:
            outcome = make(source(site), shelf, progress=progress)
    except Unfit as error:
        give(refused(site, error), form, wrong=True)
        for note in getattr(error, "__notes__", ()):
            tell(note, wrong=True)
        sys.exit(error.exit_status)
    verdict = outcome.verdict
    found = (*verdict.problems, *verdict.remarks) if verdict else ()
    given = account(site, found, outcome.release.manifest.version)
    if form != "text" or outcome.verdict:
        give(given, form)
    if form == "text":
        _announce(outcome, shelf)


def _announce(outcome: Outcome, shelf: Releases) -> None:
    made = outcome.release.manifest
    if outcome.verdict:
        message = told(
            "published {version}: {triples} triples in {folder}",
            version=made.version,
            triples=made.triples,
            folder=outcome.release.path,
        )
    elif made.version != shelf.current_version():
        message = told(
            "{version} is published already and nothing has changed, but {served} is served; "
            "to serve this one: si-lod releases rollback {version}",
            version=made.version,
            served=shelf.current_version(),
        )
    else:
        message = told(
            "{version} is published already and nothing has changed; {served} is served",
            version=made.version,
            served=shelf.current_version(),
        )
    tell(message)
