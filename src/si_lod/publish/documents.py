"""The site's Turtle documents as triples: ontology, code lists, shapes, and what people say of the data set."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pyoxigraph import BlankNode, CanonicalizationAlgorithm, Dataset, NamedNode, Quad, RdfFormat, Triple, parse

from si_lod.errors import InvalidFiles, Problem
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from si_lod.publish.source import Source

_NAMED: Final = ("ontology/*.ttl", "data/*.ttl")
_SHAPES: Final = "shapes/*.ttl"
_WHERE: Final = re.compile(r"^Parser error at line \d+ column \d+: ")


def read_documents(source: Source) -> Iterator[Triple]:
    """Yield the triples of all Turtle documents, none with a blank node; raises InvalidFiles with every problem.

    Shapes may have blank nodes (SHACL lists and paths are made of them). Each becomes a skolem IRI (RDF 1.1
    Concepts §3.5) whose name follows from the canonical labels of its own file (RDFC-1.0), so it is the same in
    every run. Anywhere else a blank node is a problem.
    """
    problems: list[Problem] = []
    for path in source.files(*_NAMED):
        triples = read_turtle(path, source.name(path), problems)
        problems += _complain(triples, source.name(path))
        yield from triples
    for path in source.files(_SHAPES):
        triples = read_turtle(path, source.name(path), problems)
        yield from _skolemise(triples, source.site.base, f"{path.stem}-")
    if problems:
        raise InvalidFiles(problems)


def read_turtle(path: Path, name: str, problems: list[Problem]) -> list[Triple]:
    """Return the triples in the file, or none after adding to ``problems`` why it cannot be read."""
    try:
        return [quad.triple for quad in parse(path=str(path), format=RdfFormat.TURTLE)]
    except SyntaxError as error:
        message = told("expected Turtle: {error}", error=_WHERE.sub("", error.msg))
        problems.append(Problem(name, error.lineno or 0, str(error.offset or ""), message))
    except ValueError as error:
        problems.append(Problem(name, 0, "", told("expected Turtle in UTF-8: {error}", error=error)))
    except FileNotFoundError:
        problems.append(Problem(name, 0, "", told("expected this file, found none")))
    return []


def _complain(triples: Iterable[Triple], name: str) -> Iterator[Problem]:
    """Yield a problem for each triple with a node that has no IRI, or with a triple for a node (RDF 1.2)."""
    for triple in triples:
        if isinstance(triple.subject, BlankNode) or isinstance(triple.object, BlankNode):
            message = told(
                "expected an IRI for every node, found a blank node with {predicate}; give it one",
                predicate=triple.predicate,
            )
            yield Problem(name, 0, "", message)
        if isinstance(triple.object, Triple):
            message = told("expected RDF 1.1, found a triple term with {predicate}", predicate=triple.predicate)
            yield Problem(name, 0, "", message)


def relabelled(triples: Iterable[Triple]) -> Iterator[Triple]:
    """Yield the triples of one file with the canonical labels of its blank nodes (RDFC-1.0), the same in every run."""
    dataset = Dataset(Quad(triple.subject, triple.predicate, triple.object) for triple in triples)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    yield from (quad.triple for quad in dataset)


def skolem(base: str, node: BlankNode, scope: str = "") -> NamedNode:
    """Return the IRI that a blank node of the shapes has in the data (RDF 1.1 Concepts §3.5)."""
    return NamedNode(f"{base}.well-known/genid/{scope}{node.value}")


def _skolemise(triples: Iterable[Triple], base: str, scope: str) -> Iterator[Triple]:
    for triple in relabelled(triples):
        subject, target = (
            skolem(base, term, scope) if isinstance(term, BlankNode) else term
            for term in (triple.subject, triple.object)
        )
        if isinstance(subject, NamedNode):
            yield Triple(subject, triple.predicate, target)
