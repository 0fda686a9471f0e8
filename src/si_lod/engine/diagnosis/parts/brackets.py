"""Brackets that are missing, too many, or close another one than is open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from si_lod.engine.diagnosis.stopping.pieces import PAIRS
from si_lod.engine.diagnosis.stopping.stop import Finding
from si_lod.sentences import told

if TYPE_CHECKING:
    from si_lod.engine.diagnosis.stopping.stop import Stop

_OPENING: Final = {closing: opening for opening, closing in PAIRS.items()}


def left_open(stop: Stop) -> Finding | None:
    """Find the bracket that the query's end leaves open."""
    opening = stop.enclosing
    if stop.found.text or opening is None:
        return None
    closing = PAIRS[opening.text]
    message = told(
        'the query ends while "{opening}" of line {line}, column {column} is open; write {closing} where it ends',
        opening=opening.text,
        line=opening.line,
        column=opening.column,
        closing=closing,
    )
    return Finding(stop.found, message, closing)


def too_many(stop: Stop) -> Finding | None:
    """Find a closing bracket for which none is open."""
    opening = _OPENING.get(stop.mark())
    if opening is None or any(stop.read[place].text == opening for place in stop.opened):
        return None
    message = told(
        '"{closing}" closes nothing: no "{opening}" is open here; take it out', closing=stop.found.text, opening=opening
    )
    return Finding(stop.found, message)


def closed_by_another(stop: Stop) -> Finding | None:
    """Find a closing bracket that comes before the one that should be closed first."""
    opening = stop.enclosing
    if opening is None or stop.mark() not in _OPENING or PAIRS[opening.text] == stop.found.text:
        return None
    if PAIRS[opening.text] not in {")", "]"}:
        return None
    message = told(
        '"{opening}" of line {line}, column {column} is still open; write {closing} before "{found}"',
        opening=opening.text,
        line=opening.line,
        column=opening.column,
        closing=PAIRS[opening.text],
        found=stop.found.text,
    )
    return Finding(stop.found, message, PAIRS[opening.text])


MISTAKES: Final = (left_open, too_many, closed_by_another)
