"""What the store's parser says of Turtle that it cannot read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from si_lod.quoting import phrase, quoted

if TYPE_CHECKING:
    from si_lod.sentences import Sentence

_WHERE: Final = re.compile(r"^Parser error (?:at|between) [^:]*: ")
_TURTLE: Final = (
    phrase("Unexpected end"),
    phrase("Unexpected end of file"),
    phrase("No scheme found in an absolute IRI"),
    phrase("A dot is expected at the end of statements"),
    phrase("A language code should always start with a letter"),
    phrase("A subtag may be eight characters in length at maximum"),
    phrase("A blank node ID cannot be empty"),
    phrase("Line jumps are not allowed in string literals, use \\n"),
    phrase("The PREFIX keyword should be followed by a prefix like 'ex:'"),
    phrase(r"The prefix (?P<prefix>\S*) has not been declared", "The prefix {prefix} has not been declared"),
    phrase(r"(?P<found>.+) is not a valid predicate", "{found} is not a valid predicate"),
    phrase(r"(?P<found>.+) is not a valid RDF object", "{found} is not a valid RDF object"),
    phrase(r"(?P<found>.+) is not a valid subject or graph name", "{found} is not a valid subject or graph name"),
    phrase(r"Invalid IRI code point (?P<found>.+)", "Invalid IRI code point {found}"),
    phrase(r"Unexpected escape character (?P<found>.+)", "Unexpected escape character {found}"),
    phrase(r"Invalid UTF-8 character encoding.*", "the file is not encoded in UTF-8"),
    phrase(
        r"Expecting a datatype IRI after \^\^, found (?P<found>.+)", "Expecting a datatype IRI after ^^, found {found}"
    ),
)


def no_turtle(message: str) -> Sentence:
    """Return what is wrong with Turtle; the place, which is told by itself, is left out."""
    return quoted(_WHERE.sub("", message), _TURTLE)
