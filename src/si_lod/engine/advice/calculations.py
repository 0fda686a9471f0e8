"""Where a query calculates with a variable, so that it has no value unless the variable has numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from si_lod.engine.advice.operands import XSD
from si_lod.engine.advice.places import Part, parts
from si_lod.engine.text.tokens import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from si_lod.engine.text.prologue import Prologue
    from si_lod.engine.text.tokens import Token

_SIGNS: Final = frozenset({"+", "-", "*", "/"})
_OF_MANY: Final = frozenset({"SUM", "AVG"})
_OF_NUMBERS: Final = _OF_MANY | frozenset({"ABS", "CEIL", "FLOOR", "ROUND"})
_CASTS: Final = frozenset(f"{XSD}{name}" for name in ("integer", "decimal", "double", "float"))
_OPERANDS: Final = frozenset({Kind.VARIABLE, Kind.NUMBER, Kind.STRING, Kind.LONG_STRING})


@dataclass(frozen=True, slots=True)
class Calculation:
    """A calculation as it stands in the query, with its variable; a cast also takes texts that say a number."""

    said: Sequence[Token]
    variable: str
    is_cast: bool

    @property
    def is_of_many(self) -> bool:
        """Whether it is one of all values of a group: of none it is 0 (SPARQL 1.1 §18.5.1.3)."""
        return self.said[0].text.upper() in _OF_MANY


def calculations(read: Sequence[Token], prologue: Prologue) -> Iterator[Calculation]:
    """Yield what is calculated with a variable alone: by a sign beside it, or by a function that it is given to."""
    found = parts(read)
    for place in range(2, len(read) - 2):
        if read[place].kind is not Kind.VARIABLE or found[place] is not Part.EXPRESSION:
            continue
        name, function = read[place].text[1:], _function(read, place)
        if function is None:
            yield from (Calculation(said, name, is_cast=False) for said in _signed(read, place))
        elif prologue.resolved(function) in _CASTS:
            yield Calculation(_call(read, place), name, is_cast=True)
        elif function.text.upper() in _OF_NUMBERS:
            yield Calculation(_call(read, place), name, is_cast=False)


def _function(read: Sequence[Token], place: int) -> Token | None:
    """Return the name of the function that is given the variable and nothing else."""
    before = place - 1 - (read[place - 1].text.upper() == "DISTINCT")
    is_call = read[before].text == "(" and read[place + 1].text == ")" and before > 0
    return read[before - 1] if is_call and read[before - 1].kind is not Kind.MARK else None


def _call(read: Sequence[Token], place: int) -> Sequence[Token]:
    begin = place - 2 - (read[place - 1].text.upper() == "DISTINCT")
    return read[begin : place + 2]


def _signed(read: Sequence[Token], place: int) -> Iterator[Sequence[Token]]:
    """Yield the variable with the sign and the operand behind it, or else before it."""
    if read[place + 1].text in _SIGNS and read[place + 2].kind in _OPERANDS:
        yield read[place : place + 3]
    elif read[place - 1].text in _SIGNS and read[place - 2].kind in _OPERANDS:
        yield read[place - 2 : place + 1]
