"""URI templates, taken apart once: texts, expressions and the variables of each (RFC 6570, Metadata §5.1.3)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from uritemplate.variable import URIVariable

if TYPE_CHECKING:
    from collections.abc import Mapping

Value = str | tuple[str, ...] | None

EXPRESSION: Final = re.compile(r"\{([^{}]*)\}")
NAME: Final = r"(?:[A-Za-z0-9_]|%[0-9A-Fa-f]{2})(?:\.?(?:[A-Za-z0-9_]|%[0-9A-Fa-f]{2}))*"
GRAMMAR: Final = re.compile(rf"[+#./;?&]?{NAME}(?:\*|:[1-9][0-9]{{0,3}})?(?:,{NAME}(?:\*|:[1-9][0-9]{{0,3}})?)*")


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
            variable = URIVariable(parts[place])
            known = constants.keys() >= set(variable.variable_names)
            parts[place] = variable.expand({**constants})[variable.original] if known else f"{{{parts[place]}}}"
        return read_template("".join(parts))


def read_template(text: str) -> Template:
    """Return the template, its grammar checked; ValueError says what is wrong with it (RFC 6570 §2)."""
    parts = tuple(EXPRESSION.split(text))
    if any("{" in literal or "}" in literal for literal in parts[::2]):
        raise ValueError("expected each { to have its } in the URI template")
    for expression in parts[1::2]:
        if not GRAMMAR.fullmatch(expression):
            raise ValueError(f"expected a variable such as {{id}} or {{+url}}, found {{{expression}}}")
    names = [name for expression in parts[1::2] for name in URIVariable(expression).variable_names]
    return Template(text, parts, tuple(dict.fromkeys(names)))
