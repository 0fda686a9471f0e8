"""IRIs as short as they can be read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from si_lod.serve.pages.vocabulary import SDMX_ATTRIBUTE

if TYPE_CHECKING:
    from collections.abc import Mapping

FETCHABLE: Final = frozenset({"http", "https"})
"""The schemes that a browser can open without doing anything else."""


def short(iri: str, prefixes: Mapping[str, str]) -> str:
    """Return ``iri`` as a prefixed name if a prefix fits, else without its scheme if that is how it is fetched."""
    found = prefixed(iri, prefixes)
    is_address = found == iri and urlsplit(iri).scheme in FETCHABLE
    return iri.partition("://")[2].rstrip("/") if is_address else found


def prefixed(iri: str, prefixes: Mapping[str, str]) -> str:
    """Return ``iri`` as a prefixed name by the longest namespace that fits, else as it is."""
    known = {"sdmx-attribute": SDMX_ATTRIBUTE, **prefixes}
    fitting = [(len(space), name, space) for name, space in known.items() if iri.startswith(space)]
    if not fitting:
        return iri
    _, name, space = max(fitting)
    local = iri[len(space) :]
    return f"{name}:{local}" if local and "/" not in local else iri
