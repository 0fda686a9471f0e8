"""The licence of something in the catalogue, at the address where people and programs look for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from si_lod.serve.pages.vocabulary import EXACT_MATCH, LICENSE

if TYPE_CHECKING:
    from pyoxigraph import NamedNode

    from si_lod.serve.harvest.catalog import Catalog

_KNOWN: Final = "https://creativecommons.org/"


def licence(catalog: Catalog, node: NamedNode) -> str:
    """Return the licence's own address, which the catalogue may know as the match of a code; empty for none.

    Outside DCAT a licence is known by the address of whoever wrote it.
    """
    stated = catalog.nodes(node, LICENSE)
    matches = [match.value for code in stated for match in catalog.nodes(code, EXACT_MATCH)]
    known = [address for address in matches if address.startswith(_KNOWN)]
    return next(iter([*known, *(code.value for code in stated)]), "")
