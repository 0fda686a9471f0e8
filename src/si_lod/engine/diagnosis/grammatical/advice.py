"""What is odd in a query that is answered: it is SPARQL, and still probably not what was meant."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from si_lod.engine.diagnosis.stopping.selections import selections
from si_lod.engine.diagnosis.stopping.stop import Finding
from si_lod.engine.text.prologue import Prologue
from si_lod.engine.text.tokens import Kind, tokens
from si_lod.errors import InvalidQuery
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from si_lod.engine.text.tokens import Token


def never_bound(text: str) -> Iterator[Finding]:
    """Return the variables that a query selects and nothing in it binds, so that their column is empty."""
    for one in selections(_read(text)):
        bound = {token.text[1:] for token in (*one.pattern, *one.trailing_values) if token.kind is Kind.VARIABLE}
        bound |= {token.text[1:] for token in one.assigned} | one.named_groups
        for token in one.names:
            if token.text[1:] not in bound:
                yield _unbound(token, bound)


def terms(text: str) -> Iterator[tuple[Token, str]]:
    """Return the names in a query with the IRI of each; those of the declarations are left out."""
    read = _read(text)
    prologue = Prologue.of(read)
    for token in read[prologue.length :]:
        iri = prologue.resolved(token)
        if iri:
            yield token, iri


def unknown_name(name: str, near: str) -> str:
    """Return that the data have nothing of this name; ``near`` is one that they have, or empty."""
    if near:
        return told("this release says nothing of {name}; is {near} meant?", name=name, near=near)
    return told("this release says nothing of {name}", name=name)


def _unbound(token: Token, bound: set[str]) -> Finding:
    near = get_close_matches(token.text[1:], sorted(bound), n=1)
    if near:
        message = told("nothing gives {variable} a value; is {meant} meant?", variable=token.text, meant=f"?{near[0]}")
        return Finding(token, message, f"?{near[0]}")
    return Finding(token, told("nothing gives {variable} a value, so its column is empty", variable=token.text))


def _read(text: str) -> list[Token]:
    try:
        return list(tokens(text))
    except InvalidQuery:
        return []
