"""What a query asks that cannot be, since the values that it asks of are of another kind: a year is no number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from si_lod.engine.advice.calculations import calculations
from si_lod.engine.advice.comparisons import comparisons
from si_lod.engine.advice.kinds import are_alike, are_same, described, number, numbered, numeric, written, year
from si_lod.engine.advice.objects import properties, stated
from si_lod.engine.advice.operands import STRING, XSD
from si_lod.engine.diagnosis.stopping.pieces import spelled
from si_lod.engine.text.prologue import Prologue
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from si_lod.engine.advice.calculations import Calculation
    from si_lod.engine.advice.comparisons import Comparison
    from si_lod.engine.text.tokens import Token

    Known = Callable[[str], Collection[str]]
    """Returns the kinds of the values of a property by its IRI; none where that is not known."""


def unlike(read: Sequence[Token], known: Known) -> Iterator[str]:
    """Yield what can never hold in the query, by the kinds of values that are ``known``, and what to write instead."""
    prologue = Prologue.of(read)
    yield from _never_there(read, prologue, known)
    givers = properties(read, prologue)
    for one in comparisons(read, prologue):
        found = {name.text: known(prologue.resolved(name)) for name in givers.get(one.variable, ())}
        kinds = {one.kind} if one.kind else {kind for some in found.values() for kind in some}
        is_known = bool(one.kind) or (bool(found) and all(found.values()))
        if is_known and not any(are_alike(literal.kind, kinds) for literal in one.literals):
            yield _never_holds(one, " | ".join(found) or one.subject, kinds, prologue)


def uncalculated(read: Sequence[Token], known: Known, *, may_be_none: bool = False) -> Iterator[str]:
    """Yield what is calculated with values that are ``known`` to be no numbers, and what to write instead.

    Where ``may_be_none``, of sums nothing is said: there may have been no values at all.
    """
    prologue = Prologue.of(read)
    givers = properties(read, prologue)
    for one in calculations(read, prologue):
        found = {name.text: known(prologue.resolved(name)) for name in givers.get(one.variable, ())}
        kinds = {kind for some in found.values() for kind in some}
        is_said = bool(found) and all(found.values()) and not (may_be_none and one.is_of_many)
        if is_said and not numeric(kinds, texts=one.is_cast):
            yield _no_number(one, " | ".join(found), kinds, prologue)


def _no_number(one: Calculation, giver: str, kinds: Collection[str], prologue: Prologue) -> str:
    said, values, right = spelled(one.said), described(kinds), numbered(one.variable, kinds, prologue)
    if not right:
        return told("{said} has no value: the values of {giver} are {values}", said=said, giver=giver, values=values)
    return told(
        "{said} has no value: the values of {giver} are {values}; {right} is a number",
        said=said,
        giver=giver,
        values=values,
        right=right,
    )


def _never_there(read: Sequence[Token], prologue: Prologue, known: Known) -> Iterator[str]:
    for each in stated(read, prologue):
        kinds = () if each.object.variable else known(prologue.resolved(each.property))
        if kinds and not are_same(each.object.kind, kinds):
            said, name = f"{each.property.text} {each.object.spelled}", each.property.text
            right = written(each.object, kinds, prologue)
            if not right and _are_in_languages(kinds):
                right = f"?text FILTER(STR(?text) = {written(each.object, {STRING}, prologue)})"
            yield _told(said, name, kinds, f"{name} {right}" if right else "", prologue)


def _never_holds(one: Comparison, giver: str, kinds: Collection[str], prologue: Prologue) -> str:
    rights = [number(literal, kinds) or written(literal, kinds, prologue) for literal in one.literals]
    subject = one.subject
    if _are_in_languages(kinds):
        subject = f"{one.function}(STR(?{one.variable}))" if one.function else f"STR(?{one.variable})"
        rights = [written(literal, {STRING}, prologue) for literal in one.literals]
    elif not all(rights) and year(one.literals, kinds) and not one.function:
        subject, rights = f"YEAR({one.subject})", [literal.text for literal in one.literals]
    listed_ = f"({', '.join(rights)})" if one.operator == "IN" else rights[0]
    return _told(
        spelled(one.said), giver, kinds, f"{subject} {one.operator} {listed_}" if all(rights) else "", prologue
    )


def _are_in_languages(kinds: Collection[str]) -> bool:
    return all(kind.startswith("@") for kind in kinds)


def _told(said: str, giver: str, kinds: Collection[str], right: str, prologue: Prologue) -> str:
    values = described(kinds)
    if not right:
        return told("{said} never holds: the values of {giver} are {values}", said=said, giver=giver, values=values)
    message = told(
        "{said} never holds: the values of {giver} are {values}; write {right}",
        said=said,
        giver=giver,
        values=values,
        right=right,
    )
    if "^^xsd:" not in right or XSD in prologue.prefixes.values():
        return message
    return told("{message}, and before the query {declared}", message=message, declared=f"PREFIX xsd: <{XSD}>")
