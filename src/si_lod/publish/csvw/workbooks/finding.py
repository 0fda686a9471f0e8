"""Finding the workbook of a folder, and in it the sheet of a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from si_lod.misreadings import reason_of
from si_lod.publish.csvw.faults import Faults, excerpt, named, nearest
from si_lod.publish.csvw.workbooks.sheets import KINDS, Sheet, sheets
from si_lod.sentences import told

if TYPE_CHECKING:
    from pathlib import Path

NAME: Final = "tables"


@dataclass(frozen=True, slots=True)
class Workbook:
    """The one workbook of a folder, with its sheets by their names."""

    path: Path
    sheets: dict[str, Sheet]

    @classmethod
    def find(cls, folder: Path, root: Path, faults: Faults) -> Workbook | None:
        """Return ``tables.xlsx`` or ``tables.ods`` of the folder, None without; both of them are a fault."""
        found = [path for path in (folder / f"{NAME}{kind}" for kind in KINDS) if path.is_file()]
        if len(found) > 1:
            message = told("expected one workbook, found {other} too; remove one of them", other=found[0].name)
            faults.add(named(found[1], root), message)
        if not found:
            return None
        try:
            return cls(found[0], {sheet.name: sheet for sheet in sheets(found[0])})
        except OSError as error:
            faults.add(named(found[0], root), told("cannot be read: {reason}", reason=reason_of(error)))
            return None

    def sheet(self, path: Path) -> Sheet | None:
        """Return the sheet of the table in the file ``path``, or None when there is none."""
        return self.sheets.get(path.stem) if path.parent == self.path.parent else None

    def misplaced(self, path: Path) -> str:
        """Return the message that the table is in its file and a sheet both, or in neither."""
        names = {"file": path.name, "sheet": excerpt(path.stem), "book": self.path.name}
        if self.sheet(path):
            return told("expected {file}, or a sheet {sheet} in {book}, found both; remove one of them", **names)
        near = nearest(path.stem, self.sheets)
        meant = told("; is the sheet {near} meant?", near=near) if near else ""
        return told("expected {file}, or a sheet {sheet} in {book}, found neither{meant}", **names, meant=meant)
