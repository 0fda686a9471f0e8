"""What the store's library would take for a query and SPARQL 1.1 does not: RDF 1.2, keywords, functions, bare paths.

Whatever evaluates a query, the same text is one or is none. To hold each against the grammar would take longer than
to read it, so only a text that looks extended is.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from si_lod.engine.diagnosis.explanation import refusal_of
from si_lod.engine.diagnosis.grammatical.meaning import CASTS
from si_lod.engine.diagnosis.stopping.terminals import UNKNOWN, terminal
from si_lod.engine.diagnosis.words.escapes import escape_in_comment, wrong_escape
from si_lod.engine.policy.standard import refuse_extensions
from si_lod.engine.text.tokens import Kind, Token
from si_lod.errors import InvalidQuery, InvalidSyntax
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from si_lod.engine.text.prologue import Prologue

_WHOLE: Final = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*:")
"""How an IRI with a scheme begins."""
_SHOWN: Final = 40


def refuse_other_dialects(text: str, read: Sequence[Token], prologue: Prologue) -> None:
    """Raise InvalidQuery where the text with these tokens is no SPARQL 1.1, though the library may know what it means.

    What is left for the library to refuse is nothing that it would take.
    """
    _refuse_triple_terms(read)
    _refuse_relative(read)
    _refuse_other_widths(read, prologue)
    if _looks_extended(read, prologue):
        refuse_extensions(text, {})


def refuse_wrong_escapes(text: str, read: Sequence[Token]) -> None:
    """Raise InvalidSyntax for an escape that no parser reads, or that not all read alike."""
    found = wrong_escape(read) or escape_in_comment(text, read) if "\\" in text else None
    if found is not None:
        raise refusal_of(found)


def _refuse_triple_terms(read: Sequence[Token]) -> None:
    """Raise InvalidQuery for a triple as a term, which is of RDF 1.2: no format of SPARQL 1.1 can say it."""
    for before, token in pairwise(read):
        if before.kind is token.kind is Kind.MARK and before.text == token.text == "<":
            message = told("triple terms are not of SPARQL 1.1; name the triple's parts instead")
            raise InvalidQuery(message, line=before.line, column=before.column)


def _refuse_relative(read: Sequence[Token]) -> None:
    """Raise InvalidSyntax for an IRI without a scheme that no BASE stands before (SPARQL 1.1 §4.1.1).

    The clause would resolve it against where the query was found, which for a client's is nowhere.
    """
    based = False
    for before, token in pairwise([Token(Kind.MARK, "", 0, 0), *read]):
        if token.kind is not Kind.IRI:
            continue
        if not based and not _WHOLE.match(token.text):
            raise InvalidSyntax(
                told(
                    "{iri}: a whole IRI is needed, such as <http://example.org/a>; "
                    "only behind a BASE may one be relative",
                    iri=token.text[:_SHOWN],
                ),
                line=token.line,
                column=token.column,
                token=token.text[:_SHOWN],
            )
        based = based or before.text.upper() == "BASE"


def _refuse_other_widths(read: Sequence[Token], prologue: Prologue) -> None:
    """Raise InvalidSyntax for a cast of no value, or of several (SPARQL 1.1 §17.5)."""
    for place, (token, after) in enumerate(pairwise(read)):
        if after.text != "(" or token.kind not in {Kind.IRI, Kind.NAME} or prologue.resolved(token) not in CASTS:
            continue
        width = _width(read[place + 2 :])
        if width != 1:
            message = told("{name} takes one value: expected 1, found {found}", name=token.text, found=width)
            raise InvalidSyntax(message, line=token.line, column=token.column, token=token.text)


def _width(read: Sequence[Token]) -> int:
    """Return how many arguments stand before the bracket that closes."""
    depth, commas = 1, 0
    for place, token in enumerate(read):
        depth += (token.text in {"(", "{"}) - (token.text in {")", "}"})
        if not depth:
            return commas + bool(place)
        commas += depth == 1 and token.text == ","
    return 1


def _looks_extended(read: Sequence[Token], prologue: Prologue) -> bool:
    """Return whether a word is none of SPARQL 1.1, or a mark or a name stands where an extension would have it."""
    if any(token.kind is Kind.WORD and terminal(token) == UNKNOWN for token in read):
        return True
    for before, token in pairwise(read):
        if token.kind is not Kind.MARK:
            continue
        if (before.text, token.text[:1]) == ("{", "|") or (before.kind is Kind.LANGUAGE and token.text == "-"):
            return True
        if token.text == "(" and before.kind in {Kind.IRI, Kind.NAME} and prologue.resolved(before) not in CASTS:
            return True
    return False
