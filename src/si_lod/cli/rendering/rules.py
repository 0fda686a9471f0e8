"""Rules: the name that programs know a kind of problem by, the same in every language and every run."""

from __future__ import annotations

import re
from string import Formatter
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from si_lod.errors import Problem

_LONGEST: Final = 80


def rule(problem: Problem) -> str:
    """Return the shape's name, else the fixed words of the message joined by hyphens.

    >>> from si_lod.errors import Problem
    >>> rule(Problem("a.csv", 3, "x", "expected {what}, found {found}"))
    'expected-found'
    """
    if problem.rule:
        return problem.rule
    try:
        words = " ".join(literal for literal, *_ in Formatter().parse(problem.kind))
    except ValueError:
        words = problem.kind
    return "-".join(re.findall(r"[a-z0-9]+", words.lower()))[:_LONGEST].strip("-") or "problem"
