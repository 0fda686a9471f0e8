"""What pySHACL says of shapes that it cannot use, as problems at the shapes where it was then."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from rdflib import SH, BNode, URIRef

from si_lod.errors import InvalidFiles
from si_lod.quoting import phrase, quoted
from si_lod.sentences import listed, told

if TYPE_CHECKING:
    from rdflib import Graph

    from si_lod.publish.shacl.places import Places
    from si_lod.sentences import Sentence

_CHAIN: Final = re.compile(r"<(?:Node|Property)Shape ([^\s>]+)>(?=->|$)")
_COMPLAINTS: Final = (
    phrase(r"(?P<problem>.*) For reference, see (?P<link>\S+)", "{problem} For reference, see {link}"),
    phrase(
        r"(?P<component>\w+) must have at least one (?P<key>\S+) predicate\.",
        "{component} must have at least one {key} predicate.",
    ),
    phrase(
        r"(?P<component>\w+) must have at most one (?P<key>\S+) predicate\.",
        "{component} must have at most one {key} predicate.",
    ),
    phrase(
        r"(?P<component>\w+) (?P<key>sh:\S+) must be an integer >= 0\.",
        "{component} {key} must be an integer >= 0.",
    ),
    phrase(
        r"(?P<component>\w+) (?P<key>sh:\S+) must be a literal with datatype xsd:integer\.",
        "{component} {key} must be a literal with datatype xsd:integer.",
    ),
    phrase(
        r"(?P<component>\w+) can only be present on a PropertyShape, not a NodeShape\.",
        "{component} can only be present on a PropertyShape, not a NodeShape.",
    ),
    phrase(
        r"(?P<key>\S+) is not a known property for a sh:path\. Malformed shape\?",
        "{key} is not a known property for a sh:path. Malformed shape?",
    ),
    phrase(r"A SPARQL Constraint must not contain a (?P<clause>\w+) clause\.", "a constraint may not have {clause}"),
    phrase("A Shape-Expecting & List-Expecting predicate should get a well-formed RDF list with 1 or more members."),
    phrase("A shape defined as a PropertyShape must include one `sh:path` property."),
    phrase("A shape defined as a PropertyShape cannot have more than one 'sh:path' property."),
    phrase("A shape defined as a NodeShape cannot be the subject of a 'sh:path' predicate."),
    phrase("A shape defined as a NodeShape cannot also be defined as a PropertyShape."),
    phrase("Values of a property path cannot be a Literal."),
    phrase("Path traversal depth is too much!"),
    phrase("Found a path property with a value that is not a URIRef or BNode."),
)
"""What it says of shapes that it cannot use."""


SPARQL: Final = "SPARQL"
"""The name of constraints that are queries, whichever component has them."""
_WRITTEN: Final = {SPARQL: ("select", "ask"), "Pattern": ("pattern",)}
"""The parameters that are written as a text, by the names of their components."""


class Kind(StrEnum):
    """How pySHACL came to an end without a report."""

    RECURSION = "recursion"
    REFUSED = "refused"
    FAILED = "failed"
    MEMORY = "memory"
    LATE = "late"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Complaint:
    """Why there is no report.

    ``shape`` is the shape that was being held against the data, None where it is not known; ``component`` is the
    constraint of it, empty while its focus nodes and their values were looked up, and ``constraint`` the node of one
    in SPARQL. ``reason`` is in pySHACL's words, and of one that is late the seconds that it had.
    """

    kind: Kind
    reason: str
    shape: URIRef | BNode | None = None
    component: str = ""
    constraint: URIRef | BNode | None = None

    @property
    def parameter(self) -> str:
        """The local name of what asks for it in the shape."""
        return f"{self.component[:1].lower()}{self.component[1:]}" or "path"


def refusal(complaint: Complaint, shapes: Graph, places: Places) -> InvalidFiles:
    """Return the error that tells the complaint at its shape, or at the text that takes too long."""
    node = complaint.constraint or complaint.shape
    if complaint.kind is not Kind.LATE:
        return InvalidFiles([places.problem(shapes, node, _message(complaint))])
    written = [
        (name, str(text)) for name in _WRITTEN.get(complaint.component, ()) for text in shapes.objects(node, SH[name])
    ]
    name, text = written[0] if len(written) == 1 else (complaint.parameter, "")
    message = _late(name, complaint.reason)
    return InvalidFiles([places.problem(shapes, node, message, places.in_text(text) if text else None)])


def _message(complaint: Complaint) -> Sentence:
    reason = " ".join(complaint.reason.split())
    match complaint.kind:
        case Kind.RECURSION:
            chain = listed(list(dict.fromkeys(_CHAIN.findall(reason))))
            return told(
                "shapes that ask for one another never come to an end, and SHACL does not say what they mean: {chain}; "
                "let one of them not ask for the next",
                chain=chain,
            )
        case Kind.REFUSED:
            return told("expected shapes that SHACL allows: {error}", error=quoted(reason, _COMPLAINTS))
        case Kind.MEMORY:
            return told("needs more memory than it is given; let it ask for less")
        case Kind.ENDED:
            return told("the process in which pySHACL evaluates shapes was ended from outside: {reason}", reason=reason)
    return told("pySHACL cannot evaluate these shapes on these data: {reason}", reason=reason)


def _late(parameter: str, seconds: str) -> Sentence:
    if parameter == "pattern":
        return told(
            "sh:pattern: takes longer than {seconds} seconds, so it was ended; let no part that repeats hold another "
            "that repeats, as (a+)+ does, or allow it more with SI_LOD_PUBLISH_SECONDS",
            seconds=seconds,
        )
    return told(
        "sh:{name}: takes longer than {seconds} seconds over all that it is held against, so it was ended; let it ask "
        "for less, or allow it more with SI_LOD_PUBLISH_SECONDS",
        name=parameter,
        seconds=seconds,
    )
