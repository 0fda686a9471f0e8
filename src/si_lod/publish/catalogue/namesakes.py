"""Names of downloads: all stand in one folder, so no two tables and no two data sets may come to the same."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from si_lod.errors import Problem
from si_lod.publish.catalogue.dumps import slug
from si_lod.publish.catalogue.statement import Statement
from si_lod.publish.catalogue.tables import METADATA, download_name
from si_lod.publish.catalogue.terms import DCAT, TYPE
from si_lod.publish.dataset import read_tables
from si_lod.publish.places import placed
from si_lod.sentences import listed, told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from si_lod.publish.source import Source


def namesakes(source: Source) -> Iterator[Problem]:
    """Yield a problem for each name that downloads of several tables, or of several data sets, would have.

    The tables of ``source`` have been found readable. One download would overwrite the other, and what the catalogue
    tells of both would be true of one.
    """
    for name, urls in _several((download_name(table), table.url) for table in read_tables(source).tables):
        message = told(
            "expected another name for the download of each table, found {name} for {urls}; rename one of the files",
            name=f"{name}.csv",
            urls=listed(urls),
        )
        yield Problem(METADATA, 0, "", message)
    statement = Statement.read(source)
    for name, iris in _several((slug(dataset), dataset.value) for dataset in (statement.whole, *statement.parts)):
        message = told(
            "expected another last part of the IRI of each data set, by which its downloads are called, "
            'found "{name}" in {iris}; rename one',
            name=name,
            iris=listed(iris),
        )
        yield Problem(*_place(source, NamedNode(iris[-1])), "", message)


def _several(named: Iterable[tuple[str, str]]) -> Iterator[tuple[str, list[str]]]:
    """Yield each name that several things have, and those things."""
    things: dict[str, list[str]] = defaultdict(list)
    for name, thing in named:
        things[name].append(thing)
    yield from ((name, found) for name, found in things.items() if len(found) > 1)


def _place(source: Source, dataset: NamedNode) -> tuple[str, int]:
    """Return the file and the line that say that it is a data set."""
    kind = NamedNode(f"{DCAT}Dataset")
    found = (
        (each.cell.file, each.cell.line)
        for each in placed(source)
        if (each.triple.subject, each.triple.predicate, each.triple.object) == (dataset, TYPE, kind)
    )
    return next(found, ("data/", 0))
