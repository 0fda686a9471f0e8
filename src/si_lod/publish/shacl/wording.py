"""Wording: what a result says whose shape has no message of its own, made of the constraint that was not met.

The validator has words for that, too, but in one language, and with blank nodes for whatever has no IRI.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal
from rdflib import SH, BNode, URIRef
from rdflib import Literal as RdflibLiteral
from rdflib.collection import Collection

from si_lod.publish.shacl.report import SH as _SPACE
from si_lod.sentences import LANGUAGES, Translated, say, told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from rdflib import Graph
    from rdflib.term import Node

    from si_lod.sentences import Sentence

_ENDING: Final = "ConstraintComponent"
_ASKED: Final[Mapping[str, Callable[[str], Sentence]]] = {
    "MinCount": lambda asked: told("expected at least {asked}, found fewer", asked=asked),
    "MaxCount": lambda asked: told("expected at most {asked}, found more", asked=asked),
    "Class": lambda asked: told("expected something of the class {asked}", asked=asked),
    "Datatype": lambda asked: told("expected a value of the datatype {asked}", asked=asked),
    "NodeKind": lambda asked: told("expected a node of the kind {asked}", asked=asked),
    "In": lambda asked: told("expected one of {asked}", asked=asked),
    "HasValue": lambda asked: told("expected {asked} among the values", asked=asked),
    "Pattern": lambda asked: told("expected what the pattern {asked} fits", asked=asked),
    "MinLength": lambda asked: told("expected at least {asked} characters", asked=asked),
    "MaxLength": lambda asked: told("expected at most {asked} characters", asked=asked),
    "MinInclusive": lambda asked: told("expected {asked} or more", asked=asked),
    "MaxInclusive": lambda asked: told("expected {asked} or less", asked=asked),
    "MinExclusive": lambda asked: told("expected more than {asked}", asked=asked),
    "MaxExclusive": lambda asked: told("expected less than {asked}", asked=asked),
    "UniqueLang": lambda _: told("expected one text for each language, found more"),
    "LanguageIn": lambda asked: told("expected a text in one of the languages {asked}", asked=asked),
}
"""What the usual constraints ask (SHACL §4), by the names of their components."""


def constraint_name(component: str) -> str:
    """Return the short name of a constraint component.

    >>> constraint_name("http://www.w3.org/ns/shacl#MinCountConstraintComponent")
    'MinCount'
    """
    return re.split("[/#]", component)[-1].removesuffix(_ENDING)


def worded(shapes: Graph, shape: Node | None, component: Node | None, value: Node | None) -> Iterator[Literal]:
    """Yield the message of a result of this shape and component, about ``value`` if it has one, in every language."""
    name = constraint_name(str(component))
    parameter = URIRef(f"{_SPACE}{name[:1].lower()}{name[1:]}")
    asked = ", ".join(_written(shapes, found) for found in sorted(shapes.objects(shape, parameter), key=str))
    sentence = _ASKED[name](asked) if name in _ASKED and asked else told("expected what {name} asks for", name=name)
    if value is not None and not isinstance(value, BNode):
        sentence = told("{expected}, found {found}", expected=sentence, found=_written(shapes, value))
    if about := _named(shapes, shape):
        sentence = told("{name}: {message}", name=about, message=sentence)
    for language in LANGUAGES:
        yield Literal(say(sentence, language), language=language)


def _named(shapes: Graph, shape: Node | None) -> str:
    """Return what the shape calls its values, else the last part of its path's IRI, else nothing."""
    found = (name for name in shapes.objects(shape, SH.name) if isinstance(name, RdflibLiteral))
    names = {name.language or LANGUAGES[0]: str(name) for name in found}
    path = shapes.value(shape, SH.path)
    if names:
        return Translated.by_language(names)
    return "" if path is None or isinstance(path, BNode) else re.split("[/#]", str(path))[-1]


def _written(shapes: Graph, term: Node) -> str:
    if isinstance(term, BNode):
        return ", ".join(_written(shapes, member) for member in Collection(shapes, term))
    text = str(term)
    return f'"{text}"' if isinstance(term, RdflibLiteral) and not _is_number(text) else text


def _is_number(text: str) -> bool:
    return bool(re.fullmatch(r"[+-]?\d+(\.\d+)?", text))
