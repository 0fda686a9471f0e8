"""The dataset: what tables and documents say, what follows from both, and what may be asked, in one store."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import Quad, Store

from si_lod.errors import InvalidFiles
from si_lod.publish.csvw import Damage, convert, read_metadata
from si_lod.publish.dataset.canonical import write_dataset
from si_lod.publish.dataset.derivation import derive
from si_lod.publish.dataset.metrics import add_metrics
from si_lod.publish.dataset.queries import Inquiry
from si_lod.publish.dataset.tally import Tally
from si_lod.publish.dataset.trials import add_examples
from si_lod.publish.progress import DERIVING, Progress, silent
from si_lod.publish.source.belonging import strays
from si_lod.publish.source.declarations import unanswerable, undescribed
from si_lod.publish.source.documents import read_documents
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from pyoxigraph import Triple

    from si_lod.errors import Problem
    from si_lod.publish.csvw import TableGroup
    from si_lod.publish.dataset.trials import Tried
    from si_lod.publish.source.files import Source
    from si_lod.sites import Site

_METADATA: Final = "data/csv-metadata.json"


def read_tables(source: Source) -> TableGroup:
    """Return the site's tables as their CSVW metadata describe them; raises InvalidFiles."""
    return read_metadata(source.root / _METADATA, base=f"{source.site.base}data/")


@dataclass(frozen=True, slots=True)
class Draft:
    """A dataset that has not been judged: its store, a tally of the tables, and what is not right.

    ``faults`` are certain. ``answers`` are those of the example queries, which may only follow from the ``damage``
    where there is any: what could not be read is not in the store. ``readable`` says whether the tables could be
    read at all, which they cannot without their metadata. ``copy`` is where the store is copied to when it is asked.
    """

    store: Store
    copy: Path
    tally: Tally
    faults: tuple[Problem, ...]
    answers: tuple[Problem, ...]
    damage: Damage
    readable: bool = True


def assemble(
    source: Source,
    path: Path,
    *,
    stated: Path | None = None,
    progress: Progress = silent,
    tally: Tally | None = None,
) -> Draft:
    """Return a new store at ``path`` with the dataset in its default graph, as much of it as could be read.

    What tables and documents state, before anything is derived from it, is written to the dump ``stated``; the
    ``tally`` counts as tables are read.
    """
    store, copy, damage = Store(str(path)), path.with_name("asked"), Damage()
    tally = tally or Tally()
    problems: list[Problem] = []
    tables = _tables(source, problems)
    if tables:
        problems += strays(source, tables)
        tally.begin(tables, source)
        _load(store, _table_triples(source, tables, damage, tally, progress), problems)
    others: list[Problem] = []
    _load(store, read_documents(source), others)
    if stated:
        write_dataset(store, stated)
    progress(told("deriving what follows"), DERIVING)
    with closing(Inquiry(store, copy, source.seconds)) as inquiry:
        others += derive(source, inquiry)
        if others or not tables:
            damage.anything()
        tried = add_examples(source, inquiry)
    problems += (*others, *tried.problems, *_undeclared(source.site, store, damage, tried))
    add_metrics(source.site, store)
    store.flush()
    return Draft(store, copy, tally, tuple(problems), tried.answers, damage, tables is not None)


def _tables(source: Source, problems: list[Problem]) -> TableGroup | None:
    try:
        return read_tables(source)
    except InvalidFiles as error:
        problems += error.problems
        return None


def _load(store: Store, triples: Iterable[Triple], problems: list[Problem]) -> None:
    store.bulk_extend(Quad(triple.subject, triple.predicate, triple.object) for triple in _gathered(triples, problems))


def _gathered(triples: Iterable[Triple], problems: list[Problem]) -> Iterator[Triple]:
    """Yield the triples; the problems that come after the last are kept."""
    try:
        yield from triples
    except InvalidFiles as error:
        problems += error.problems


def _undeclared(site: Site, store: Store, damage: Damage, tried: Tried) -> Iterator[Problem]:
    if not damage.starts:
        yield from undescribed(site, store)
    yield from unanswerable(site, store, {problem.file for problem in tried.problems})


def _table_triples(
    source: Source, tables: TableGroup, damage: Damage, tally: Tally, progress: Progress
) -> Iterator[Triple]:
    line = None
    for triple, cell in convert(tables, root=source.root, damage=damage):
        if (cell.file, cell.line) != line:
            line = cell.file, cell.line
            if cell.file not in tally.rows:
                progress(told("reading {file}", file=cell.file), DERIVING * len(tally.rows) / len(tables.tables))
            tally.rows[cell.file] += 1
        tally.meet(triple, cell)
        yield triple
