"""Queries that are grammatical and still none: what names, values and functions may not do."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from si_lod.engine.diagnosis.grammatical import grouping, values
from si_lod.engine.diagnosis.stopping.selections import selections
from si_lod.engine.diagnosis.stopping.stop import Finding
from si_lod.engine.diagnosis.words import escapes
from si_lod.engine.diagnosis.words.prefixes import WELL_KNOWN
from si_lod.engine.text.prologue import Prologue
from si_lod.engine.text.tokens import Kind
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from si_lod.engine.text.tokens import Token

CASTS: Final = frozenset(
    WELL_KNOWN["xsd"] + name
    for name in ["boolean", "double", "float", "decimal", "integer", "dateTime", "string", "date", "time", "duration"]
)


def name_in_use(read: Sequence[Token]) -> Finding | None:
    """Find AS with a variable that has a value already (SPARQL 1.1 §18.2.1)."""
    for before, token, seen in _with_names(read):
        if before.text.upper() == "AS" and token.text[1:] in seen:
            return _taken(token)
    for one in selections(read):
        inside = {token.text[1:] for token in one.pattern if token.kind is Kind.VARIABLE}
        for token in one.assigned:
            if token.text[1:] in inside:
                return _taken(token)
    return None


def _with_names(read: Sequence[Token]) -> Iterator[tuple[Token, Token, frozenset[str]]]:
    """Yield each variable behind its token before, with those that its group of braces has seen (§18.2.1).

    A group tells them to the one around it, unless it only takes solutions away or has a SELECT of its own.
    """
    groups: list[set[str]] = [set()]
    telling = [False]
    for before, token in pairwise(read):
        if token.text == "{":
            groups.append(set())
            telling.append(before.text.upper() not in {"MINUS", "EXISTS"})
        elif token.text == "}" and len(groups) > 1:
            inner = groups.pop()
            groups[-1] |= inner if telling.pop() else set()
        elif token.text.upper() == "SELECT":
            telling[-1] = False
        elif token.kind is Kind.VARIABLE:
            yield before, token, frozenset(groups[-1])
            groups[-1].add(token.text[1:])


def _taken(token: Token) -> Finding:
    message = told("{variable} has a value already; choose another name after AS", variable=token.text)
    return Finding(token, message, f"{token.text}_2")


def rows_of_another_width(read: Sequence[Token]) -> Finding | None:
    """Find a row of VALUES with more or fewer values than variables (SPARQL 1.1 §19.8, note 15)."""
    for place, token in enumerate(read):
        if token.text.upper() != "VALUES" or read[place + 1].text != "(":
            continue
        closing = next(at for at in range(place, len(read)) if read[at].text == ")")
        width, row = closing - place - 2, -1
        for each in read[closing + 2 :]:
            if each.text == "}":
                break
            if each.text == ")" and row != width:
                message = told(
                    "a row of VALUES has a value for each variable: expected {width}, found {row}", width=width, row=row
                )
                return Finding(each, message)
            row = 0 if each.text == "(" else row + (each.kind is not Kind.MARK and each.kind is not Kind.LANGUAGE)
    return None


def label_in_two_groups(read: Sequence[Token]) -> Finding | None:
    """Find the label of a blank node in two basic graph patterns (SPARQL 1.1 §4.1.4)."""
    groups: dict[str, int] = {}
    opened: list[int] = []
    for place, token in enumerate(read):
        if token.text == "{":
            opened.append(place)
        elif token.text == "}" and opened:
            opened.pop()
        elif token.kind is Kind.BLANK_NODE and opened and groups.setdefault(token.text, opened[-1]) != opened[-1]:
            message = told(
                "the blank node {label} is in two groups of braces, where it cannot be the same; use a variable",
                label=token.text,
            )
            return Finding(token, message, f"?{token.text[2:]}")
    return None


def truth_in_capitals(read: Sequence[Token]) -> Finding | None:
    """Find TRUE or FALSE, which the store knows in lower case only."""
    for token in read:
        if token.kind is Kind.WORD and token.text.lower() in {"true", "false"} and not token.text.islower():
            return Finding(token, told("true and false are written in lower case"), token.text.lower())
    return None


def unknown_function(read: Sequence[Token]) -> Finding | None:
    """Find a function that is named by an IRI and not offered; the casts of SPARQL 1.1 §17.5 are."""
    prefixes = Prologue.of(read).prefixes
    for token, after in pairwise(read):
        if after.text != "(" or token.kind not in {Kind.IRI, Kind.NAME}:
            continue
        prefix, _, local = token.text.partition(":")
        iri = token.text[1:-1] if token.kind is Kind.IRI else prefixes.get(prefix, "") + local
        if iri not in CASTS and (token.column + len(token.text), token.line) == (after.column, after.line):
            message = told("the function {name} is not offered; only those of SPARQL 1.1 are", name=token.text)
            return Finding(token, message)
    return None


MISTAKES: Final = (
    escapes.wrong_escape,
    values.number_of_rows_too_large,
    *grouping.MISTAKES,
    rows_of_another_width,
    label_in_two_groups,
    truth_in_capitals,
    name_in_use,
)
