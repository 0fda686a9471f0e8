"""What leads from a data set to all that belongs to it, and back (FAIR Signposting levels 1 and 2; RFC 9264)."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

from si_lod.iris import Space, slug
from si_lod.serve.harvest.files import CSVM, FOLDER, GZIP, Files
from si_lod.serve.harvest.licences import licence
from si_lod.serve.pages.vocabulary import CREATOR, PUBLISHER, SCHEMA, TYPE
from si_lod.serve.replies.links import Link
from si_lod.serve.replies.variants import CITATIONS, DOCUMENT, HTML

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import NamedNode

    from si_lod.iris import IriDesign
    from si_lod.serve.harvest.catalog import Catalog
    from si_lod.serve.harvest.files import File
    from si_lod.serve.replies.variants import Variant

LINKSET: Final = "application/linkset+json"
CROISSANT: Final = "http://mlcommons.org/croissant/1.0"
OPENAPI: Final = "openapi.json"
"""Where the description of what programs can ask is, below the root."""
MOST_ITEMS: Final = 12
"""How many files a header names; with more, servers on the way refuse it, and the linkset has them all."""
CATALOG: Final = "catalog"
"""Where the catalogue is, below the root; its linkset is at the same place below that of linksets."""
_TYPES: Final = (f"{SCHEMA}AboutPage", f"{SCHEMA}Dataset")
_OF_CATALOG: Final = (f"{SCHEMA}AboutPage", f"{SCHEMA}DataCatalog")


def linkset_path(data_set: str) -> str:
    """Return where the linkset of a data set is, below the root."""
    return f"linkset/dataset/{slug(data_set)}"


def croissant_path(data_set: str) -> str:
    """Return where the description for machine learning of a data set is, below the root."""
    return f"croissant/{slug(data_set)}.json"


def service_description(root: str) -> Link:
    """Return the link from where programs begin to what they can ask (RFC 8631 §4.1)."""
    return Link(f"{root}/{OPENAPI}", "service-desc", "application/json")


def page_path(design: IriDesign, data_set: str) -> str:
    """Return where the page of a data set is, below the root; empty for one that is not the site's."""
    match design.parse(data_set):
        case (Space.THING, reference):
            return f"{Space.DOCUMENT}/{reference}"
    return ""


def catalog_signposts(catalog: Catalog, base: str) -> Iterator[Link]:
    """Yield the links of the catalogue's page to what a crawler looks for, but for its data sets."""
    root = catalog.root
    for type_ in _OF_CATALOG:
        yield Link(type_, "type")
    for author in catalog.nodes(root, CREATOR) or catalog.nodes(root, PUBLISHER):
        yield Link(author.value, "author")
    if terms := licence(catalog, root):
        yield Link(terms, "license")
    yield Link(f"{base}linkset/{CATALOG}", "linkset", LINKSET)


def catalog_linkset(catalog: Catalog, design: IriDesign, base: str) -> dict[str, Any]:
    """Return the links of the catalogue's page, to each data set too, and those back to it as a set."""
    page = base + CATALOG
    metadata = _metadata(page, DOCUMENT)
    paths = filter(None, (page_path(design, data_set.value) for data_set in catalog.data_sets))
    out = [
        Link(catalog.root.value, "cite-as"),
        *(Link(address, "describedby", media_type) for address, media_type in metadata),
        *(link for link in catalog_signposts(catalog, base) if link.relation != "linkset"),
        *(Link(base + path, "item", HTML.offer.media_type) for path in paths),
    ]
    back = [(address, [Link(page, "describes", HTML.offer.media_type)]) for address, _ in metadata]
    return {"linkset": [_links(anchor, links) for anchor, links in [(page, out), *back]]}


def signposts(catalog: Catalog, files: Files, data_set: NamedNode, base: str) -> Iterator[Link]:
    """Yield the links of a data set's page to what a crawler looks for; addresses are absolute, below ``base``."""
    for type_ in _TYPES:
        yield Link(type_, "type")
    for creator in catalog.nodes(data_set, CREATOR):
        yield Link(creator.value, "author")
    if terms := licence(catalog, data_set):
        yield Link(terms, "license")
    for file in files.of_data_set(data_set):
        yield Link(f"{base}{FOLDER}/{file.name}", "item", GZIP if file.packed else file.media_type)
    yield Link(base + croissant_path(data_set.value), "describedby", "application/ld+json", profile=CROISSANT)


def shortened(links: Iterator[Link]) -> Iterator[Link]:
    """Yield those that fit into a header: copies in gzip are left out, and so are all files if they are too many."""
    every = list(links)
    plain = [link for link in every if link.relation == "item" and link.media_type != GZIP]
    for link in every:
        if link.relation != "item" or (link in plain and len(plain) <= MOST_ITEMS):
            yield link


def linkset(catalog: Catalog, data_set: NamedNode, design: IriDesign, *, files: Files, base: str) -> dict[str, Any]:
    """Return the links of a data set's page and those back to it as a set (RFC 9264 §4.2)."""
    page = base + page_path(design, data_set.value)
    metadata = _metadata(page, (*DOCUMENT, *CITATIONS))
    out = [
        Link(data_set.value, "cite-as"),
        *(Link(address, "describedby", media_type) for address, media_type in metadata),
        *(Link(kind.value, "type") for kind in catalog.nodes(data_set, TYPE)),
        *signposts(catalog, files, data_set, base),
    ]
    back = [(address, [Link(page, "describes", HTML.offer.media_type)]) for address, _ in metadata]
    files_back = [
        (f"{base}{FOLDER}/{file.name}", list(_back(catalog, files, file, page=page, base=base)))
        for file in files.of_data_set(data_set)
    ]
    return {"linkset": [_links(anchor, links) for anchor, links in [(page, out), *back, *files_back]]}


def _metadata(page: str, variants: Iterable[Variant]) -> list[tuple[str, str]]:
    return [(f"{page}.{variant.suffix}", variant.offer.media_type) for variant in variants if variant is not HTML]


def _back(catalog: Catalog, files: Files, file: File, *, page: str, base: str) -> Iterator[Link]:
    yield Link(page, "collection", HTML.offer.media_type)
    if metadata := files.described_by(file):
        yield Link(f"{base}{FOLDER}/{metadata}", "describedby", CSVM)
    if terms := licence(catalog, file.node):
        yield Link(terms, "license")


def _links(anchor: str, links: list[Link]) -> dict[str, Any]:
    by_relation: dict[str, list[dict[str, str]]] = defaultdict(list)
    for link in links:
        by_relation[link.relation].append(link.members())
    return {"anchor": anchor, **by_relation}
