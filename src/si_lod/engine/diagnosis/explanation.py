"""From a refusal to the mistake that was probably made, and what was probably meant."""

from __future__ import annotations

from contextlib import contextmanager
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from si_lod.engine.diagnosis.grammatical import meaning
from si_lod.engine.diagnosis.mistakes import MISTAKES
from si_lod.engine.diagnosis.stopping.expectation import expectation, expectations
from si_lod.engine.diagnosis.stopping.grammar import stopped
from si_lod.engine.diagnosis.stopping.pieces import SHOWN
from si_lod.engine.diagnosis.stopping.stop import Finding, Stop
from si_lod.engine.diagnosis.words.characters import strange_character
from si_lod.engine.diagnosis.words.prefixes import undeclared
from si_lod.engine.text.tokens import Kind, Token, tokens
from si_lod.errors import InvalidQuery, InvalidSyntax
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_NO_PREFIXES: Final[Mapping[str, str]] = MappingProxyType({})
_MOST: Final = 200
"""The most characters of a suggestion."""
_LEFT_OUT: Final = "…"


@contextmanager
def explaining(text: str, known: Mapping[str, str] = _NO_PREFIXES) -> Iterator[None]:
    """Give whatever asks for the query ``text``; a refusal in it is raised with its explanation."""
    try:
        yield
    except InvalidSyntax as problem:
        raise explained(problem, text, known) from None


def explained(problem: InvalidSyntax, text: str, known: Mapping[str, str]) -> InvalidSyntax:
    """Return ``problem`` with the mistake, its place, what was expected and a form that is near and right.

    ``known`` are prefixes that the reader may mean. The earliest fault is told, whichever the store's parser saw.
    """
    read, strange = _read(text)
    found = [*_grammatical(read, text, whole=strange is None), *_nominal(read, text, known)]
    if strange is not None:
        line = text.split("\n")[strange.line - 1]
        found.append((len(read), strange_character(strange, line), ()))
    if not found:
        found = [(0, finding, ()) for mistake in meaning.MISTAKES if (finding := mistake(read))]
        if problem.line is None and (finding := meaning.unknown_function(read)):
            found = [(0, finding, ())]
    if not found:
        return problem
    _, finding, expected = min(found, key=lambda each: each[0])
    return refusal_of(finding, expected)


def _read(text: str) -> tuple[list[Token], Token | None]:
    """Return the tokens, as far as there are any, and the character that begins none."""
    read: list[Token] = []
    try:
        read.extend(tokens(text))
    except InvalidQuery as error:
        line, column = error.line or 1, error.column or 1
        return read, Token(Kind.MARK, text.split("\n")[line - 1][column - 1 : column], line, column)
    return read, None


def _grammatical(read: Sequence[Token], text: str, *, whole: bool) -> list[tuple[int, Finding, tuple[str, ...]]]:
    """Return the fault of the grammar, if there is one before what could not be read."""
    fault = stopped(read)
    if fault is None or (fault[0] == len(read) and not whole):
        return []
    stop = Stop(text, read, *fault)
    finding = next(filter(None, (mistake(stop) for mistake in MISTAKES)), None) or _plain(stop)
    return [(stop.at, finding, tuple(expectations(stop.accepted)))]


def _plain(stop: Stop) -> Finding:
    expected = expectation(stop.accepted)
    if not stop.found.text:
        return Finding(stop.found, told("the query ends too early: expected {expected}", expected=expected))
    found = stop.found.text[:SHOWN]
    return Finding(stop.found, told('expected {expected}, found "{found}"', expected=expected, found=found))


def _nominal(read: Sequence[Token], text: str, known: Mapping[str, str]) -> list[tuple[int, Finding, tuple[str, ...]]]:
    named = undeclared(read, text, known)
    return [(*named, ())] if named else []


def refusal_of(finding: Finding, expected: tuple[str, ...] = ()) -> InvalidSyntax:
    """Return what is said of a finding where ``expected`` could stand.

    What can be put in the query as it is, is a suggestion; a sketch is part of the message.
    """
    message = finding.message
    is_short = len(finding.suggestion) <= _MOST
    if finding.suggestion and finding.suggestion not in message and is_short:
        message = told("{message}; write {suggestion}", message=message, suggestion=finding.suggestion)
    return InvalidSyntax(
        message,
        line=finding.token.line,
        column=finding.token.column,
        token=finding.token.text[:SHOWN],
        expected=expected,
        suggestion=finding.suggestion if is_short and _LEFT_OUT not in finding.suggestion else "",
    )
