"""When each thing of the catalogue was issued and last changed: known from the release before, never from a clock.

A distribution changes when its bytes do, a data set when its description or one of its files does, a record and the
catalogue with the data sets. What has not changed keeps its dates, so a harvester that compares sees no change.
"""

from __future__ import annotations

import filecmp
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Self

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from si_lod.publish.catalogue.distributions import distribution_iri
from si_lod.publish.catalogue.dumps import FOLDER
from si_lod.publish.catalogue.terms import DCAT, DCT, FOAF, TYPE, VOID, XSD, said

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from pyoxigraph import NamedNode as Node

    from si_lod.publish.catalogue.dumps import Dump
    from si_lod.publish.edition import Edition

CATALOG_FILE: Final = "catalog.nt"
_ISSUED: Final = f"{DCT}issued"
_MODIFIED: Final = f"{DCT}modified"
_VERSION: Final = f"{DCAT}version"
_DATED: Final = frozenset({_ISSUED, _MODIFIED, _VERSION})
_DATE: Final = NamedNode(f"{XSD}date")
_LEADS: Final = (
    f"{DCAT}distribution",
    f"{DCAT}dataset",
    f"{DCAT}record",
    f"{FOAF}primaryTopic",
    f"{DCAT}servesDataset",
)
_KINDS: Final = frozenset(
    DCAT + name for name in ("Distribution", "Dataset", "CatalogRecord", "DataService", "Catalog")
)
_COUNTED: Final = frozenset({f"{VOID}classPartition", f"{VOID}propertyPartition"})


@dataclass(frozen=True, slots=True)
class Earlier:
    """The catalogue of the release before: what it said, and its files."""

    folder: Path | None = None
    about: Mapping[Node, frozenset[Triple]] = field(default_factory=dict)

    @classmethod
    def read(cls, folder: Path | None) -> Self:
        """Return the catalogue of the release in ``folder``, or one that says nothing if there is none."""
        path = folder / CATALOG_FILE if folder else None
        if folder is None or path is None or not path.is_file():
            return cls()
        about: dict[Node, set[Triple]] = defaultdict(set)
        for quad in parse(path=str(path), format=RdfFormat.N_TRIPLES):
            if isinstance(quad.subject, NamedNode):
                about[quad.subject].add(quad.triple)
        return cls(folder, {node: frozenset(triples) for node, triples in about.items()})

    def date(self, node: Node, predicate: str) -> str:
        """Return the date of ``node``, or an empty text."""
        return max(self.texts(node, predicate), default="")

    def texts(self, node: Node, predicate: str) -> list[str]:
        """Return the literals that it gave ``node`` for ``predicate``."""
        found = (triple.object for triple in self.about.get(node, ()) if triple.predicate.value == predicate)
        return [term.value for term in found if isinstance(term, Literal)]

    def says(self, node: Node, triples: Iterable[Triple]) -> bool:
        """Return whether it said the same of ``node``, dates and counts aside."""
        return _undated(self.about.get(node, ())) == _undated(triples)

    def holds(self, dump: Dump) -> bool:
        """Return whether it had a file of the same name with the same bytes."""
        file = self.folder / FOLDER / dump.name if self.folder else None
        return file is not None and file.is_file() and filecmp.cmp(file, dump.path, shallow=False)


def dated(triples: Iterable[Triple], changed: Iterable[Node], earlier: Earlier, edition: Edition) -> list[Triple]:
    """Return ``triples`` with the dates of each thing of the catalogue, and the version of each data set.

    ``changed`` are those that changed for another reason than what is said of them, such as files with other bytes. A
    data set has the version of the release in which it last changed, so a version always means the same content.
    """
    about: dict[Node, list[Triple]] = defaultdict(list)
    for triple in dict.fromkeys(triples):
        if isinstance(triple.subject, NamedNode):
            about[triple.subject].append(triple)
    days = _Days(about, earlier, frozenset(changed), edition)
    return [triple for node in about for triple in _with_dates(node, about[node], days)]


def rewritten(dumps: Iterable[Dump], earlier: Earlier, *, base: str) -> set[Node]:
    """Return the distributions whose files have other bytes than in the release before."""
    return {distribution_iri(base, dump) for dump in dumps if not earlier.holds(dump)}


@dataclass(frozen=True, slots=True)
class _Days:
    about: Mapping[Node, list[Triple]]
    earlier: Earlier
    changed: frozenset[Node]
    edition: Edition

    def has_changed(self, node: Node) -> bool:
        """Return whether ``node``, or anything that it leads to, changed since the release before."""
        reached: set[Node] = set()
        waiting = [node]
        while waiting:
            node = waiting.pop()
            if node in reached:
                continue
            reached.add(node)
            if self._is_other(node):
                return True
            leads = (t.object for t in self.about[node] if t.predicate.value in _LEADS)
            waiting += [other for other in leads if isinstance(other, NamedNode) and other in self.about]
        return False

    def _is_other(self, node: Node) -> bool:
        is_known = bool(self.earlier.date(node, _MODIFIED))
        return not is_known or node in self.changed or not self.earlier.says(node, self.about[node])

    def modified(self, node: Node) -> str:
        """Return the last day on which ``node``, or what it leads to, changed."""
        return self.edition.issued if self.has_changed(node) else self.earlier.date(node, _MODIFIED)

    def version(self, node: Node) -> str:
        """Return the version of the release in which ``node`` last changed, which may be another of the same day."""
        kept = max(self.earlier.texts(node, _VERSION), default="")
        return self.edition.version if not kept or self.has_changed(node) else kept

    def issued(self, node: Node) -> str:
        """Return the day on which ``node`` was first issued."""
        return self.earlier.date(node, _ISSUED) or self.edition.issued


def _with_dates(node: Node, triples: list[Triple], days: _Days) -> Iterator[Triple]:
    kinds = {t.object.value for t in triples if t.predicate == TYPE and isinstance(t.object, NamedNode)}
    if not kinds & _KINDS:
        yield from triples
        return
    told = {triple.predicate.value for triple in triples}
    # The data set that states the version of the release states its day; it was first issued with the first release.
    replaced = {_MODIFIED, _ISSUED} if {_VERSION, _ISSUED} <= told else {_MODIFIED}
    yield from (triple for triple in triples if triple.predicate.value not in replaced)
    if f"{DCAT}Dataset" in kinds and _VERSION not in told:
        yield from said(node, _VERSION, Literal(days.version(node)))
    if _ISSUED not in told - replaced:
        yield from said(node, _ISSUED, Literal(days.issued(node), datatype=_DATE))
    yield from said(node, _MODIFIED, Literal(days.modified(node), datatype=_DATE))


def _undated(triples: Iterable[Triple]) -> frozenset[Triple]:
    return frozenset(t for t in triples if t.predicate.value not in _DATED and t.predicate.value not in _COUNTED)
