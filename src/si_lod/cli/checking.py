"""``si-lod check``: whether the site's files may be published."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Final

import click

from si_lod.cli.accounts import TOLD, account, format_option, give, refused
from si_lod.cli.manner import quiet_option, tell
from si_lod.cli.options import folder, releases_option, settings, site_option, source
from si_lod.cli.progress import bar
from si_lod.cli.speech import Spoken
from si_lod.errors import EditorError, Level, NoRelease, Unfit
from si_lod.releases import Releases
from si_lod.sentences import told

if TYPE_CHECKING:
    from pathlib import Path

    from si_lod.publish.source.files import Source
    from si_lod.release import Release

_UNFIT: Final = told("the files may not be published yet")


@click.command(cls=Spoken)
@site_option
@releases_option
@click.option("--all", "everything", is_flag=True, help="Tell what is only worth knowing, too.")
@format_option
@click.option("--watch", is_flag=True, help="Check again whenever a file is saved, until Ctrl-C.")
@quiet_option
def check(site: Path | None, releases: Path | None, form: str, *, everything: bool, watch: bool) -> None:
    """Say whether the site's files may be published; write nothing.

    Where there are releases of this site, the files are held against the one that is served: is the version free, and
    is nothing gone without a word?

    Exit status: 0 they may, 1 something in them must be mended first.

    \b
    si-lod check                                   the sample site
    si-lod check --site my-site --watch            while you edit
    si-lod check --format sarif > problems.sarif   for a code host or an editor
    """  # noqa: D301 - click wants \b as it is
    levels = tuple(Level) if everything else TOLD
    shelf = Releases(settings(releases=releases).releases)
    fit = (_watch if watch else _judge)(site, shelf, form, levels)
    if not fit:
        sys.exit(EditorError.exit_status)


def _judge(site: Path | None, shelf: Releases, form: str, levels: tuple[Level, ...]) -> bool:
    from si_lod.publish.road import check as judge

    before = None
    try:
        place = source(site)
        before = _before(place, shelf)
        with bar() as progress:
            verdict = judge(place, shelf if before else None, progress=progress)
    except Unfit as error:
        found = refused(site, error)
        give(found, form, levels, wrong=True, unfit=_UNFIT)
    else:
        found = account(site, (*verdict.problems, *verdict.remarks))
        give(found, form, levels, wrong=not found.fit, unfit=_UNFIT)
    if before and form == "text":
        version, root = before.manifest.version, shelf.root
        tell(told("held against release {version} in {folder}, which comes before", version=version, folder=root))
    return found.fit


def _before(place: Source, shelf: Releases) -> Release | None:
    from si_lod.publish.judgement.continuity import predecessor

    try:
        if shelf.current_version():
            shelf.current()
    except NoRelease as error:
        tell(told("{reason}; checked without it", reason=error.args[0]), wrong=True)
    return predecessor(place, shelf)


def _watch(site: Path | None, shelf: Releases, form: str, levels: tuple[Level, ...]) -> bool:
    from si_lod.cli.watching import saves

    fit = True
    try:
        for _ in saves(folder(site)):
            fit = _judge(site, shelf, form, levels)
            tell(told("checked at {time}; Ctrl-C stops", time=time.strftime("%H:%M:%S")), aside=True)
    except KeyboardInterrupt:
        return fit
    return fit
