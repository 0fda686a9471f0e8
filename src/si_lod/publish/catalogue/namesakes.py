"""Names of downloads: all stand in one folder, so no two tables and no two data sets may come to the same.

Neither may they differ by dots and hyphens only: in the IRI of a distribution both are a hyphen.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode

from si_lod.errors import Problem
from si_lod.publish.catalogue.distributions import distribution_name
from si_lod.publish.catalogue.dumps import slug
from si_lod.publish.catalogue.statement import Statement
from si_lod.publish.catalogue.tables import METADATA, download_name
from si_lod.publish.catalogue.terms import DCAT, TYPE
from si_lod.publish.dataset.assembly import read_tables
from si_lod.publish.source.places import placed
from si_lod.sentences import listed, told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from si_lod.publish.source.files import Source


_FIT: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


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
    datasets = (statement.whole, *statement.parts)
    yield from (_unfit(source, dataset) for dataset in datasets if not _FIT.fullmatch(slug(dataset)))
    for name, iris in _several((slug(dataset), dataset.value) for dataset in datasets):
        message = told(
            "expected another last part of the IRI of each data set, by which its downloads are called, "
            'found "{name}" in {iris}; rename one',
            name=name,
            iris=listed(iris),
        )
        yield Problem(*_place(source, NamedNode(iris[-1])), "", message)


def _several(named: Iterable[tuple[str, str]]) -> Iterator[tuple[str, list[str]]]:
    """Yield each name that several things have, and those things; the first one's, where they are alike."""
    things: dict[str, list[str]] = defaultdict(list)
    names: dict[str, str] = {}
    for name, thing in named:
        alike = distribution_name(name)
        names.setdefault(alike, name)
        things[alike].append(thing)
    yield from ((names[alike], found) for alike, found in things.items() if len(found) > 1)


def _unfit(source: Source, dataset: NamedNode) -> Problem:
    message = told(
        "expected a data set whose IRI ends in letters, digits, dots, hyphens and underscores after the last slash, by "
        "which its downloads are called, found {iri}; give it another",
        iri=dataset.value,
    )
    return Problem(*_place(source, dataset), "", message)


def _place(source: Source, dataset: NamedNode) -> tuple[str, int]:
    """Return the file and the line that say that it is a data set."""
    kind = NamedNode(f"{DCAT}Dataset")
    found = (
        (each.cell.file, each.cell.line)
        for each in placed(source)
        if (each.triple.subject, each.triple.predicate, each.triple.object) == (dataset, TYPE, kind)
    )
    return next(found, ("data/", 0))
