"""What could stand at a place, in few words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from si_lod.engine.diagnosis.stopping.terminals import AGGREGATES, FUNCTIONS, MARKS
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST: Final = 6
"""How many things a message says could stand there."""

_MARKS: Final = {name: mark for mark, name in MARKS.items()}
_CLOSING: Final = frozenset({"RBRACE", "RPAREN", "RBRACKET", "DOT", "SEMICOLON", "COMMA"})
_GROUPS: Final = tuple(
    (frozenset(names.split()), least, words)
    for names, least, words in (
        ("$END", 1, told("the end of the query")),
        ("VARIABLE", 1, told("a variable")),
        ("IRIREF PNAME_LN PNAME_NS", 3, told("an IRI")),
        ("STRING INTEGER DECIMAL TRUE FALSE", 3, told("a text or a number")),
        ("INTEGER DECIMAL", 1, told("a number")),
        ("AND OR EQ NE LT GT LE GE PLUS MINUS STAR SLASH IN NOT", 4, told("an operator")),
        (
            "OPTIONAL FILTER BIND MINUS_WORD GRAPH VALUES SERVICE UNION",
            4,
            told("a clause such as OPTIONAL or FILTER"),
        ),
        (
            " ".join({*FUNCTIONS.values(), *AGGREGATES.values()}),
            2,
            told("a function"),
        ),
    )
)
"""Terminals that have a name together, from how many of them on they are called by it, and that name."""


def expectations(accepted: frozenset[str]) -> list[str]:
    """Return what could stand there, the most telling first, at most ``MOST`` of them."""
    return list(dict.fromkeys(_named(accepted)))[:MOST]


def expectation(accepted: frozenset[str]) -> str:
    """Return the same as one sentence."""
    *others, last = expectations(accepted)
    said = others[0] if others else last
    for other in others[1:]:
        said = told("{some}, {other}", some=said, other=other)
    return told("{some} or {last}", some=said, last=last) if others else said


def _named(accepted: frozenset[str]) -> Iterator[str]:
    left = accepted
    for members, least, words in _GROUPS:
        if len(left & members) >= least:
            yield words
            left -= members
    for name in sorted(left, key=lambda name: (name not in _CLOSING, name not in _MARKS, name)):
        yield f'"{_MARKS[name]}"' if name in _MARKS else _WORDS.get(name, name)


_WORDS: Final = {
    "IRIREF": told("an IRI in angle brackets"),
    "PNAME_NS": told("a prefix with its colon"),
    "PNAME_LN": told("a prefixed name"),
    "BLANK_NODE": told("a blank node"),
    "LANGUAGE": told("a language tag"),
    "MINUS_WORD": "MINUS",
    "A": '"a"',
}
