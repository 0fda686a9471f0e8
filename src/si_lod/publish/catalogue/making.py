"""The steps from a dataset to its dumps and its catalogue, in order."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode, Quad, RdfFormat, serialize

from si_lod.publish.catalogue.dates import CATALOG_FILE, Earlier, dated
from si_lod.publish.catalogue.description import described
from si_lod.publish.catalogue.digests import write_digests
from si_lod.publish.catalogue.distributions import described_formats, distributions
from si_lod.publish.catalogue.dumps import FOLDER, write_dumps
from si_lod.publish.catalogue.feeds import Feed
from si_lod.publish.catalogue.parts import Parts
from si_lod.publish.catalogue.statement import Statement
from si_lod.publish.catalogue.streams import (
    CATALOG,
    OBSERVATIONS,
    announced,
    catalogued,
    has_observations,
    observations,
)
from si_lod.publish.catalogue.tables import write_tables
from si_lod.publish.catalogue.terms import DCT, SKOS
from si_lod.publish.catalogue.void import void

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pyoxigraph import Store, Triple

    from si_lod.publish.dataset import Draft
    from si_lod.publish.edition import Edition
    from si_lod.publish.source import Source

_NAMES: Final = frozenset({NamedNode(f"{SKOS}prefLabel"), NamedNode(f"{DCT}title")})


def make_catalogue(source: Source, draft: Draft, folder: Path, edition: Edition, *, before: Path | None = None) -> None:
    """Write the dumps and the catalogue of ``draft`` below ``folder``, and add the catalogue to its store.

    Of the values that others define the store gets the names, so that pages can say them; what they are is judged by
    those who define them. ``before`` is the folder of the release that it follows, whose dates are kept for what
    has not changed. The file keeps what a store would not: its integers have the datatype that DCAT asks for.
    """
    base, store = source.site.base, draft.store
    statement = Statement.read(source)
    parts = Parts.of(statement)
    (folder / FOLDER).mkdir()
    dumps = [
        *write_dumps(store, parts, folder / FOLDER, source.site.prefixes),
        *write_tables(source, parts, store, draft.tally.firsts, folder / FOLDER),
    ]
    write_digests(folder / FOLDER)
    stated = [*statement.triples(), *_derived(statement, store)]
    made = [
        *described(source.site, statement),
        *distributions(dumps, statement, base),
        *void(source.site, statement, dumps),
    ]
    made += announced(CATALOG, statement.catalog, statement, base)
    made += _announced_observations(parts, statement, store, base)
    triples = dated(dict.fromkeys([*stated, *made]), dumps, Earlier.read(before), edition, base=base)
    values = [*statement.values_of_others, *described_formats(dumps)]
    _replace_dates(store, triples)
    named = [triple for triple in values if triple.predicate in _NAMES]
    store.extend(_quad(triple) for triple in [*triples, *named])
    _write([*triples, *values], folder / CATALOG_FILE)
    Feed(CATALOG, base, folder, before).write(catalogued(statement.catalog, [*triples, *values]), edition.issued)
    if has_observations(store):
        Feed(OBSERVATIONS, base, folder, before).write(observations(store), edition.issued)


def _announced_observations(parts: Parts, statement: Statement, store: Store, base: str) -> Iterator[Triple]:
    """Yield what is said of the feed of observations, if there are any, at the data set that they are in."""
    for thing, _ in islice(observations(store), 1):
        yield from announced(OBSERVATIONS, parts.dataset(thing, store) or parts.whole, statement, base)


def _derived(statement: Statement, store: Store) -> Iterator[Triple]:
    """Yield what follows from the data for the things of the catalogue, such as the period that it covers."""
    for node, triples in statement.about.items():
        stated = {triple.predicate for triple in triples}
        yield from (quad.triple for quad in store.quads_for_pattern(node, None, None) if quad.predicate not in stated)


def _replace_dates(store: Store, triples: list[Triple]) -> None:
    """Take stated dates of change out of the store, since those that follow from the files take their place."""
    modified = NamedNode(f"{DCT}modified")
    for triple in triples:
        if triple.predicate == modified:
            for quad in list(store.quads_for_pattern(triple.subject, modified, None)):
                store.remove(quad)


def _quad(triple: Triple) -> Quad:
    return Quad(triple.subject, triple.predicate, triple.object)


def _write(triples: list[Triple], path: Path) -> None:
    lines = serialize(triples, format=RdfFormat.N_TRIPLES) or b""
    path.write_bytes(b"".join(sorted(set(lines.splitlines(keepends=True)))))
