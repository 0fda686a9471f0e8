"""A rehearsal as a page that stands alone: no script, no other file, light and dark."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jinja2 import Environment, PackageLoader

from si_lod.rehearse.telling import EFFECTS, alike, headline, points
from si_lod.sentences import say, told

if TYPE_CHECKING:
    from si_lod.rehearse.rehearsal import Rehearsal

_MOST: Final = 20
"""How many findings of one kind a page shows."""


def page(rehearsal: Rehearsal, language: str) -> str:
    """Return the rehearsal as HTML in that language."""
    environment = Environment(
        loader=PackageLoader("si_lod.rehearse"), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["said"] = lambda sentence: say(sentence, language)
    return environment.get_template("rehearsal.html").render(
        rehearsal=rehearsal,
        language=language,
        alike=alike,
        effects=EFFECTS,
        headline=headline,
        points=points,
        most=_MOST,
        more=lambda number: told("and {number:,} more like it", number=number),
        title=told("Harvest rehearsal of {url}", url=rehearsal.url),
        lead=told("What portals would take of the catalogue of {base}, and what they would not.", base=rehearsal.base),
        columns=[told("effect"), told("about"), told("what")],
        well=told("Nothing to remark."),
    )
