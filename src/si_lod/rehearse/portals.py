"""The portals: each with what it checks, as a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from si_lod.rehearse import (
    agreement,
    ckan,
    ckan_packages,
    crawlers,
    descriptions,
    dutch,
    european,
    files,
    google,
    heritage,
    official,
    placeholders,
    reading,
    signposting,
)
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from si_lod.rehearse.evidence import Check, Evidence
    from si_lod.rehearse.finding import Score


def _nothing(_: Evidence) -> Iterator[Score]:
    yield from ()


@dataclass(frozen=True, slots=True)
class Portal:
    """A portal: its key, its name, what it checks, how it scores, which official shapes it uses.

    One that ``takes`` nothing only looks.
    """

    key: str
    name: str
    checks: tuple[Check, ...]
    scores: Callable[[Evidence], Iterator[Score]] = _nothing
    shapes: tuple[tuple[str, str], ...] = ()
    takes: bool = True


PORTALS: Final = (
    Portal(
        "ckan",
        told("CKAN (ckanext-dcat)"),
        (
            ckan.opening,
            ckan.reading,
            ckan.paging,
            ckan.agreeing,
            reading.addresses,
            ckan.steady,
            ckan_packages.identity,
            ckan_packages.texts,
            ckan_packages.keywords,
            ckan_packages.licences,
            ckan_packages.resources,
            ckan_packages.labels,
        ),
    ),
    Portal(
        "data.europa.eu",
        told("data.europa.eu (piveau, MQA)"),
        (
            reading.lost,
            reading.addresses,
            agreement.formats,
            agreement.periods,
            agreement.futures,
            european.losses,
            european.compliance,
            european.links,
            european.themes,
            european.changes,
            european.identity,
            european.paging,
            european.totals,
        ),
        european.scores,
        ((official.EUROPEAN, "DCAT-AP"),),
    ),
    Portal(
        "data.overheid.nl",
        told("data.overheid.nl (DCAT-AP-NL)"),
        (
            reading.lost,
            agreement.periods,
            dutch.profile,
            dutch.shapes,
            dutch.identifiers,
            dutch.lengths,
            dutch.publishers,
        ),
        shapes=((official.EUROPEAN, "DCAT-AP"), (official.DUTCH, "DCAT-AP-NL")),
    ),
    Portal(
        "nde",
        told("Dataset Register (NDE)"),
        (reading.lost, heritage.datasets, heritage.texts, heritage.licences, heritage.probes, heritage.shapes),
        shapes=((official.HERITAGE, "NDE"),),
    ),
    Portal("google", told("Google Dataset Search"), (google.indexing, google.structured, google.sitemap)),
    Portal("fair", told("FAIR assessors (Signposting)"), (signposting.level_one, signposting.level_two)),
    Portal(
        "crawlers",
        told("linked-data crawlers and downloads"),
        (
            files.sizes,
            files.contents,
            files.heads,
            files.validators,
            files.steady,
            crawlers.iris,
            crawlers.resolving,
            agreement.listing,
            crawlers.robots,
            descriptions.negotiation,
            descriptions.sharing,
            descriptions.void,
            descriptions.services,
        ),
    ),
    Portal("placeholders", told("still to be filled in"), (placeholders.names, placeholders.domains), takes=False),
)
"""Who comes to harvest, in the order in which it is told."""
