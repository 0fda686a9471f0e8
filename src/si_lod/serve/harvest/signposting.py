"""What documents say by the catalogue: the links of a data set's page, and when a thing last changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from si_lod.serve.harvest.catalog import Catalog
from si_lod.serve.harvest.files import FOLDER, Files
from si_lod.serve.harvest.linkset import CATALOG, LINKSET, linkset_path, shortened, signposts
from si_lod.serve.harvest.things import Things
from si_lod.serve.pages.vocabulary import DCT
from si_lod.serve.replies.links import Link
from si_lod.serve.replies.variants import HTML
from si_lod.serve.transport.negotiation import Offer, choose

if TYPE_CHECKING:
    from si_lod.serve.visit import Visit


def further_links(visit: Visit, thing: str) -> tuple[Link, ...]:
    """Return the links of the data set ``thing``; none for anything else."""
    catalog, node = Catalog.of(visit.serving.release.path), NamedNode(thing)
    if catalog is None or node not in catalog.data_sets:
        return ()
    files = Files.of(visit.serving.release.path)
    return (
        *shortened(signposts(catalog, files, node, visit.href(""))),
        Link(visit.href(linkset_path(thing)), "linkset", LINKSET),
    )


def accepted_files(visit: Visit, thing: str, accept: str) -> list[tuple[str, str]]:
    """Return the media type and the address of each download of the data set ``thing`` that fits an Accept header.

    Those of its parts come after its own, and at the end the catalogue, which lists all. There are none of what is no
    data set.
    """
    catalog, node = Catalog.of(visit.serving.release.path), NamedNode(thing)
    if catalog is None or node not in catalog.data_sets:
        return []
    files = Files.of(visit.serving.release.path)
    found = [file for each in (node, *catalog.nodes(node, f"{DCT}hasPart")) for file in files.of_data_set(each)]
    offered = [(file.media_type, visit.href(f"{FOLDER}/{file.name}")) for file in found if not file.packed]
    fitting = [(media_type, address) for media_type, address in offered if choose(accept, (Offer(media_type),))]
    return [*fitting, (HTML.offer.media_type, visit.href(CATALOG))]


def changed_on(visit: Visit, thing: str) -> str:
    """Return the day on which what is said of ``thing`` last changed, which the sitemap tells too; empty if unknown."""
    catalog, folder = Catalog.of(visit.serving.release.path), visit.serving.release.path
    told = catalog.text(NamedNode(thing), f"{DCT}modified") if catalog else ""
    return told or Things(folder).day(thing)
