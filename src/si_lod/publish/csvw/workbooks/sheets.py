"""What the cells of a workbook hold, as its own library reads them: ``.xlsx`` by openpyxl, ``.ods`` by odfdo.

Both tell an error such as #N/A from an empty cell, which a reader of facts may never confuse.
"""

from __future__ import annotations

import warnings
import zipfile
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import odfdo
    from openpyxl.cell import Cell

KINDS: Final = (".xlsx", ".ods")
LARGEST: Final = 2**28


class Flaw(str):
    """A cell that holds no value, as the message says it: an error of the spreadsheet, or what was not computed."""

    __slots__ = ()


class Unreadable(OSError):
    """A file that is no workbook; ``strerror`` says why."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name, and its rows from the first line, each as long as it happens to be."""

    name: str
    rows: list[list[object]]


def sheets(path: Path) -> list[Sheet]:
    """Return the sheets of a workbook, in their order; raises Unreadable, or OSError without the file."""
    with _translated(path):
        return list(_of_ods(path) if path.suffix == ".ods" else _of_xlsx(path))


def _of_ods(path: Path) -> Iterator[Sheet]:
    # Loaded by who needs it: most sites keep their facts in CSV.
    from odfdo import Document  # noqa: PLC0415

    for table in Document(path).body.tables:
        table.rstrip(aggressive=True)
        yield Sheet(table.name or "", [[_of_cell(cell) for cell in row.traverse()] for row in table.traverse()])


def _of_cell(cell: odfdo.Cell) -> object:
    if cell.get_attribute("calcext:value-type") == "error":
        return _error(cell.inner_text.strip())
    return cell.value


def _of_xlsx(path: Path) -> Iterator[Sheet]:
    import openpyxl  # noqa: PLC0415

    # A formula's value is what the spreadsheet last computed; that there is a formula is read beside it.
    with (
        closing(openpyxl.load_workbook(path, read_only=True, data_only=True)) as computed,
        closing(openpyxl.load_workbook(path, read_only=True)) as entered,
    ):
        for one, other in zip(computed.worksheets, entered.worksheets, strict=True):
            rows = zip(one.iter_rows(), other.iter_rows(), strict=True)
            yield Sheet(one.title, [list(map(_computed, values, formulas)) for values, formulas in rows])


def _computed(computed: Cell, entered: Cell) -> object:
    if computed.data_type == "e":
        return _error(str(computed.value))
    if computed.value is None and entered.data_type == "f":
        return Flaw("a formula whose value was not saved; open the file in the spreadsheet program and save it")
    return computed.value


def _error(text: str) -> Flaw:
    return Flaw(f"the spreadsheet's error {text}; correct the formula")


def _refuse_bombs(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        size = sum(part.file_size for part in archive.infolist())
    if size > LARGEST:
        raise Unreadable(0, f"expected a workbook of at most {LARGEST:,} bytes when unpacked, found {size:,}")


@contextmanager
def _translated(path: Path) -> Iterator[None]:
    """Give way to a library, quietly, and raise Unreadable for whatever it finds wrong with the file."""
    try:
        _refuse_bombs(path)
        with warnings.catch_warnings():
            # What of the looks of a sheet a library leaves out does not concern the facts.
            warnings.simplefilter("ignore")
            yield
    except OSError:
        raise
    except Exception as error:
        raise Unreadable(0, f"expected a workbook ({path.suffix}), found what is none: {error}") from error
