"""What a crawler of linked data asks of a data set: dumps, endpoint, counts, vocabularies (VoID §6, §7)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode, Triple

from si_lod.serve.pages.vocabulary import DCAT, DCT, FOAF, TYPE, VOID

if TYPE_CHECKING:
    from collections.abc import Iterator

    from si_lod.serve.harvest.catalog import Catalog

_SHARED: Final = frozenset(
    DCT + name for name in ("title", "description", "license", "publisher", "creator", "issued", "modified", "rights")
)
_WHERE: Final = frozenset({f"{FOAF}page", f"{DCT}isPartOf", f"{DCT}hasPart", TYPE})
_LEADING: Final = frozenset(f"{VOID}{name}" for name in ("classPartition", "propertyPartition", "linkset"))


def described(catalog: Catalog, address: str) -> Iterator[Triple]:
    """Yield the description at ``address`` of all data sets, as it stands in the catalogue."""
    document = NamedNode(address)
    data_sets = catalog.data_sets
    yield _said(document, TYPE, f"{VOID}DatasetDescription")
    for predicate in (f"{DCT}title", f"{DCT}license", f"{DCT}modified"):
        for triple in catalog.about[catalog.root]:
            if triple.predicate.value == predicate:
                yield Triple(document, triple.predicate, triple.object)
    for data_set in data_sets:
        yield _said(document, f"{FOAF}topic", data_set.value)
    wholes = [node for node in data_sets if not catalog.nodes(node, f"{DCT}isPartOf")]
    for whole in wholes[:1]:
        yield _said(document, f"{FOAF}primaryTopic", whole.value)
    for node in _described(catalog, data_sets):
        yield from (triple for triple in catalog.about[node] if _is_told(triple))


def _described(catalog: Catalog, data_sets: list[NamedNode]) -> dict[NamedNode, None]:
    """Return the data sets, what they are parted in, and their agents."""
    found: dict[NamedNode, None] = dict.fromkeys(data_sets)
    for data_set in data_sets:
        for predicate in (*sorted(_LEADING), f"{DCT}publisher", f"{DCT}creator"):
            found |= dict.fromkeys(node for node in catalog.nodes(data_set, predicate) if node in catalog.about)
    return found


def _is_told(triple: Triple) -> bool:
    predicate = triple.predicate.value
    if predicate == TYPE:
        return isinstance(triple.object, NamedNode) and not triple.object.value.startswith(DCAT)
    return predicate.startswith((VOID, FOAF)) or predicate in _SHARED | _WHERE


def _said(subject: NamedNode, predicate: str, target: str) -> Triple:
    return Triple(subject, NamedNode(predicate), NamedNode(target))
