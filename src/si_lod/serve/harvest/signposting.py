"""What documents say by the catalogue: the links of a data set's page, and when a thing last changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from si_lod.serve.harvest.catalog import Catalog
from si_lod.serve.harvest.files import Files
from si_lod.serve.harvest.linkset import LINKSET, linkset_path, shortened, signposts
from si_lod.serve.harvest.things import Things
from si_lod.serve.pages.vocabulary import DCT
from si_lod.serve.replies.links import Link

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


def changed_on(visit: Visit, thing: str) -> str:
    """Return the day on which what is said of ``thing`` last changed, which the sitemap tells too; empty if unknown."""
    catalog, folder = Catalog.of(visit.serving.release.path), visit.serving.release.path
    told = catalog.text(NamedNode(thing), f"{DCT}modified") if catalog else ""
    return told or Things(folder).day(thing)
