"""The site's shapes as pySHACL reads them, and the constraints among them that are run as sets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Self

from pyoxigraph import RdfFormat, parse
from rdflib import OWL, RDF, RDFS, SH, Graph, URIRef
from rdflib import Literal as RdflibLiteral

from si_lod.publish.shacl.scope import binds_at_once
from si_lod.publish.shacl.terms import to_rdflib
from si_lod.publish.source.skolems import relabelled, scope_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from rdflib.term import Node as RdflibNode

_TARGETS: Final = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf)


@dataclass(frozen=True, slots=True)
class SparqlConstraint:
    """A SPARQL-based constraint (SHACL §5) of a shape that has targets of its own.

    ``targets`` are graph patterns that bind ``$this`` to the focus nodes (SHACL §2.1.3); ``prefixes`` are
    declarations for the head of a query.
    """

    shape: URIRef
    path: URIRef | None
    severity: URIRef
    messages: tuple[RdflibLiteral, ...]
    targets: tuple[str, ...]
    prefixes: str
    select: str


@dataclass(frozen=True, slots=True)
class Shapes:
    """The shapes graph ``whole``, split by who runs what: ``core`` goes to pySHACL, ``constraints`` are run as sets."""

    whole: Graph
    core: Graph
    constraints: tuple[SparqlConstraint, ...]

    @classmethod
    def read(cls, paths: Iterable[Path]) -> Self:
        """Return the shapes in these Turtle files, which must be well-formed.

        Their blank nodes are named by file and canonical label, so that a result says the same in every run.
        """
        graph = Graph()
        for path in paths:
            triples = relabelled(quad.triple for quad in parse(path=str(path), format=RdfFormat.TURTLE))
            scope = scope_of(path)
            for triple in triples:
                graph.add(tuple(to_rdflib(term, scope=scope) for term in triple))  # type: ignore[arg-type]
        return cls.split(graph)

    @classmethod
    def split(cls, graph: Graph) -> Self:
        """Return the shapes of ``graph``.

        A constraint is run as a set only where that must give the same results: the shape has targets of its own,
        no other shape refers to it, and the query's scopes let ``$this`` through. Whatever else there is stays with
        pySHACL.
        """
        core = Graph(namespace_manager=graph.namespace_manager)
        core += graph
        constraints: list[SparqlConstraint] = []
        for shape, constraint in sorted(graph.subject_objects(SH.sparql), key=str):
            if isinstance(shape, URIRef) and _stands_alone(graph, shape, constraint):
                core.remove((shape, SH.sparql, constraint))
                constraints += _constraints(graph, shape, constraint)
        return cls(graph, core, tuple(constraints))


def _stands_alone(graph: Graph, shape: URIRef, constraint: RdflibNode) -> bool:
    selects = [str(select) for select in graph.objects(constraint, SH.select)]
    path = graph.value(shape, SH.path)
    return (
        next(graph.subjects(None, shape), None) is None
        and any(_target_patterns(graph, shape))
        and (path is None or isinstance(path, URIRef))
        and len(selects) == 1
        and binds_at_once(selects[0])
    )


def _constraints(graph: Graph, shape: URIRef, node: RdflibNode) -> Iterator[SparqlConstraint]:
    true = RdflibLiteral(True)  # noqa: FBT003 - rdflib's way to write the literal true
    if (shape, SH.deactivated, true) in graph or (node, SH.deactivated, true) in graph:
        return
    path, severity = graph.value(shape, SH.path), graph.value(shape, SH.severity)
    yield SparqlConstraint(
        shape=shape,
        path=path if isinstance(path, URIRef) else None,
        severity=severity if isinstance(severity, URIRef) else SH.Violation,
        messages=_literals(graph, node, SH.message) or _literals(graph, shape, SH.message),
        targets=tuple(_target_patterns(graph, shape)),
        prefixes=prefixes_of(graph, node),
        select=str(graph.value(node, SH.select)),
    )


def _literals(graph: Graph, subject: RdflibNode, predicate: URIRef) -> tuple[RdflibLiteral, ...]:
    return tuple(sorted(value for value in graph.objects(subject, predicate) if isinstance(value, RdflibLiteral)))


def _target_patterns(graph: Graph, shape: URIRef) -> Iterator[str]:
    """Yield one pattern per target declaration; the terms are the shapes' own, written by their serialiser."""
    patterns = {
        SH.targetClass: "$this {type}/{under}* {term}",
        SH.targetNode: "VALUES $this {{ {term} }}",
        SH.targetSubjectsOf: "$this {term} ?_object",
        SH.targetObjectsOf: "?_subject {term} $this",
    }
    for declaration in _TARGETS:
        for target in sorted(graph.objects(shape, declaration), key=str):
            yield patterns[declaration].format(type=RDF.type.n3(), under=RDFS.subClassOf.n3(), term=target.n3())
    if {(shape, RDF.type, RDFS.Class), (shape, RDF.type, OWL.Class)} & set(graph.triples((shape, RDF.type, None))):
        yield patterns[SH.targetClass].format(type=RDF.type.n3(), under=RDFS.subClassOf.n3(), term=shape.n3())


def prefixes_of(graph: Graph, constraint: RdflibNode) -> str:
    """Return the declarations for the head of the constraint's queries (SHACL §5.2.1)."""
    declarations = {
        f"PREFIX {graph.value(declaration, SH.prefix)}: <{graph.value(declaration, SH.namespace)}>"
        for ontology in graph.objects(constraint, SH.prefixes)
        for imported in graph.transitive_objects(ontology, OWL.imports)
        for declaration in graph.objects(imported, SH.declare)
    }
    return "\n".join(sorted(declarations))
