"""The dataset: what tables and documents say, what follows from both, and what may be asked, in one store."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode, Quad, Store

from si_lod.errors import InvalidFiles
from si_lod.publish.csvw import convert, read_metadata
from si_lod.publish.declarations import undescribed
from si_lod.publish.derivation import derive
from si_lod.publish.documents import read_documents
from si_lod.publish.examples import add_examples
from si_lod.publish.metrics import add_metrics
from si_lod.publish.progress import DERIVING, Progress, silent
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from pyoxigraph import Triple

    from si_lod.errors import Problem
    from si_lod.publish.csvw import TableGroup
    from si_lod.publish.source import Source

_METADATA: Final = "data/csv-metadata.json"


def read_tables(source: Source) -> TableGroup:
    """Return the site's tables as their CSVW metadata describe them; raises InvalidFiles."""
    return read_metadata(source.root / _METADATA, base=f"{source.site.base}data/")


@dataclass(frozen=True, slots=True)
class Draft:
    """A dataset that has not been judged: its store, the rows counted by table, and what else is not right.

    ``firsts`` has the thing that the first row of each table is about. ``faults`` stand in no other step's way, so
    they can be told together with what the shapes find.
    """

    store: Store
    rows: Mapping[str, int]
    firsts: Mapping[str, NamedNode]
    faults: tuple[Problem, ...]


def assemble(source: Source, path: Path, *, progress: Progress = silent) -> Draft:
    """Return a new store at ``path`` with the whole dataset in its default graph.

    Raises InvalidFiles with every problem in tables and documents together; the store is then of no use.
    """
    store = Store(str(path))
    rows: Counter[str] = Counter()
    firsts: dict[str, NamedNode] = {}
    problems: list[Problem] = []
    for triples in (_table_triples(source, rows, firsts, progress), read_documents(source)):
        try:
            store.bulk_extend(Quad(triple.subject, triple.predicate, triple.object) for triple in triples)
        except InvalidFiles as error:
            problems += error.problems
    if problems:
        raise InvalidFiles(problems)
    progress(told("deriving what follows"), DERIVING)
    derive(source, store)
    faults = (*add_examples(source, store), *undescribed(source.site, store))
    add_metrics(source.site, store)
    store.flush()
    return Draft(store, dict(rows), firsts, faults)


def _table_triples(
    source: Source, rows: Counter[str], firsts: dict[str, NamedNode], progress: Progress
) -> Iterator[Triple]:
    line = None
    tables = read_tables(source)
    for triple, cell in convert(tables, root=source.root):
        if (cell.file, cell.line) != line:
            line = cell.file, cell.line
            if cell.file not in rows:
                progress(told("reading {file}", file=cell.file), DERIVING * len(rows) / len(tables.tables))
            rows[cell.file] += 1
        if cell.file not in firsts and isinstance(triple.subject, NamedNode):
            firsts[cell.file] = triple.subject
        yield triple
