"""The files that a release is downloaded as: each data set in every format, sorted, each also compressed.

What a dump holds is in the order of the canonical N-Quads, so the same data gives the same bytes. The descriptions of
the catalogue itself are in no dump: they tell the size of each.
"""

from __future__ import annotations

import gzip
import shutil
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, BinaryIO, Final, cast

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, parse, serialize

from si_lod.engine.store.xml import CheckedXml
from si_lod.errors import NotAcceptable
from si_lod.iris import slug as last_part
from si_lod.publish.catalogue.formats import CSV, N_TRIPLES, RDF_FORMATS, Format
from si_lod.publish.dataset.canonical import sorted_lines
from si_lod.release import DUMPS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from pyoxigraph import Store

    from si_lod.publish.catalogue.parts import Parts
    from si_lod.publish.catalogue.things import Things

FOLDER: Final = DUMPS


@dataclass(frozen=True, slots=True)
class Dump:
    """A file below ``dump/``: what it holds, in which format; ``table`` is the name of the table that a CSV file is."""

    path: Path
    dataset: NamedNode
    format: Format
    compressed: bool = False
    table: str = ""

    @property
    def name(self) -> str:
        """The file's name."""
        return self.path.name

    @property
    def size(self) -> int:
        """How many bytes the file has."""
        return self.path.stat().st_size


def write_dumps(
    store: Store, parts: Parts, folder: Path, prefixes: Mapping[str, str], *, things: Things
) -> Iterator[Dump]:
    """Write every data set in every format of RDF below ``folder``; yield each file when it is whole.

    What is in them is listed in ``things`` on the way.

    A format that cannot express a data set (RDF/XML has no name for some properties) is left out for it.
    """
    for dataset, path in _divide(store, parts, folder, things).items():
        for form in RDF_FORMATS:
            target = path.with_suffix(f".{form.extension}")
            if form is not N_TRIPLES and not _translate(path, target, form, prefixes, dataset):
                target.unlink()
                continue
            yield Dump(target, dataset, form)
            yield compressed(Dump(target, dataset, form))


def write_table(content: bytes, name: str, dataset: NamedNode, folder: Path) -> Iterator[Dump]:
    """Write a table's CSV below ``folder``; yield the file, and its compressed copy."""
    path = folder / f"{name}.{CSV.extension}"
    path.write_bytes(content)
    dump = Dump(path, dataset, CSV, table=name)
    yield dump
    yield compressed(dump)


def compressed(dump: Dump) -> Dump:
    """Return the copy of ``dump`` in gzip, whose header has no time and no name (RFC 1952 §2.3)."""
    path = dump.path.with_name(f"{dump.name}.gz")
    with dump.path.open("rb") as plain, path.open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as file:
        shutil.copyfileobj(plain, file)
    return Dump(path, dump.dataset, dump.format, compressed=True, table=dump.table)


def slug(dataset: NamedNode) -> str:
    """Return the name of a data set's files: the last part of its IRI."""
    return last_part(dataset.value)


def _divide(store: Store, parts: Parts, folder: Path, things: Things) -> dict[NamedNode, Path]:
    """Write each data set as N-Triples, and return the files; a part without triples has an empty one."""
    datasets = dict.fromkeys([parts.whole, *parts.of_class.values(), parts.rest])
    paths = {dataset: folder / f"{slug(dataset)}.{N_TRIPLES.extension}" for dataset in datasets}
    with ExitStack() as stack:
        files: dict[NamedNode, BinaryIO] = {
            dataset: stack.enter_context(path.open("wb")) for dataset, path in paths.items()
        }
        for dataset, lines in things.listed(_described(store, parts), {one: slug(one) for one in datasets}):
            content = b"".join(lines)
            for target in dict.fromkeys((parts.whole, dataset)):
                files[target].write(content)
    return paths


def _described(store: Store, parts: Parts) -> Iterator[tuple[NamedNode, list[bytes]]]:
    """Yield the lines about each thing that is in a data set, with that data set, in their order.

    Everything is in the default graph, where a quad is written as its triple (N-Quads §2).
    """
    for subject, lines in groupby(sorted_lines(store), lambda line: line.partition(b" ")[0]):
        dataset = parts.dataset(NamedNode(subject[1:-1].decode()), store)
        if dataset is not None:
            yield dataset, list(lines)


def _translate(path: Path, target: Path, form: Format, prefixes: Mapping[str, str], dataset: NamedNode) -> bool:
    """Write the N-Triples in ``path`` in another format; return whether that can express them.

    Where quads can be told, they are in the graph that is named as the data set: a store that has loaded several data
    sets still knows which is which, and can take one out again.
    """
    graph = dataset if form.syntax is RdfFormat.N_QUADS else DefaultGraph()
    parsed = parse(path=str(path), format=RdfFormat.N_TRIPLES)
    quads = (Quad(quad.subject, quad.predicate, quad.object, graph) for quad in parsed)
    with target.open("wb") as file:
        if form.syntax is not RdfFormat.RDF_XML:
            serialize(quads, file, format=form.syntax, prefixes=dict(prefixes))
            return True
        checked = CheckedXml(file)
        try:
            serialize(quads, cast("BinaryIO", checked), format=form.syntax, prefixes=dict(prefixes))
            checked.end()
        except NotAcceptable:
            return False
    return True
