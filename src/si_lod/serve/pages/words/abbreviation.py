"""IRIs as short as they can be read."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from si_lod.engine.diagnosis.words.prefixes import WELL_KNOWN

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FETCHABLE: Final = frozenset({"http", "https"})
"""The schemes that a browser can open without doing anything else."""


def short(iri: str, prefixes: Mapping[str, str]) -> str:
    """Return ``iri`` as a prefixed name if a prefix fits, else without its scheme if that is how it is fetched."""
    found = _named(iri, [("sdmx-attribute", WELL_KNOWN["sdmx-attribute"]), *prefixes.items()])
    is_address = found == iri and urlsplit(iri).scheme in FETCHABLE
    return iri.partition("://")[2].rstrip("/") if is_address else found


def prefixed(iri: str, prefixes: Mapping[str, str]) -> str:
    """Return ``iri`` as a prefixed name if a prefix fits, else as it is, for whoever writes queries.

    ``prefixes`` are the site's; what nearly everyone means by others is known too, where the site means nothing else.
    """
    usual = ((name, space) for name, space in WELL_KNOWN.items() if name not in prefixes)
    return _named(iri, chain(prefixes.items(), usual))


def _named(iri: str, prefixes: Iterable[tuple[str, str]]) -> str:
    """Return ``iri`` by the longest namespace that fits, the first of those that are as long."""
    fitting = [(name, space) for name, space in prefixes if iri.startswith(space)]
    if not fitting:
        return iri
    name, space = max(fitting, key=lambda pair: len(pair[1]))
    local = iri[len(space) :]
    return f"{name}:{local}" if local and "/" not in local else iri
