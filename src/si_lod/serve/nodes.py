"""The nodes of a release's graph that pages and documents alike go by: what names, what is told of, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode

from si_lod.index import roles
from si_lod.iris import IriDesign, Space

if TYPE_CHECKING:
    from si_lod.engine.evaluation import Engine
    from si_lod.release import Manifest

TYPE: Final = NamedNode(roles.TYPE)
LICENSE: Final = NamedNode("http://purl.org/dc/terms/license")
LABELS: Final = tuple(map(NamedNode, roles.NAMES))
"""The properties that name a thing, the one to prefer first."""

_DATA_SET: Final = NamedNode("http://purl.org/linked-data/cube#DataSet")
_GENERATED: Final = "/.well-known/genid/"


def data_sets(engine: Engine) -> list[NamedNode]:
    """Return the IRIs of the release's data sets, sorted."""
    found = (triple.subject for triple in engine.match(None, TYPE, _DATA_SET))
    return sorted((subject for subject in found if isinstance(subject, NamedNode)), key=str)


def document_iri(manifest: Manifest, iri: str) -> str:
    """Return the IRI of the document about ``iri``: a thing's own, or the definition's without its fragment."""
    design = IriDesign.of(manifest.site.base)
    match design.parse(iri):
        case (Space.THING, reference):
            return design.mint(Space.DOCUMENT, reference)
        case _:
            return iri.partition("#")[0]


def is_generated(iri: str) -> bool:
    """Return whether ``iri`` stands for a blank node (RDF 1.1 Concepts §3.5)."""
    return _GENERATED in iri
