"""A measured value as people read it: the word that qualifies it, the number, the unit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import Literal

from si_lod.serve.pages.vocabulary import EXACT_MATCH
from si_lod.serve.pages.words.formatting import briefly, measured, numeric
from si_lod.serve.pages.words.wording import Text, Wording

if TYPE_CHECKING:
    from si_lod.serve.pages.cube.structure import Structure


@dataclass(frozen=True, slots=True)
class Value:
    """A measured value: the word before it, the number, the unit after it."""

    before: list[Text]
    number: Text
    unit: Text | None

    @property
    def words(self) -> str:
        """The value as one text."""
        parts = [*self.before, self.number, *([self.unit] if self.unit else [])]
        return " ".join(part.words for part in parts)


def value(
    wording: Wording, structure: Structure, observation: str, measure: str, *, brief: bool = False
) -> Value | None:
    """Return the value of ``measure`` with its qualifying word and its unit, or None if there is none.

    ``brief`` is for where there is little room: millions in words.
    """
    facts, unit_property = wording.facts, structure.unit()
    literals = [term for term in facts.objects(observation, measure) if isinstance(term, Literal)]
    if not literals:
        return None
    units = facts.iris(observation, unit_property) if unit_property else []
    same = [iri for unit in units for iri in (unit, *facts.iris(unit, EXACT_MATCH))]
    number = numeric(literals[0])
    if number is None:
        words, said = wording.text(literals[0]).words, False
    else:
        words, said = (briefly if brief else measured)(number, wording.view.locale, same)
    unit = wording.label(units[0]) if units and not said else None
    unmarked = wording.view.manifest.site.unmarked
    codes = [code for q in structure.qualifiers() for code in facts.iris(observation, q) if code not in unmarked]
    return Value([wording.label(code) for code in codes], Text(words), unit)
