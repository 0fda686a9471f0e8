"""Whether a constraint's query means the same with ``$this`` bound to all focus nodes at once as to each in turn.

SHACL pre-binds ``$this`` everywhere in the query (§5.3.1); a pattern that is joined at the start of its outer group
binds it only where SPARQL's scopes let it through. The judgement is made on the tokens and errs on the safe side:
what is not surely the same is left to the reference.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from si_lod.engine.text.tokens import Kind, Token, tokens
from si_lod.errors import InvalidQuery

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_AGGREGATES: Final = frozenset(["COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT", "HAVING"])
_CUTS: Final = frozenset(["LIMIT", "OFFSET"])
_OTHERWISE_BOUND: Final = frozenset(["PATH", "shapesGraph", "currentShape"])


@dataclass(slots=True)
class _Group:
    """A group in braces: what stands before it, its own tokens with their depth in parentheses, its groups."""

    introduced: str
    tokens: list[tuple[Token, int]] = field(default_factory=list)
    groups: list[_Group] = field(default_factory=list)
    before: int = 0

    def words(self) -> set[str]:
        return {token.text.upper() for token, _ in self.tokens if token.kind is Kind.WORD}

    def mentions(self, *, inside: bool) -> bool:
        """Return whether ``$this`` stands among the tokens, inside parentheses or outside of them."""
        return any(_is_this(token) and (depth > 0) == inside for token, depth in self.tokens)

    def within(self) -> Iterator[_Group]:
        for group in self.groups:
            yield group
            yield from group.within()


def binds_at_once(select: str) -> bool:
    """Return whether one query over all focus nodes surely gives what one query for each of them gives."""
    try:
        read = list(tokens(select))
    except InvalidQuery:
        return False
    if any(token.kind is Kind.VARIABLE and token.text[1:] in _OTHERWISE_BOUND for token in read):
        return False
    top = _grouped(read)
    if len(top.groups) != 1 or not _projects(top):
        return False
    (where,) = top.groups
    return all(_is_safe(group) for group in where.within())


def _grouped(read: Iterable[Token]) -> _Group:
    """Return the query as groups within groups; the outermost holds the SELECT clause and the solution modifiers."""
    top = _Group("")
    open_groups, depth, last = [top], 0, ""
    for token in read:
        here = open_groups[-1]
        if token.kind is Kind.MARK and token.text == "{":
            group = _Group(last)
            here.before = here.before or len(here.tokens)
            here.groups.append(group)
            open_groups.append(group)
        elif token.kind is Kind.MARK and token.text == "}" and len(open_groups) > 1:
            open_groups.pop()
        else:
            depth += (token.text == "(") - (token.text == ")") if token.kind is Kind.MARK else 0
            here.tokens.append((token, depth))
        last = token.text.upper() if token.kind is Kind.WORD else ""
    return top


def _projects(query: _Group) -> bool:
    """Return whether a SELECT (outermost or nested) keeps ``$this``, cuts nothing off and groups by it if at all."""
    clause, modifiers = query.tokens[: query.before], query.tokens[query.before :]
    kept = any(_is_this(token) and depth == 0 for token, depth in clause)
    words = query.words()
    grouped = any(_is_this(token) and depth == 0 for token, depth in modifiers) and "GROUP" in words
    return kept and not words & _CUTS and (grouped or not words & _AGGREGATES)


def _is_safe(group: _Group) -> bool:
    words = group.words()
    if group.tokens and group.tokens[0][0].text.upper() == "SELECT":
        return len(group.groups) == 1 and _projects(group)
    if group.introduced == "MINUS" or "VALUES" in words:
        return False
    # A filter or an assignment sees the variables of its own group only; that of an OPTIONAL or EXISTS group sees
    # those around it as well, an assignment in an OPTIONAL one does not.
    sees_around = group.introduced == "EXISTS" or (group.introduced == "OPTIONAL" and "BIND" not in words)
    return sees_around or group.mentions(inside=False) or not group.mentions(inside=True)


def _is_this(token: Token) -> bool:
    return token.kind is Kind.VARIABLE and token.text[1:] == "this"
