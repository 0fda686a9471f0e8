"""What an overview of an ontology shows: its classes with their properties, and where these lead."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from si_lod.serve.pages.vocabulary import OWL, SKOS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from si_lod.serve.pages.definitions.glossary import Term
    from si_lod.serve.pages.words.wording import Link, Text

_FEWEST: Final = 2
"""By how many terms a class of another vocabulary must be mentioned to have a box of its own."""
_CODE: Final = f"{SKOS}Concept"


@dataclass(frozen=True, slots=True)
class Row:
    """One property in the box of a class; ``target`` is the IRI of the box where it leads, if it leads to one."""

    name: Text
    href: str
    target: str | None


@dataclass(frozen=True, slots=True)
class Box:
    """One class; ``own`` says that the ontology defines it.

    ``above`` are the broader classes that have a box, ``outside`` the names of those that have none.
    """

    iri: str
    name: Text
    short: str
    href: str
    own: bool
    above: list[str]
    outside: list[str]
    rows: list[Row]


def overview(classes: Sequence[Term], properties: Sequence[Term]) -> list[Box]:
    """Return the boxes: each class of the ontology, and those of other vocabularies that hold several together.

    Codes are values here as numbers and dates are, so no line leads to them.
    """
    own = {term.iri for term in classes}
    others = _others(classes, properties, own)
    drawn = own | others.keys()
    boxes = [
        Box(
            iri=term.iri,
            name=term.name,
            short=term.short,
            href=f"#{term.anchor}",
            own=True,
            above=[link.iri for link in term.parents if link.iri in drawn],
            outside=[link.text.words for link in term.parents if link.iri not in drawn],
            rows=_rows(term.iri, properties, drawn),
        )
        for term in classes
    ]
    return boxes + [
        Box(iri, link.text, "", "", own=False, above=[], outside=[], rows=_rows(iri, properties, drawn))
        for iri, link in sorted(others.items())
    ]


def _others(classes: Sequence[Term], properties: Sequence[Term], own: set[str]) -> dict[str, Link]:
    ends = [link for term in properties if not _is_value(term) for link in (*term.domains, *term.ranges)]
    ends += [link for term in properties if _is_value(term) for link in term.domains]
    parents = [link for term in classes for link in term.parents]
    ties = Counter(link.iri for link in (*ends, *parents))
    return {link.iri: link for link in ends if link.iri not in own and ties[link.iri] >= _FEWEST}


def _rows(iri: str, properties: Sequence[Term], drawn: Iterable[str]) -> list[Row]:
    said = [term for term in properties if iri in {link.iri for link in term.domains}]
    return sorted((Row(term.name, f"#{term.anchor}", _target(term, drawn)) for term in said), key=_leading_last)


def _target(term: Term, drawn: Iterable[str]) -> str | None:
    if _is_value(term):
        return None
    return next((link.iri for link in term.ranges if link.iri in drawn), None)


def _is_value(term: Term) -> bool:
    """Return whether what the property leads to is written in its thing's box: a literal, or a code."""
    return f"{OWL}DatatypeProperty" in term.kinds or any(link.iri == _CODE for link in term.ranges)


def _leading_last(row: Row) -> tuple[bool, str]:
    return row.target is not None, row.name.words.casefold()
