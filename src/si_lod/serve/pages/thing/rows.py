"""The row of a table that a fact stands in: the way to it, and the row itself as people can read it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from si_lod.serve.pages.facts import Facts, named
from si_lod.serve.pages.rendering import render_with_licence
from si_lod.serve.pages.words.wording import Wording
from si_lod.serve.travel import address_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from si_lod.index.origins import Origin
    from si_lod.serve.view import View


@dataclass(frozen=True, slots=True)
class Mention:
    """The way to a row: its table's file, the sheet if the file is a workbook, the row's number."""

    file: str
    sheet: str
    row: int
    href: str


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row with the names of its columns, empty where the table has none, and what it speaks of as IRIs."""

    file: str
    number: int
    cells: Sequence[tuple[str, str]]
    things: Sequence[str]
    is_last: bool


def mentions(view: View, origins: Iterable[Origin]) -> list[Mention]:
    """Return the ways to rows; they lead to the release that is read, which keeps them as they were."""
    return [_mention(view, origin.file, origin.row) for origin in origins]


def row_page(view: View, row: ShownRow, alternates: Sequence[tuple[str, str]]) -> str:
    """Return the page of one row: its cells, what it speaks of, and the rows beside it."""
    wording = Wording(view, Facts.of(named(view.engine, map(NamedNode, row.things))))
    beside = (row.number - 1, 0 if row.is_last else row.number + 1)
    before, after = (_mention(view, row.file, number).href if number > 0 else "" for number in beside)
    return render_with_licence(
        view,
        "row.html",
        of_release=True,
        row=row,
        things=[wording.link(iri) for iri in row.things],
        before=before,
        after=after,
        whole=view.outside(_path(view, row.file)),
        alternates=alternates,
    )


def _mention(view: View, name: str, row: int) -> Mention:
    file, in_workbook, sheet = name.partition("#")
    path = _path(view, file)
    return Mention(file, sheet, row, view.outside(path) if in_workbook else view.outside(path, row=str(row)))


def _path(view: View, file: str) -> str:
    return f"{address_of(view.manifest.version)}/files/{file}"
