"""Tidying: a site's tables as canonical CSV, so that version control shows what was changed and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from si_lod.errors import CannotWrite, InvalidFiles
from si_lod.misreadings import reason_of
from si_lod.publish.csvw.tidying import is_kept, tidied
from si_lod.publish.dataset.assembly import read_tables
from si_lod.sentences import told

if TYPE_CHECKING:
    from pathlib import Path

    from si_lod.errors import Problem
    from si_lod.publish.csvw import Table
    from si_lod.publish.source.files import Source


@dataclass(frozen=True, slots=True)
class Rewrite:
    """A file that is not what it would be when tidy, and what it would be."""

    path: Path
    content: bytes

    def write(self) -> None:
        """Put the content in the file's place, whole or not at all; raises CannotWrite."""
        beside = self.path.with_name(f".{self.path.name}~")
        try:
            beside.write_bytes(self.content)
            if self.path.exists():
                beside.chmod(self.path.stat().st_mode)
            beside.replace(self.path)
        except OSError as error:
            beside.unlink(missing_ok=True)
            message = told(
                "{path}: cannot be written: {reason}; it is as it was", path=self.path, reason=reason_of(error)
            )
            raise CannotWrite(message) from error


def rewrites(source: Source, *, sort: bool = False, to_csv: bool = False) -> list[Rewrite]:
    """Return the tables' files that are not tidy, in the order of the metadata; with ``to_csv`` also the sheets.

    A sheet becomes the CSV file that the metadata name. A table whose dialect keeps something beside it in the file
    is left as it is. Raises InvalidFiles with every problem of every table.
    """
    problems: list[Problem] = []
    found = []
    for table in read_tables(source).tables:
        path = _target(table)
        if is_kept(table) or (table.sheet and not to_csv):
            continue
        try:
            content = tidied(table, source.root, sort=sort)
        except InvalidFiles as error:
            problems += error.problems
            continue
        if not path.is_file() or path.read_bytes() != content:
            found.append(Rewrite(path, content))
    if problems:
        raise InvalidFiles(problems)
    return found


def _target(table: Table) -> Path:
    return table.path.with_name(f"{table.sheet.name}.csv") if table.sheet else table.path
