"""What stays true of a graph when triples are added to it: such results hold of part of the data already."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from si_lod.engine.text.tokens import Kind, tokens
from si_lod.errors import InvalidQuery
from si_lod.publish.shacl.report import SH

if TYPE_CHECKING:
    from si_lod.publish.shacl.report import ValidationResult
    from si_lod.publish.shacl.shapes import Shapes

OF_A_VALUE: Final = frozenset(
    f"{SH}{name}ConstraintComponent"
    for name in (
        "Datatype",
        "NodeKind",
        "MinExclusive",
        "MinInclusive",
        "MaxExclusive",
        "MaxInclusive",
        "MinLength",
        "MaxLength",
        "Pattern",
        "LanguageIn",
        "In",
    )
)
"""The components that look at one value and at nothing else (SHACL §4.1.2, §4.1.3, §4.2, §4.3, §4.8.3)."""
_GROWING: Final = OF_A_VALUE | {
    f"{SH}{name}ConstraintComponent" for name in ("MaxCount", "UniqueLang", "Disjoint", "LessThan", "LessThanOrEquals")
}
_LOOKING_FOR_ABSENCE: Final = frozenset({"NOT", "EXISTS", "MINUS", "OPTIONAL", "BOUND", "COALESCE"})
_COUNTING: Final = frozenset(
    {"GROUP", "HAVING", "LIMIT", "OFFSET", "COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT"}
)


def is_monotone(select: str) -> bool:
    """Return whether every solution of the query stays one whatever triples are added; errs towards no."""
    try:
        words = {token.text.upper() for token in tokens(select) if token.kind is Kind.WORD}
    except InvalidQuery:
        return False
    return not words & (_LOOKING_FOR_ABSENCE | _COUNTING)


def lasting(result: ValidationResult, shapes: Shapes) -> bool:
    """Return whether the result stays one whatever triples are added to the data."""
    if result.component in _GROWING:
        return True
    queries = [
        each.select for each in shapes.constraints if str(each.shape) == getattr(result.source_shape, "value", "")
    ]
    return bool(queries) and all(map(is_monotone, queries))
