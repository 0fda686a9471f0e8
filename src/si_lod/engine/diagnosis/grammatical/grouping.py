"""Queries that are grammatical and still none, since a group has no single value of what they ask (SPARQL 1.1 §11)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from si_lod.engine.diagnosis.stopping.pieces import spelled
from si_lod.engine.diagnosis.stopping.selections import selections
from si_lod.engine.diagnosis.stopping.stop import Finding
from si_lod.engine.diagnosis.stopping.terminals import AGGREGATES
from si_lod.engine.text.tokens import Kind
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from si_lod.engine.text.tokens import Token


def everything_grouped(read: Sequence[Token]) -> Finding | None:
    """Find ``SELECT *`` with GROUP BY (SPARQL 1.1 §19.8, note 12)."""
    for one in selections(read):
        if one.star and one.is_aggregated:
            grouped = [token.text for token in one.grouping or () if token.kind is Kind.VARIABLE]
            message = told("SELECT * cannot be grouped; name what GROUP BY has, and what you compute of each group")
            return Finding(one.star, message, " ".join(["SELECT", *grouped, "(COUNT(*) AS ?count)"]))
    return None


def projected_but_not_grouped(read: Sequence[Token]) -> Finding | None:
    """Find a variable that has a value for each solution where there are only groups (SPARQL 1.1 §11.4)."""
    for one in selections(read):
        known = one.grouped | {token.text[1:] for token in one.assigned}
        loose = [token for token in (*one.names, *one.computed_from) if token.text[1:] not in known]
        if loose and one.is_aggregated:
            message = told(
                "{variable} has no single value for each group; sum it up, or group by it too",
                variable=loose[0].text,
            )
            clause = spelled(one.grouping) if one.grouping else "GROUP BY"
            named = [f"?{name}" for name in dict.fromkeys(token.text[1:] for token in loose)]
            return Finding(loose[0], message, " ".join([clause, *named]))
    return None


def aggregate_in_pattern(read: Sequence[Token]) -> Finding | None:
    """Find an aggregate within the braces, where there are no groups yet (SPARQL 1.1 §11)."""
    inside: list[str] = []
    for token in read:
        if token.text == "{":
            inside.append("")
        elif token.text == "}" and inside:
            inside.pop()
        elif token.kind is Kind.WORD and inside:
            word = token.text.upper()
            inside[-1] = word if word in {"FILTER", "BIND", "SELECT"} else inside[-1]
            if word in AGGREGATES and inside[-1] in {"FILTER", "BIND"}:
                message = told('{word} is computed of groups, and those are made behind the "}}"', word=word)
                return Finding(token, message, "GROUP BY … HAVING(…)")
    return None


MISTAKES: Final = (everything_grouped, projected_but_not_grouped, aggregate_in_pattern)
