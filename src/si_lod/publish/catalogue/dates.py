"""When each thing of the catalogue was issued and last changed: known from the release before, never from a clock.

A distribution changes when its bytes do, a data set when one of its files does or what is said of it and of whoever
belongs to it, a record and the catalogue with the data sets. Which release it is of is no change of a data set: the
whole of an unchanged site may be issued later than it was modified. It is one of its record.
What has not changed keeps its dates, so a harvester that compares sees no change.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode

from si_lod.publish.catalogue.distributions import distribution_iri
from si_lod.publish.catalogue.earlier import COUNTED, ISSUED, MODIFIED, VERSION
from si_lod.publish.catalogue.terms import DCAT, FOAF, TYPE, XSD, said

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pyoxigraph import NamedNode as Node
    from pyoxigraph import Triple

    from si_lod.publish.catalogue.dumps import Dump
    from si_lod.publish.catalogue.earlier import Earlier
    from si_lod.publish.source.edition import Edition

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
            waiting += self._belonging(node)
        return False

    def _belonging(self, node: Node) -> Iterator[Node]:
        """Yield what belongs to ``node``: its files and the like, and what has no dates of its own, as an agent."""
        for triple in self.about[node]:
            other, predicate = triple.object, triple.predicate.value
            if not isinstance(other, NamedNode) or other not in self.about or predicate in COUNTED:
                continue
            if predicate in _LEADS or not _is_dated(self.about[other]):
                yield other

    def _is_other(self, node: Node) -> bool:
        is_new = _is_dated(self.about[node]) and not self.earlier.date(node, MODIFIED)
        is_same = node not in self.changed and self.earlier.says(node, self.about[node])
        return is_new or not is_same or self._is_reissued(node)

    def _is_reissued(self, record: Node) -> bool:
        """Return whether the data set that a record is about is stated to be of another release than before."""
        topics = [t.object for t in self.about[record] if t.predicate.value == f"{FOAF}primaryTopic"]
        return any(
            triple.predicate.value == VERSION and triple not in self.earlier.about.get(topic, ())
            for topic in topics
            if isinstance(topic, NamedNode)
            for triple in self.about.get(topic, ())
        )

    def modified(self, node: Node) -> str:
        """Return the last day on which ``node``, or what it leads to, changed."""
        return self.edition.issued if self.has_changed(node) else self.earlier.date(node, MODIFIED)

    def version(self, node: Node) -> str:
        """Return the version of the release in which ``node`` last changed, which may be another of the same day."""
        kept = max(self.earlier.texts(node, VERSION), default="")
        return self.edition.version if not kept or self.has_changed(node) else kept

    def issued(self, node: Node) -> str:
        """Return the day on which ``node`` was first issued."""
        return self.earlier.date(node, ISSUED) or self.edition.issued


def _with_dates(node: Node, triples: list[Triple], days: _Days) -> Iterator[Triple]:
    if not _is_dated(triples):
        yield from triples
        return
    told = {triple.predicate.value for triple in triples}
    # The data set that states the version of the release states its day; it was first issued with the first release.
    replaced = {MODIFIED, ISSUED} if {VERSION, ISSUED} <= told else {MODIFIED}
    yield from (triple for triple in triples if triple.predicate.value not in replaced)
    if f"{DCAT}Dataset" in _kinds(triples) and VERSION not in told:
        yield from said(node, VERSION, Literal(days.version(node)))
    if ISSUED not in told - replaced:
        yield from said(node, ISSUED, Literal(days.issued(node), datatype=_DATE))
    yield from said(node, MODIFIED, Literal(days.modified(node), datatype=_DATE))


def _is_dated(triples: Iterable[Triple]) -> bool:
    return not _KINDS.isdisjoint(_kinds(triples))


def _kinds(triples: Iterable[Triple]) -> set[str]:
    return {t.object.value for t in triples if t.predicate == TYPE and isinstance(t.object, NamedNode)}
