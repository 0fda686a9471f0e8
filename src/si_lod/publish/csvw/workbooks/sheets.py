"""What the cells of a workbook hold, as its own library reads them: ``.xlsx`` by openpyxl, ``.ods`` by odfdo.

Both tell an error such as #N/A from an empty cell, which a reader of facts may never confuse.
"""

from __future__ import annotations

import warnings
import zipfile
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from si_lod.quoting import phrase, quoted
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import odfdo
    from openpyxl.cell import Cell

KINDS: Final = (".xlsx", ".ods")
LARGEST: Final = 2**28


_COMPLAINTS: Final = (
    phrase("File is not a zip file", "it is no zip file, or not all of it is there"),
    phrase(r"Bad CRC-32 for file '(?P<part>.*)'", "{part} in it is damaged"),
    phrase(r"There is no item named '(?P<part>.*)' in the archive", "{part} is not in it"),
    phrase(r"Error -\d+ while decompressing data.*", "a part of it is damaged"),
    phrase(r"Truncated file header|Bad magic number.*|Bad offset.*|Unexpected end.*", "a part of it is missing"),
    phrase(r"not well-formed.*|no element found.*|syntax error.*|unclosed.*|mismatched.*", "a part of it is no XML"),
    phrase(r"Document format not managed by odfdo.*", "it is of another kind than its name says"),
)
"""What its libraries, Python's own for archives among them, say of a file that is no workbook."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """A cell that holds no value: ``found`` is an error of the spreadsheet, or what was not computed, as a sentence."""

    found: str


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
        return Flaw(told("a formula whose value was not saved; open the file in the spreadsheet program and save it"))
    return computed.value


def _error(text: str) -> Flaw:
    return Flaw(told("the spreadsheet's error {text}; correct the formula", text=text))


def _refuse_bombs(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        size = sum(part.file_size for part in archive.infolist())
    if size > LARGEST:
        message = told(
            "expected a workbook of at most {most:,} bytes when unpacked, found {size:,}", most=LARGEST, size=size
        )
        raise Unreadable(0, message)


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
        # A KeyError's own text is its argument as Python writes it.
        text = str(error.args[0] if isinstance(error, KeyError) else error)
        message = told(
            "expected a workbook ({kind}), found what is none: {error}; open it in the spreadsheet program and save it "
            "again",
            kind=path.suffix,
            error=quoted(text, _COMPLAINTS),
        )
        raise Unreadable(0, message) from error
