"""Rules: the name that programs know a kind of problem by, the same in every language and every run."""

from __future__ import annotations

import re
from string import Formatter
from typing import TYPE_CHECKING, Final

from si_lod.sentences import outline, say, told

if TYPE_CHECKING:
    from collections.abc import Mapping

    from si_lod.errors import Problem

_LONGEST: Final = 80
_OF_METADATA: Final = ("metadata-value", told("each key of the metadata has a value of the kind that CSVW asks for"))
NAMED: Final[Mapping[str, tuple[str, str]]] = {
    "expected {expected}, found {text}{hint}": (
        "cell-datatype",
        told("each cell holds what its column's datatype asks for"),
    ),
    "expected {says}, found {text}": ("cell-bounds", told("each value is within the bounds of its column's datatype")),
    "expected {expected}, found {found}; the column is required": (
        "cell-required",
        told("no cell of a required column is empty"),
    ),
    "expected a value, found {found}": ("sheet-value", told("each cell of a sheet holds a value")),
    "{what}, found {found}{hint}": ("reference", told("each row that another row refers to stands in its table")),
    "{what}, found {found} in two of them, lines {first} and {again}": (
        "reference-twice",
        told("each row that another row refers to stands in its table once"),
    ),
    "expected {titles}, found {cell}": ("header", told("the header of a table has the columns of its metadata")),
    "expected {width} cells, found {cells}": ("row-width", told("each row has as many cells as there are columns")),
    "expected {encoding}, found {found}; {hint}": ("encoding", told("a table is in the encoding of its dialect")),
    "expected {kind}, found {found}": _OF_METADATA,
    "expected {expected}, found {found}": _OF_METADATA,
    "{expected}, found {url}": _OF_METADATA,
    "expected one of {names}": _OF_METADATA,
    "{error}, in {text}": _OF_METADATA,
    "{name}: expected {what}, found {value!r}": (
        "site-value",
        told("each key of the site's description has a value of its kind"),
    ),
}
"""The names and descriptions of kinds of which the fixed words alone say too little."""


def rule(problem: Problem) -> str:
    """Return the shape's name, else that of the kind of fault, else the fixed words of the message joined by hyphens.

    >>> from si_lod.errors import Problem
    >>> rule(Problem("a.csv", 3, "x", "expected {text} in {encoding}"))
    'expected-in'
    """
    if problem.rule:
        return problem.rule
    if problem.kind in NAMED:
        return NAMED[problem.kind][0]
    try:
        words = " ".join(literal for literal, *_ in Formatter().parse(problem.kind))
    except ValueError:
        words = problem.kind
    return "-".join(re.findall(r"[a-z0-9]+", words.lower()))[:_LONGEST].strip("-") or "problem"


def description(problem: Problem, language: str) -> str:
    """Return what the rule of this problem asks for, in that language, or else how its messages go."""
    if problem.rule:
        return say(told("what {rule} asks for", rule=problem.rule), language)
    if problem.kind in NAMED:
        return say(NAMED[problem.kind][1], language)
    return outline(problem.kind, language)
