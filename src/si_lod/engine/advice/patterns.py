"""The regular expressions that stand in a query as they are, and what is wrong with one that is none."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from si_lod.engine.advice.operands import decoded
from si_lod.engine.text.tokens import Kind
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from si_lod.engine.text.tokens import Token

_STRINGS: Final = frozenset({Kind.STRING, Kind.LONG_STRING})
_WITH_FLAGS: Final = {"REGEX": 2, "REPLACE": 3}
"""The functions with a pattern as their second argument, and behind how many arguments flags stand (§17.4.3)."""
_FLAGS: Final = frozenset("imsxq")
_AROUND: Final = re.compile(r"\(\?<?[=!]")
_BACK: Final = re.compile(r"\\[1-9]")


@dataclass(frozen=True, slots=True)
class Pattern:
    """A regular expression, as it stands in the query and as it reads, and its flags."""

    token: Token
    text: str
    flags: str

    def mistake(self) -> str:
        """Return why it cannot be made into one; to be asked only where that is so."""
        unknown = "".join(flag for flag in self.flags if flag not in _FLAGS)
        if unknown:
            return told(
                'the flags "{flags}" of a regular expression are not known: there are i, m, s, x and q',
                flags=self.flags,
            )
        if _AROUND.search(self.text):
            return told(
                "{pattern} is no regular expression here: nothing can look ahead or behind, as (?= and (?! do; "
                "ask two conditions with && or !",
                pattern=self.token.text,
            )
        if _BACK.search(self.text):
            return told(
                r"{pattern} is no regular expression here: nothing can refer back to a group, as \1 does",
                pattern=self.token.text,
            )
        return told(
            "{pattern} is no regular expression, so it fits nothing; a bracket or another mark that is meant as itself "
            'stands behind two backslashes, as in "\\\\("',
            pattern=self.token.text,
        )


def patterns(read: Sequence[Token]) -> Iterator[Pattern]:
    """Yield the regular expressions of which pattern and flags are texts, and not made by the query."""
    for place, token in enumerate(read):
        at = _WITH_FLAGS.get(token.text.upper()) if token.kind is Kind.WORD else None
        arguments = _arguments(read, place + 1) if at else []
        constant = [one[0] for one in arguments if len(one) == 1 and one[0].kind in _STRINGS]
        if at and len(arguments) > 1 and arguments[1][0] in constant and all(a[0] in constant for a in arguments[at:]):
            flags = decoded(arguments[at][0]) if len(arguments) > at else ""
            text = decoded(arguments[1][0])
            if text is not None and flags is not None:
                yield Pattern(arguments[1][0], text, flags)


def _arguments(read: Sequence[Token], place: int) -> list[list[Token]]:
    """Return the arguments in the brackets that open at ``place``."""
    found: list[list[Token]] = [[]]
    depth = 0
    for token in read[place:]:
        depth += (token.text == "(") - (token.text == ")")
        if depth == 0:
            break
        if token.text == "," and depth == 1:
            found.append([])
        elif (token.text, depth) != ("(", 1) or found[-1]:
            found[-1].append(token)
    return [one for one in found if one]
