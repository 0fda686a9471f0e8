"""At which address a licence is told of: that of whoever wrote it.

Within DCAT a licence is a code of a list that portals know; outside it, in pages, headers and descriptions for other
programs, people and programs look for the address of whoever wrote it, which the code matches exactly.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_KNOWN: Final = "https://creativecommons.org/"
_INSECURE: Final = re.compile(r"\Ahttp://creativecommons\.org/")


def own_address(stated: Iterable[str], matches: Callable[[str], Iterable[str]]) -> str:
    """Return the own address of a licence that is ``stated`` by IRIs; empty if there is none.

    ``matches`` gives what an IRI matches exactly (skos:exactMatch).
    """
    codes = list(stated)
    found = [*(match for code in codes for match in matches(code)), *codes]
    addresses = [re.sub(_INSECURE, _KNOWN, address) for address in found]
    return next((one for one in addresses if one.startswith(_KNOWN)), addresses[-1] if addresses else "")
