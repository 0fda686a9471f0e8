"""Where a catalogue contradicts itself: what no shape asks, and every reader trips over."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from si_lod.rehearse import lists
from si_lod.rehearse.finding import Effect, Finding
from si_lod.rehearse.terms import DCAT, DCT, MEDIA_TYPES, shortened
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from si_lod.rehearse.evidence import Evidence
    from si_lod.rehearse.graph import Node

_DAY: Final = len("2026-01-31")
_BOUNDS: Final = tuple(f"{DCAT}{name}Date" for name in ("start", "end"))
_DATED: Final = tuple(f"{DCAT}{name}" for name in ("Catalog", "Dataset", "Distribution", "CatalogRecord"))


def formats(evidence: Evidence) -> Iterator[Finding]:
    """Yield which files have a dct:format and a dcat:mediaType that are not of the same format."""
    graph = evidence.graph
    for name, node in evidence.distributions():
        media = {iri.removeprefix(MEDIA_TYPES) for iri in graph.texts(node, f"{DCAT}mediaType")}
        for iri in graph.texts(node, f"{DCT}format"):
            code = iri.removeprefix(f"{lists.AUTHORITY}file-type/")
            known = lists.MEDIA_TYPES_OF.get(code)
            if known and media and not media & known:
                said = told(
                    "dct:format says {format}, dcat:mediaType {media}", format=code, media=", ".join(sorted(media))
                )
                yield Finding(Effect.LOSES, graph.name(node), said, name)


def periods(evidence: Evidence) -> Iterator[Finding]:
    """Yield which data sets are about a period that ends before it begins."""
    graph = evidence.graph
    for name, dataset in evidence.described():
        for period in graph.values(dataset, f"{DCT}temporal"):
            begins, ends = (graph.texts(period, bound) for bound in _BOUNDS)
            if begins and ends and min(ends) < min(begins):
                said = told("dct:temporal begins on {begin} and ends on {end}", begin=min(begins), end=min(ends))
                yield Finding(Effect.LOSES, name, said, name)


def futures(evidence: Evidence) -> Iterator[Finding]:
    """Yield which dates of issue or of change are still to come, wherever it is that the day begins first."""
    graph, latest = evidence.graph, (datetime.now(UTC) + timedelta(days=1)).date().isoformat()
    owners = {node: name for name, node in evidence.distributions()}
    for node in (node for class_ in _DATED for node in graph.instances(class_)):
        for predicate in (f"{DCT}issued", f"{DCT}modified"):
            for day in graph.texts(node, predicate):
                if day[:_DAY] > latest:
                    said = told("{what} {day} is still to come", what=shortened(predicate), day=day)
                    name = graph.name(node)
                    yield Finding(
                        Effect.LOSES, name, said, owners.get(node, name if _is_data_set(evidence, node) else "")
                    )


def listing(evidence: Evidence) -> Iterator[Finding]:
    """Yield which data sets the catalogue does not list, and which it lists that are described nowhere."""
    graph = evidence.graph
    catalogs = graph.instances(f"{DCAT}Catalog")
    listed = {term: None for catalog in catalogs for term in graph.values(catalog, f"{DCAT}dataset")}
    for name, dataset in evidence.described():
        if dataset not in listed:
            said = told("is not in the catalogue's dcat:dataset; who begins at the catalogue does not come to it")
            yield Finding(Effect.DROPS, name, said, name)
    for term in listed:
        if term not in graph.datasets:
            said = told("is in the catalogue's dcat:dataset, but no page describes it")
            yield Finding(Effect.LOSES, term.value, said)


def _is_data_set(evidence: Evidence, node: Node) -> bool:
    return node in evidence.graph.datasets
