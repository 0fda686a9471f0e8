"""URI templates, taken apart once: texts, expressions and the variables of each (RFC 6570, Metadata §5.1.3)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Self

from uritemplate.variable import URIVariable

from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Mapping

Value = str | tuple[str, ...] | None

EXPRESSION: Final = re.compile(r"\{([^{}]*)\}")
NAME: Final = r"(?:[A-Za-z0-9_]|%[0-9A-Fa-f]{2})(?:\.?(?:[A-Za-z0-9_]|%[0-9A-Fa-f]{2}))*"
GRAMMAR: Final = re.compile(rf"[+#./;?&]?{NAME}(?:\*|:[1-9][0-9]{{0,3}})?(?:,{NAME}(?:\*|:[1-9][0-9]{{0,3}})?)*")
# What is the same in every row, so that it is filled in beforehand (Metadata §5.1.3).
CONSTANTS: Final = frozenset({"_column", "_sourceColumn", "_name"})


@dataclass(frozen=True, slots=True)
class Expression:
    """What stands between braces: an operator, and variables, each with the most characters to take or None."""

    text: str
    operator: str
    variables: tuple[tuple[str, int | None], ...]

    @classmethod
    def read(cls, text: str) -> Self:
        """Return the expression in its parts; it has to be one (``GRAMMAR``)."""
        found = URIVariable(text)
        return cls(text, found.operator.value, tuple((name, parts["prefix"]) for name, parts in found.variables))

    @property
    def names(self) -> tuple[str, ...]:
        """Return the variables' names."""
        return tuple(name for name, _ in self.variables)

    def expand(self, values: Mapping[str, Value]) -> str:
        """Return the expansion with these values (RFC 6570 §3.2)."""
        listed = {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}
        return URIVariable(self.text).expand({**listed})[self.text]


@dataclass(frozen=True, slots=True)
class Template:
    """A template in its parts: texts at the even places, expressions at the odd ones."""

    text: str
    parts: tuple[str, ...]
    variables: tuple[str, ...]

    @property
    def whole(self) -> bool:
        """True when the IRI is all from the cells: the template begins with an expression that can hold a scheme."""
        return not self.parts[0] and len(self.parts) > 1 and self.parts[1][0] not in "#./;?&"

    def settled(self, constants: Mapping[str, str]) -> Template:
        """Return the template with these variables filled in, where an expression has no other."""
        parts = list(self.parts)
        for place in range(1, len(parts), 2):
            expression = Expression.read(parts[place])
            known = constants.keys() >= set(expression.names)
            parts[place] = expression.expand(constants) if known else f"{{{expression.text}}}"
        return read_template("".join(parts))


def read_template(text: str) -> Template:
    """Return the template, its grammar checked; ValueError says what is wrong with it (RFC 6570 §2)."""
    parts = tuple(EXPRESSION.split(text))
    if any("{" in literal or "}" in literal for literal in parts[::2]):
        raise ValueError(told("expected each {{ to have its }} in the URI template"))
    for braced in parts[1::2]:
        if not GRAMMAR.fullmatch(braced):
            raise ValueError(told("expected a variable such as {{id}} or {{+url}}, found {{{braced}}}", braced=braced))
    expressions = [Expression.read(expression) for expression in parts[1::2]]
    for expression in expressions:
        if CONSTANTS.intersection(expression.names) and not CONSTANTS.issuperset(expression.names):
            raise ValueError(
                told("expected columns and {names} in braces of their own", names=", ".join(sorted(CONSTANTS)))
            )
    names = [name for expression in expressions for name in expression.names]
    return Template(text, parts, tuple(dict.fromkeys(names)))
