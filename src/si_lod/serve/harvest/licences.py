"""The licence of something in the catalogue, at the address where people and programs look for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from si_lod.serve.licences import own_address
from si_lod.serve.pages.vocabulary import EXACT_MATCH, LICENSE

if TYPE_CHECKING:
    from si_lod.serve.harvest.catalog import Catalog


def licence(catalog: Catalog, node: NamedNode) -> str:
    """Return the licence's own address, which the catalogue may know as the match of a code; empty for none."""
    stated = (code.value for code in catalog.nodes(node, LICENSE))
    return own_address(stated, lambda code: (one.value for one in catalog.nodes(NamedNode(code), EXACT_MATCH)))
