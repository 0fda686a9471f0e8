"""A rehearsal as a page that stands alone: no script, no other file, light and dark."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader

from si_lod.rehearse.showing import shown
from si_lod.sentences import say, told

if TYPE_CHECKING:
    from si_lod.rehearse.rehearsal import Rehearsal


def page(rehearsal: Rehearsal, language: str) -> str:
    """Return the rehearsal as HTML in that language."""
    environment = Environment(
        loader=PackageLoader("si_lod.rehearse"), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["said"] = lambda sentence: say(sentence, language)
    return environment.get_template("rehearsal.html").render(
        portals=shown(rehearsal, language),
        language=language,
        title=told("Harvest rehearsal of {url}", url=rehearsal.url),
        lead=told("What portals would take of the catalogue of {base}, and what they would not.", base=rehearsal.base),
        columns=[told("effect"), told("about"), told("what")],
        well=told("Nothing to remark."),
    )
