"""A list as a page and as CSV: the same things, columns and order in both."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from si_lod.serve.pages.lists.kinds import first_headings, kind_of, plural, remark
from si_lod.serve.pages.lists.members import words
from si_lod.serve.pages.lists.paging import Paging
from si_lod.serve.pages.lists.roll import PAGE_LENGTH
from si_lod.serve.pages.rendering import render_with_licence
from si_lod.serve.pages.structured.portrayal import of_list
from si_lod.serve.pages.words.wording import Link, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from si_lod.serve.pages.lists.roll import Roll
    from si_lod.serve.view import View


@dataclass(frozen=True, slots=True)
class Column:
    """The heading of a column; ``order`` is ascending, descending or empty, ``href`` leads to the next order."""

    name: Text | None
    parameter: str
    order: str
    href: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing in a list, with a cell for each column: what it shows, and how many values there are besides."""

    link: Link
    cells: list[tuple[list[Text | Link], int]]


def paging(roll: Roll) -> Paging:
    """Return which part of the list the page has; raises UnknownResource if there is no such page."""
    path = f"/list/{kind_of(roll.members.class_iri)}"
    return Paging(roll.request.page, PAGE_LENGTH, len(roll.iris), path, roll.request.parameters)


def list_page(view: View, roll: Roll, alternates: Sequence[tuple[str, str]]) -> str:
    """Return the page of a list: what can be chosen, and the things that fit."""
    members, shown = roll.members, paging(roll)
    wording = members.wording
    kind = wording.link(members.class_iri)
    return render_with_licence(
        view,
        "list.html",
        canonical=f"{view.manifest.site.base}{shown.path[1:]}",
        structured=of_list(wording, members.class_iri),
        remark=remark(view, members.class_iri),
        kind=replace(kind, text=plural(wording, members.class_iri)),
        columns=[_column(view, roll, shown.path, path) for path in (None, *_paths(roll))],
        entries=[_entry(roll, iri) for iri in roll.iris[shown.places]],
        roll=roll,
        paging=shown,
        everything=roll.everything,
        plain=view.link(shown.path),
        unfit=[
            (one, [(name, view.asking(shown.path, _with(roll, one.parameter, key))) for key, name in one.options])
            for one in roll.unfit
        ],
        downloads=_downloads(view, roll, shown.path),
        alternates=alternates,
    )


def list_csv(roll: Roll) -> Iterator[str]:
    """Yield everything that fits as CSV (RFC 4180): IRI, name, the columns of the page, or all that there are.

    Several values in a cell have a semicolon between them. With all columns, things are also named by their IRIs.
    """
    paths = _paths(roll)
    yield _written(
        [
            [
                *first_headings(roll.members.wording.view),
                *(heading for path in paths for heading in _headings(roll, path)),
            ]
        ]
    )
    for members, iris in roll.parts():
        part = replace(roll, members=members)
        yield _written(_row(part, iri, paths) for iri in iris)


def _row(roll: Roll, iri: str, paths: list[str]) -> list[str]:
    return [iri, roll.members.wording.label(iri).words, *(cell for path in paths for cell in _cells(roll, iri, path))]


def _written(rows: Iterable[list[str]]) -> str:
    content = io.StringIO()
    csv.writer(content).writerows(rows)
    return content.getvalue()


def _with(roll: Roll, parameter: str, value: str) -> list[tuple[str, str]]:
    """Return the query string of the list with another value for a parameter."""
    return replace(roll.request, chosen={**roll.request.chosen, parameter: value}, page=1).parameters


def _paths(roll: Roll) -> list[str]:
    return roll.members.shown_paths(all_columns=roll.request.all_columns)


def _entry(roll: Roll, iri: str) -> Entry:
    return Entry(roll.members.wording.link(iri), [roll.members.shown(iri, path) for path in _paths(roll)])


def _column(view: View, roll: Roll, address: str, path: str | None) -> Column:
    parameter = roll.members.parameter(path) if path else "name"
    name = roll.members.name(path) if path else None
    asked = roll.request.sort or "name"
    order = "ascending" if asked == parameter else "descending" if asked == f"-{parameter}" else ""
    request = replace(roll.request, sort=f"-{parameter}" if order == "ascending" else parameter)
    return Column(name, parameter, order, view.asking(address, request.parameters))


def _downloads(view: View, roll: Roll, address: str) -> dict[str, str]:
    """Return the addresses of what is shown and of everything, as CSV."""
    shown = replace(roll.request, all_columns=False).parameters
    return {
        "shown": view.asking(f"{address}.csv", shown),
        "everything": view.asking(f"{address}.csv", [("columns", "all")]),
    }


def _headings(roll: Roll, path: str) -> Iterator[str]:
    name = words(roll.members.name(path))
    yield name
    if roll.request.all_columns and roll.members.has_links(path):
        yield f"{name} (IRI)"


def _cells(roll: Roll, iri: str, path: str) -> Iterator[str]:
    items = roll.members.items(iri, path)
    yield "; ".join(map(words, items))
    if roll.request.all_columns and roll.members.has_links(path):
        yield "; ".join(item.iri for item in items if isinstance(item, Link))
