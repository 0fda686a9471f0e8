"""``si-lod check``: whether the site's files may be published."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

import click

from si_lod.cli.accounts import TOLD, account, format_option, give
from si_lod.cli.manner import quiet_option, tell
from si_lod.cli.options import folder, site_option, source
from si_lod.cli.progress import bar
from si_lod.cli.speech import Spoken
from si_lod.errors import EditorError, InvalidFiles, Level
from si_lod.sentences import told

if TYPE_CHECKING:
    from pathlib import Path


@click.command(cls=Spoken)
@site_option
@click.option("--all", "everything", is_flag=True, help="Tell what is only worth knowing, too.")
@format_option
@click.option("--watch", is_flag=True, help="Check again whenever a file is saved, until Ctrl-C.")
@quiet_option
def check(site: Path | None, form: str, *, everything: bool, watch: bool) -> None:
    """Say whether the site's files may be published; write nothing.

    Exit status: 0 they may, 1 something in them must be mended first.

    \b
    si-lod check                                   the sample site
    si-lod check --site my-site --watch            while you edit
    si-lod check --format sarif > problems.sarif   for a code host or an editor
    """  # noqa: D301 - click wants \b as it is
    levels = tuple(Level) if everything else TOLD
    fit = _watch(site, form, levels) if watch else _judge(site, form, levels)
    if not fit:
        sys.exit(EditorError.exit_status)


def _judge(site: Path | None, form: str, levels: tuple[Level, ...]) -> bool:
    from si_lod.publish.road import check as judge

    try:
        with bar() as progress:
            verdict = judge(source(site), progress=progress)
    except InvalidFiles as error:
        found = account(site, error.problems)
        give(found, form, levels, wrong=True)
    else:
        found = account(site, (*verdict.problems, *verdict.cautions))
        give(found, form, levels)
    return found.fit


def _watch(site: Path | None, form: str, levels: tuple[Level, ...]) -> bool:
    from si_lod.cli.watching import saves

    fit = True
    try:
        for _ in saves(folder(site)):
            fit = _judge(site, form, levels)
            tell(told("checked at {time}; Ctrl-C stops", time=time.strftime("%H:%M:%S")), aside=True)
    except KeyboardInterrupt:
        return fit
    return fit
