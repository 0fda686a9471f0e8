"""A document of definitions: an ontology with its terms, or shapes, complete and as their authors wrote them.

What belongs to a document is found by what it is, never by reading the whole store, so the time it takes does not grow
with the facts.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode

from si_lod.errors import UnknownResource
from si_lod.sentences import told
from si_lod.serve.documents.description import Description
from si_lod.serve.nodes import TYPE, is_generated

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import Triple

    from si_lod.engine.evaluation import Engine

_OWL: Final = "http://www.w3.org/2002/07/owl#"
_RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
_SH: Final = "http://www.w3.org/ns/shacl#"
_IS_DEFINED_BY: Final = NamedNode(f"{_RDFS}isDefinedBy")
_KINDS: Final = tuple(
    map(
        NamedNode,
        (
            *(f"{_OWL}{kind}" for kind in ("Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty")),
            *(f"{_RDFS}{kind}" for kind in ("Class", "Datatype")),
            f"{_RDF}Property",
            *(f"{_SH}{kind}" for kind in ("NodeShape", "PropertyShape", "PropertyGroup", "PrefixDeclaration")),
            *(f"{_SH}{kind}" for kind in ("SPARQLConstraint", "SPARQLTarget", "ConstraintComponent", "Parameter")),
        ),
    )
)
_SHAPE_PROPERTIES: Final = tuple(
    NamedNode(f"{_SH}{name}")
    for name in ("path", "property", "targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf")
)
"""The properties by which a shape need not say that it is one (SHACL §2.1)."""


def define(engine: Engine, iri: str) -> Description:
    """Return the document ``iri``: what it says of itself, and all of every term and shape that it defines.

    A term is what has ``rdfs:isDefinedBy`` the document, or is a class, a property or part of a shape in the
    namespace ``{iri}#``; with it comes every node that stands for a blank one. Raises UnknownResource if there is
    nothing of any.
    """
    found: dict[NamedNode, None] = {}
    own: list[Triple] = []
    waiting = dict.fromkeys([NamedNode(iri), *_terms(engine, iri)])
    while waiting:
        found |= waiting
        said = list(chain.from_iterable(engine.match_each((node, None, None) for node in waiting)))
        own += said
        parts = (one.object for one in said if isinstance(one.object, NamedNode) and _is_part(one.object, iri))
        waiting = {part: None for part in parts if part not in found}
    if not own:
        raise UnknownResource(told("{iri}: this release defines nothing under it", iri=iri))
    return Description(iri=iri, own=tuple(sorted(own, key=str)))


def _terms(engine: Engine, iri: str) -> Iterator[NamedNode]:
    typed = ((None, TYPE, kind) for kind in _KINDS)
    shapes = ((None, path, None) for path in _SHAPE_PROPERTIES)
    defined, *others = engine.match_each([(None, _IS_DEFINED_BY, NamedNode(iri)), *typed, *shapes])
    yield from (triple.subject for triple in defined if isinstance(triple.subject, NamedNode))
    for triple in chain.from_iterable(others):
        if isinstance(triple.subject, NamedNode) and triple.subject.value.startswith(f"{iri}#"):
            yield triple.subject


def _is_part(node: NamedNode, iri: str) -> bool:
    return node.value.startswith(f"{iri}#") or is_generated(node.value)
