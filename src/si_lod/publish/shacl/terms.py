"""Terms on their way between the two libraries: the store's are pyoxigraph's, the validator's are rdflib's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode
from rdflib import BNode, URIRef
from rdflib import Literal as RdflibLiteral

if TYPE_CHECKING:
    from rdflib.term import Node as RdflibNode

    from si_lod.publish.shacl.report import Node


def to_rdflib(term: object, *, scope: str = "") -> URIRef | BNode | RdflibLiteral:
    """Return a pyoxigraph term as rdflib writes it, its lexical form untouched, a blank node named within ``scope``."""
    match term:
        case NamedNode():
            return URIRef(term.value)
        case BlankNode():
            return BNode(scope + term.value)
        case Literal(language=str(language)):
            return RdflibLiteral(term.value, lang=language)
        case Literal():
            return RdflibLiteral(term.value, datatype=URIRef(term.datatype.value), normalize=False)
    raise TypeError(f"expected an RDF term, found {term!r}")


def to_oxigraph(term: RdflibNode | None) -> Node:
    """Return an rdflib term as pyoxigraph writes it."""
    match term:
        case URIRef():
            return NamedNode(str(term))
        case BNode():
            return BlankNode(str(term))
        case RdflibLiteral(language=str(language)):
            return Literal(str(term), language=language)
        case RdflibLiteral(datatype=URIRef() as datatype):
            return Literal(str(term), datatype=NamedNode(str(datatype)))
        case RdflibLiteral():
            return Literal(str(term))
    raise TypeError(f"expected an RDF term, found {term!r}")
