"""What a query asks of its groups that has no value: a name of SELECT in HAVING, and a list of what is no text."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from si_lod.engine.diagnosis.stopping.pieces import SHOWN, spelled
from si_lod.engine.diagnosis.stopping.selections import selections
from si_lod.engine.diagnosis.stopping.terminals import AGGREGATES
from si_lod.engine.text.tokens import Kind
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from si_lod.engine.diagnosis.stopping.selections import Selection
    from si_lod.engine.text.tokens import Token

_BEHIND: Final = frozenset({"ORDER", "LIMIT", "OFFSET", "VALUES"})
_LIST: Final = "GROUP_CONCAT"


def out_of_reach(read: Sequence[Token]) -> Iterator[str]:
    """Yield the conditions of HAVING on a name that SELECT gives, where it has none yet (SPARQL 1.1 §18.2.4)."""
    for one in selections(read):
        given, having = _given(one.clause), _having(one)
        asked = next((name for name in _outside(having) if name in given.keys() - one.grouped), "")
        if asked:
            yield told(
                "{said} never holds: {variable} has its value only behind HAVING; write {right}",
                said=spelled(having),
                variable=f"?{asked}",
                right=_filled(having, given),
            )


def unlisted(read: Sequence[Token], empty: Sequence[str]) -> Iterator[str]:
    """Yield why the variables ``empty``, of which some cells are, have no value: they list what is no text."""
    for one in selections(read):
        for place, token in enumerate(one.clause):
            call = one.clause[place : place + _length(one.clause[place:])]
            name = _named(one.clause[place + len(call) :])
            listed = [each.text for each in call[2:] if each.text.upper() != "DISTINCT"][:1]
            if token.text.upper() == _LIST and name in empty and listed and listed[0].startswith(("?", "$")):
                yield told(
                    "{variable} has no value where {said} is given what is no text, such as an IRI or a number; "
                    "write {right}",
                    variable=f"?{name}",
                    said=_LIST,
                    right=_filled(call, {listed[0][1:]: f"STR({listed[0]})"}),
                )


def _given(clause: Sequence[Token]) -> dict[str, str]:
    """Return the expression of each name that the clause gives, as it stands there."""
    found: dict[str, str] = {}
    begun = depth = 0
    for place, token in enumerate(clause):
        if token.text == "(":
            begun, depth = (begun if depth else place + 1), depth + 1
        elif token.text == ")":
            depth -= 1
        elif token.text.upper() == "AS" and depth == 1 and place + 1 < len(clause):
            found[clause[place + 1].text[1:]] = spelled(clause[begun:place])
    return {name: said for name, said in found.items() if len(said) <= SHOWN}


def _having(one: Selection) -> Sequence[Token]:
    words = [token.text.upper() for token in one.modifiers]
    start = words.index("HAVING") if "HAVING" in words else len(words)
    end, depth = start, 0
    while end < len(words) and words[end] not in _BEHIND and depth + (words[end] in "({") - (words[end] in ")}") >= 0:
        depth += (words[end] in "({") - (words[end] in ")}")
        end += 1
    return one.modifiers[start:end]


def _outside(having: Sequence[Token]) -> Iterator[str]:
    """Yield the variables that are in no aggregate."""
    within: list[bool] = []
    for before, token in pairwise(having):
        if token.text == "(":
            within.append(before.text.upper() in AGGREGATES)
        elif token.text == ")" and within:
            within.pop()
        elif token.kind is Kind.VARIABLE and not any(within):
            yield token.text[1:]


def _length(some: Sequence[Token]) -> int:
    """Return how many tokens the call is that they begin with."""
    depth = 0
    for place, token in enumerate(some[1:], start=2):
        depth += (token.text == "(") - (token.text == ")")
        if not depth:
            return place
    return len(some)


def _named(some: Sequence[Token]) -> str:
    """Return the name that is given to what stands before."""
    return some[1].text[1:] if len(some) > 1 and some[0].text.upper() == "AS" else ""


def _filled(some: Sequence[Token], given: Mapping[str, str]) -> str:
    """Return the tokens with what is ``given`` in the place of variables, spaced as they are in the query."""
    said = ""
    for before, token in zip([None, *some], some, strict=False):
        is_glued = before is None or (before.line, before.column + len(before.text)) == (token.line, token.column)
        put = given.get(token.text[1:], token.text) if token.kind is Kind.VARIABLE else token.text
        said += put if is_glued else f" {put}"
    return said
