"""``si-lod tidy``: the tables as canonical CSV, before they go into version control."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from si_lod.cli.accounts import give, refused
from si_lod.cli.manner import quiet_option, tell
from si_lod.cli.options import site_option, source
from si_lod.cli.speech import Spoken
from si_lod.errors import EditorError, Unfit, WrongUsage
from si_lod.sentences import told

if TYPE_CHECKING:
    from pathlib import Path


@click.command(cls=Spoken)
@site_option
@click.option("--check", "only_check", is_flag=True, help="Write nothing; name the files that are not tidy.")
@click.option("--sort", is_flag=True, help="Put the rows in the order of the primary key; default: as they are.")
@click.option("--to-csv", is_flag=True, help="Write the sheets of data/tables.xlsx or .ods as CSV files.")
@quiet_option
def tidy(site: Path | None, *, only_check: bool, sort: bool, to_csv: bool) -> None:
    """Write the tables as canonical CSV: UTF-8, LF, quotes only where needed, the columns' names as header.

    What a spreadsheet saved becomes what version control compares well, and what check reads: another delimiter than
    the metadata state (semicolons, tabs, bars), a byte order mark, CRLF, needless quotes, empty columns and rows at
    the end, columns in another order. No cell is changed, no column is made up or left out; the encoding stays.

    \b
    si-lod tidy --check      for a hook or CI: is there anything to tidy?
    si-lod tidy --to-csv     from a workbook to CSV files

    Exit status: 0 the tables are tidy now; 1 something in them must be mended first, or with --check is not tidy.
    """  # noqa: D301 - click wants \b as it is
    from si_lod.publish.source.files import is_installed
    from si_lod.publish.tidy import rewrites

    try:
        place = source(site)
        if is_installed(place.root) and not only_check:
            raise WrongUsage(
                told(
                    "{folder}: the sample site is part of the installed package and is left as it is; begin a site of "
                    "your own with: si-lod init DIR, and name it: si-lod tidy --site DIR",
                    folder=place.root,
                )
            )
        found = rewrites(place, sort=sort, to_csv=to_csv)
    except Unfit as error:
        give(refused(site, error), "text", wrong=True, unfit=told("no file was written"))
        sys.exit(error.exit_status)
    for rewrite in found:
        if not only_check:
            rewrite.write()
        done = told("not tidy") if only_check else told("written")
        tell(told("{file}: {done}", file=place.name(rewrite.path), done=done))
    if not found:
        tell(told("the tables are tidy"))
    elif only_check:
        sys.exit(EditorError.exit_status)
    elif to_csv:
        tell(told("move the workbook away now: a table that is in both is an error"))
