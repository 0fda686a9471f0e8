"""Whether a catalogue can be read at all: whoever registered its address in that syntax has nothing of it otherwise."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from pyoxigraph import RdfFormat

from si_lod.rehearse.crawlers import is_iri
from si_lod.rehearse.finding import Effect, Finding
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from si_lod.rehearse.evidence import Evidence

_JSON_LD: Final = RdfFormat.JSON_LD.media_type


def lost(evidence: Evidence) -> Iterator[Finding]:
    """Yield which pages cannot be read."""
    for each in evidence.harvests.values():
        for page in each.pages:
            if page.fault:
                said = told("who registered {syntax} has nothing: {fault}", syntax=each.syntax, fault=page.fault)
                yield Finding(Effect.STOPS, page.address, said)


def addresses(evidence: Evidence) -> Iterator[Finding]:
    """Yield what stands for an address in JSON-LD and is none: parsers leave out in silence what is said by it."""
    for each in evidence.harvests.values():
        for page in each.pages:
            if page.answer.media_type != _JSON_LD or page.fault:
                continue
            for iri in dict.fromkeys(_ids(json.loads(page.answer.content))):
                if ":" in iri and not is_iri(iri):
                    said = told("is no IRI; with it goes what is said by it, in silence, as JSON-LD is read")
                    yield Finding(Effect.LOSES, iri, said)


def _ids(value: Any) -> Iterator[str]:
    """Yield each ``@id`` in a document of JSON-LD, however deep."""
    waiting = [value]
    while waiting:
        found = waiting.pop()
        if isinstance(found, dict):
            if isinstance(found.get("@id"), str):
                yield found["@id"]
            waiting += found.values()
        elif isinstance(found, list):
            waiting += found
