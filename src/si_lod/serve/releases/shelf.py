"""What is said of the releases themselves: as RDF (DCAT 3 §11, PROV-O) and as JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from pyoxigraph import Literal, NamedNode, Triple

from si_lod.serve.nodes import TYPE
from si_lod.serve.travel import address_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from si_lod.changes.comparison import Comparison
    from si_lod.release import Manifest

_DCAT: Final = "http://www.w3.org/ns/dcat#"
_DCT: Final = "http://purl.org/dc/terms/"
_VOID: Final = "http://rdfs.org/ns/void#"
_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
_SEE_ALSO: Final = NamedNode("http://www.w3.org/2000/01/rdf-schema#seeAlso")


@dataclass(frozen=True, slots=True)
class Listed:
    """A release on the shelf: what it says of itself, how it differs from the one before, whether it is served."""

    manifest: Manifest
    comparison: Comparison | None
    is_current: bool

    def triples(self, data_sets: Sequence[NamedNode]) -> Iterator[Triple]:
        """Yield the release as a version of the data sets (DCAT 3 §11.1)."""
        base = self.manifest.site.base
        release = NamedNode(f"{base}id/release/{self.manifest.version}")
        for kind in (f"{_DCAT}Dataset", f"{_VOID}Dataset", "http://www.w3.org/ns/prov#Entity"):
            yield Triple(release, TYPE, NamedNode(kind))
        for language, title in self.manifest.site.title.items():
            words = f"{title}, {self.manifest.version}"
            yield Triple(release, NamedNode(f"{_DCT}title"), Literal(words, language=language))
        yield Triple(release, NamedNode(f"{_DCAT}version"), Literal(self.manifest.version))
        yield Triple(release, NamedNode(f"{_DCT}issued"), _typed(self.manifest.issued, "date"))
        yield Triple(release, NamedNode(f"{_VOID}triples"), _typed(str(self.manifest.triples), "integer"))
        for name in ("report", "changes"):
            there = NamedNode(f"{base}{address_of(self.manifest.version)[1:]}/{name}")
            yield Triple(release, _SEE_ALSO, there)
        if self.comparison:
            before = NamedNode(f"{base}id/release/{self.comparison.version}")
            yield Triple(release, NamedNode(f"{_DCAT}previousVersion"), before)
            yield Triple(release, NamedNode("http://www.w3.org/ns/prov#wasRevisionOf"), before)
        for data_set in data_sets:
            yield Triple(release, NamedNode(f"{_DCAT}isVersionOf"), data_set)
            yield Triple(data_set, NamedNode(f"{_DCAT}hasVersion"), release)
            if self.is_current:
                yield Triple(data_set, NamedNode(f"{_DCAT}hasCurrentVersion"), release)

    def table(self) -> dict[str, Any]:
        """Return the same as JSON can hold it; counts by their names."""
        manifest = self.manifest
        address = f"{manifest.site.base}{address_of(manifest.version)[1:]}"
        found = {
            "version": manifest.version,
            "iri": f"{manifest.site.base}id/release/{manifest.version}",
            "issued": manifest.issued,
            "current": self.is_current,
            "statements": manifest.triples,
            "sha256": manifest.dataset,
            "results": dict(manifest.results),
            "report": f"{address}/report",
        }
        changes: dict[str, Any] = {"href": f"{address}/changes"}
        if self.comparison:
            found["previous"] = self.comparison.version
            changes |= {"facts": dict(self.comparison.facts), "following": self.comparison.following["facts"]}
        return found | {"changes": changes}


def as_json(table: object) -> str:
    """Return the table as JSON text."""
    return json.dumps(table, indent=2, ensure_ascii=False) + "\n"


def _typed(text: str, name: str) -> Literal:
    return Literal(text, datatype=NamedNode(_XSD + name))
