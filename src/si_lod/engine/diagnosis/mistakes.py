"""The mistakes in the grammar that are known, in the order in which they are looked for."""

from __future__ import annotations

from typing import Final

from si_lod.engine.diagnosis.parts import (
    brackets,
    calls,
    clauses,
    data,
    expressions,
    joining,
    modifiers,
    opening,
    patterns,
    selecting,
)
from si_lod.engine.diagnosis.words import habits, literals, names, newer, spelling, sql, variables

MISTAKES: Final = (
    *newer.MISTAKES,
    *habits.MISTAKES,
    *opening.MISTAKES,
    *variables.MISTAKES,
    *literals.MISTAKES,
    *calls.MISTAKES,
    *names.MISTAKES,
    *selecting.MISTAKES,
    *modifiers.MISTAKES,
    spelling.misspelt_exists,
    *data.MISTAKES,
    *clauses.MISTAKES,
    *joining.MISTAKES,
    *patterns.MISTAKES,
    *sql.MISTAKES,
    *expressions.MISTAKES,
    *spelling.MISTAKES,
    names.bare_word,
    joining.triples_run_together,
    *brackets.MISTAKES,
)
"""The first that fits is told, so the special ones stand before the general ones."""
