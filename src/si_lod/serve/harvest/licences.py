"""The licence of something in the catalogue, at the address where people and programs look for it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from si_lod.serve.pages.vocabulary import EXACT_MATCH, LICENSE

if TYPE_CHECKING:
    from pyoxigraph import NamedNode

    from si_lod.serve.harvest.catalog import Catalog

_KNOWN: Final = "https://creativecommons.org/"
_INSECURE: Final = re.compile(r"\Ahttp://creativecommons\.org/")


def licence(catalog: Catalog, node: NamedNode) -> str:
    """Return the licence's own address, which the catalogue may know as the match of a code; empty for none.

    Outside DCAT a licence is known by the address of whoever wrote it.
    """
    stated = catalog.nodes(node, LICENSE)
    matches = [match.value for code in stated for match in catalog.nodes(code, EXACT_MATCH)]
    addresses = [re.sub(_INSECURE, _KNOWN, address) for address in (*matches, *(code.value for code in stated))]
    return next((one for one in addresses if one.startswith(_KNOWN)), addresses[-1] if addresses else "")
