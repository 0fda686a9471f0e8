"""The site's Turtle documents as triples: ontology, code lists, shapes, and what people say of the data set."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pyoxigraph import BlankNode, RdfFormat, Triple, parse

from si_lod.errors import InvalidFiles, Problem
from si_lod.misreadings import no_utf_8, reason_of
from si_lod.publish.source.misreadings import no_turtle
from si_lod.publish.source.skolems import MOST_ALIKE, most_alike, scope_of, skolemise
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from si_lod.publish.source.files import Source

_NAMED: Final = ("ontology/*.ttl", "data/*.ttl")
_SHAPES: Final = "shapes/*.ttl"
VALUES_OF_OTHERS: Final = "data/catalog/*.ttl"
"""What value lists of others say of the values used: the catalogue has that, and the dataset does not."""


def read_documents(source: Source) -> Iterator[Triple]:
    """Yield the triples of all Turtle documents, none with a blank node; raises InvalidFiles with every problem.

    Shapes may have blank nodes (SHACL lists and paths are made of them). Each becomes a skolem IRI (RDF 1.1
    Concepts §3.5) whose name follows from the canonical labels of its own file (RDFC-1.0), so it is the same in
    every run. Anywhere else a blank node is a problem. What others say of values is held to the same, not yielded.
    """
    problems: list[Problem] = []
    for path in source.files(*_NAMED):
        triples = read_turtle(path, source.name(path), problems)
        problems += _complain(triples, source.name(path))
        yield from triples
    for path in source.files(_SHAPES):
        triples = read_turtle(path, source.name(path), problems)
        alike = most_alike(triples)
        if alike > MOST_ALIKE:
            problems.append(Problem(source.name(path), 0, "", _untellable(alike)))
        else:
            yield from skolemise(triples, source.site.base, scope_of(path))
    for path in source.files(VALUES_OF_OTHERS):
        problems += _complain(read_turtle(path, source.name(path), problems), source.name(path))
    if problems:
        raise InvalidFiles(problems)


def read_turtle(path: Path, name: str, problems: list[Problem]) -> list[Triple]:
    """Return the triples in the file, or none after adding to ``problems`` why it cannot be read."""
    try:
        return [quad.triple for quad in parse(path=str(path), format=RdfFormat.TURTLE)]
    except SyntaxError as error:
        message = told("expected Turtle: {error}", error=no_turtle(error.msg))
        problems.append(Problem(name, error.lineno or 0, str(error.offset or ""), message))
    except ValueError as error:
        problems.append(Problem(name, 0, "", told("expected Turtle in UTF-8: {error}", error=no_utf_8(error))))
    except FileNotFoundError:
        problems.append(Problem(name, 0, "", told("expected this file, found none")))
    except OSError as error:
        problems.append(Problem(name, 0, "", told("cannot be read: {reason}", reason=reason_of(error))))
    return []


def _untellable(alike: int) -> str:
    return told(
        "expected at most {most} blank nodes that hang together and say the same, found {found}; give them IRIs",
        most=MOST_ALIKE,
        found=alike,
    )


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
