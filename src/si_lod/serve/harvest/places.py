"""Where what is harvested has its addresses, and the catalogue that it is found by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request

from si_lod.errors import UnknownResource
from si_lod.sentences import told
from si_lod.serve.harvest.catalog import Catalog
from si_lod.serve.travel import address_of

if TYPE_CHECKING:
    from si_lod.serve.visit import Visit


def published_base(visit: Visit) -> str:
    """Return the IRI below which the release that answers has its addresses, on whichever host it was asked."""
    base = visit.manifest.site.base
    return f"{base}{address_of(visit.manifest.version)[1:]}/" if visit.named else base


def catalog_of(visit: Visit) -> Catalog:
    """Return the catalogue of the release that answers; raises UnknownResource if it has none."""
    catalog = Catalog.of(visit.serving.release.path)
    if catalog is None:
        raise UnknownResource(
            told(
                "{path}: release {version} was published without a catalogue",
                path=request.path,
                version=visit.manifest.version,
            )
        )
    return catalog
