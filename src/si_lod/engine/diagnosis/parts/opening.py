"""Mistakes in what opens a query: declarations of prefixes, and the word that says what it asks for."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from si_lod.engine.diagnosis.stopping.stop import Finding
from si_lod.engine.diagnosis.stopping.terminals import CLAUSES
from si_lod.engine.diagnosis.words.spelling import nearest
from si_lod.engine.text.tokens import Kind
from si_lod.sentences import told

if TYPE_CHECKING:
    from si_lod.engine.diagnosis.stopping.stop import Stop

_FORMS: Final = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE", "PREFIX", "BASE")
_BRACKETED: Final = re.compile(r"<([^<>\n]*)>")
_REFUSED: Final = re.compile(r"[\s\"{}|\\^`]")


def iri_with_spaces(stop: Stop) -> Finding | None:
    """Find what stands in angle brackets and has a character that no IRI has (SPARQL 1.1 §19.8, IRIREF)."""
    line = stop.text.split("\n")[stop.found.line - 1]
    bracketed = _BRACKETED.match(line, stop.found.column - 1)
    if stop.mark() not in {"<", "<="} or bracketed is None or not stop.accepts("IRIREF"):
        return None
    escaped = _REFUSED.sub(lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode()), bracketed[1].strip())
    message = told("an IRI has no spaces, quotes, braces or backslashes in it")
    return Finding(replace(stop.found, text=bracketed[0]), message, f"<{escaped}>")


def prefix_without_brackets(stop: Stop) -> Finding | None:
    """Find a declaration whose IRI has no angle brackets."""
    if stop.accepted != {"IRIREF"} or not stop.found.text:
        return None
    line = stop.text.split("\n")[stop.found.line - 1]
    bare = line[stop.found.column - 1 :].split()[0].strip("\"'<>")
    message = told("the IRI of a declaration stands in angle brackets")
    if stop.terminal() in CLAUSES:
        return Finding(stop.found, message)
    return Finding(stop.found, message, f"{stop.spelled(-2 if stop.word(-2) else -1, 0)} <{bare}>")


def prefix_without_colon(stop: Stop) -> Finding | None:
    """Find a declaration whose prefix does not end in a colon."""
    if stop.accepted != {"PNAME_NS"} or stop.found.kind not in {Kind.WORD, Kind.NAME, Kind.IRI}:
        return None
    name = "" if stop.found.kind is Kind.IRI else stop.found.text.partition(":")[0]
    iris = [token.text for token in (stop.found, stop.token(1)) if token.kind is Kind.IRI]
    message = told("the name that PREFIX declares ends in a colon")
    return Finding(stop.found, message, f"PREFIX {name}: {iris[0] if iris else '<…>'}")


def declared_as_in_turtle(stop: Stop) -> Finding | None:
    """Find ``@prefix``, or the full stop that follows it in Turtle."""
    if stop.found.kind is Kind.LANGUAGE and stop.found.text.lower() in {"@prefix", "@base"} and stop.accepts("PREFIX"):
        return Finding(
            stop.found, told("SPARQL declares without @ and without a full stop"), stop.found.text[1:].upper()
        )
    if stop.mark() == "." and stop.accepts("PREFIX"):
        return Finding(stop.found, told("a declaration ends without a full stop in SPARQL; take it out"))
    return None


def declared_too_late(stop: Stop) -> Finding | None:
    """Find a declaration behind the beginning of the query."""
    if stop.word() not in {"PREFIX", "BASE"} or stop.accepts("PREFIX"):
        return None
    return Finding(stop.found, told("{word} stands before the query, above its first keyword", word=stop.word()))


def other_beginning(stop: Stop) -> Finding | None:
    """Find a query that begins with no keyword that begins one."""
    if not stop.accepts("SELECT", "ASK", "PREFIX"):
        return None
    meant = "DESCRIBE" if stop.word() == "DESC" else nearest(stop.found.text, _FORMS)
    if meant and meant != stop.word():
        message = told('SPARQL has no keyword "{word}"; is {meant} meant?', word=stop.found.text, meant=meant)
        return Finding(stop.found, message, meant)
    if not stop.found.text:
        return Finding(
            stop.found, told("the query ends before it asks anything; write SELECT, ASK, CONSTRUCT or DESCRIBE")
        )
    message = told(
        'a query begins with SELECT, ASK, CONSTRUCT or DESCRIBE, found "{found}"', found=stop.found.text[:40]
    )
    return Finding(stop.found, message)


MISTAKES: Final = (
    iri_with_spaces,
    prefix_without_brackets,
    prefix_without_colon,
    declared_as_in_turtle,
    declared_too_late,
    other_beginning,
)
