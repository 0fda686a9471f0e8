"""The steps from a dataset to its dumps and its catalogue, in order."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode, Quad, RdfFormat, serialize

from si_lod.publish.catalogue.dates import dated, rewritten
from si_lod.publish.catalogue.description import described
from si_lod.publish.catalogue.digests import keep_times, write_digests
from si_lod.publish.catalogue.distributions import described_formats, distributions
from si_lod.publish.catalogue.dumps import FOLDER, write_dumps
from si_lod.publish.catalogue.earlier import Earlier
from si_lod.publish.catalogue.feeds import Feed
from si_lod.publish.catalogue.parts import Parts
from si_lod.publish.catalogue.statement import Statement
from si_lod.publish.catalogue.streams import (
    CATALOG,
    OBSERVATIONS,
    announced,
    catalogued,
    observations,
)
from si_lod.publish.catalogue.tables import write_tables
from si_lod.publish.catalogue.terms import DCT, SKOS
from si_lod.publish.catalogue.things import Things
from si_lod.publish.catalogue.void import void
from si_lod.release import CATALOG_FILE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pyoxigraph import Store, Triple

    from si_lod.publish.catalogue.feeds import Entity
    from si_lod.publish.dataset.assembly import Draft
    from si_lod.publish.source.edition import Edition
    from si_lod.publish.source.files import Source

_NAMES: Final = frozenset({NamedNode(f"{SKOS}prefLabel"), NamedNode(f"{DCT}title"), NamedNode(f"{SKOS}exactMatch")})


def make_catalogue(source: Source, draft: Draft, folder: Path, edition: Edition, *, before: Path | None = None) -> None:
    """Write the dumps and the catalogue of ``draft`` below ``folder``, and add the catalogue to its store.

    Of the values that others define the store gets the names and what they match, so that pages can say them and lead
    to them; what they are is judged by those who define them. ``before`` is the folder of the release issued last,
    whose dates are kept for what has not changed. The file keeps what a store would not: its integers have the datatype
    that DCAT asks for.
    """
    base, store = source.site.base, draft.store
    statement = Statement.read(source)
    parts = Parts.of(statement)
    things = Things(folder, before, edition.issued)
    (folder / FOLDER).mkdir()
    dumps = [
        *write_dumps(store, parts, folder / FOLDER, source.site.prefixes, things=things),
        *write_tables(source, draft, parts, folder / FOLDER),
    ]
    write_digests(folder / FOLDER)
    if before:
        keep_times(folder / FOLDER, before / FOLDER)
    feed, news = (Feed(name, base, folder, before) for name in (CATALOG, OBSERVATIONS))
    stated = [*statement.triples(), *_derived(statement, store)]
    made = [
        *described(source.site, statement),
        *distributions(dumps, statement, base),
        *void(source.site, statement, dumps),
        *announced(CATALOG, statement.catalog, statement, base),
        *_announced_observations(parts, statement, store, news),
    ]
    values = [*statement.values_of_others, *described_formats(dumps)]
    feeds = _Feeds(statement.catalog, store, values, feed, news)
    earlier = Earlier.read(before, values)
    changed = rewritten(dumps, earlier, base=base)
    triples = feeds.dated(lambda others: dated([*stated, *made], {*changed, *others}, earlier, edition))
    _replace_dates(store, triples)
    named = [triple for triple in values if triple.predicate in _NAMES]
    store.extend(_quad(triple) for triple in [*triples, *named])
    _write([*triples, *values], folder / CATALOG_FILE)
    feeds.write(triples, edition.issued)


@dataclass(frozen=True, slots=True)
class _Feeds:
    """The feed of the catalogue, with the ``values`` that stand in it, and that of the observations in the store."""

    root: NamedNode
    store: Store
    values: list[Triple]
    catalog: Feed
    observations: Feed

    def dated(self, dates: Callable[[list[NamedNode]], list[Triple]]) -> list[Triple]:
        """Return the catalogue with its ``dates``, if these distributions changed too: the feeds that have news.

        Its own feed has news if anything else of it changed, which is seen when that has its dates.
        """
        news = [self.observations.iri] if self.observations.has_news(observations(self.store)) else []
        triples = dates(news)
        return dates([*news, self.catalog.iri]) if self.catalog.has_news(self._told(triples)) else triples

    def write(self, triples: list[Triple], day: str) -> None:
        """Write the feeds."""
        self.catalog.write(self._told(triples), day)
        self.observations.write(observations(self.store), day)

    def _told(self, triples: list[Triple]) -> Iterator[Entity]:
        return catalogued(self.root, [*triples, *self.values])


def _announced_observations(parts: Parts, statement: Statement, store: Store, feed: Feed) -> Iterator[Triple]:
    """Yield what is said of the feed of observations at the data set that they are in, if there are any or were."""
    things = [thing for thing, _ in islice(observations(store), 1)]
    datasets = [parts.dataset(thing, store) or parts.whole for thing in things] or [parts.whole] * feed.has_begun
    for dataset in datasets:
        yield from announced(OBSERVATIONS, dataset, statement, feed.base)


def _derived(statement: Statement, store: Store) -> Iterator[Triple]:
    """Yield what follows from the data for the things of the catalogue, such as the period that it covers."""
    for node, triples in statement.about.items():
        stated = {triple.predicate for triple in triples}
        yield from (quad.triple for quad in store.quads_for_pattern(node, None, None) if quad.predicate not in stated)


def _replace_dates(store: Store, triples: list[Triple]) -> None:
    """Take stated dates out of the store for which others follow from the releases."""
    dates = {NamedNode(f"{DCT}{name}") for name in ("issued", "modified")}
    for triple in triples:
        if triple.predicate in dates:
            for quad in list(store.quads_for_pattern(triple.subject, triple.predicate, None)):
                store.remove(quad)


def _quad(triple: Triple) -> Quad:
    return Quad(triple.subject, triple.predicate, triple.object)


def _write(triples: list[Triple], path: Path) -> None:
    lines = serialize(triples, format=RdfFormat.N_TRIPLES) or b""
    path.write_bytes(b"".join(sorted(set(lines.splitlines(keepends=True)))))
