"""Problems as people and programs read them: one account of what was found, in four forms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from si_lod.cli.rendering.document import document
from si_lod.cli.rendering.junit import junit
from si_lod.cli.rendering.sarif import sarif

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from si_lod.cli.rendering.account import Account

RENDERERS: Final[Mapping[str, Callable[[Account, str], str]]] = {"json": document, "sarif": sarif, "junit": junit}
"""The forms for programs, by the name that ``--format`` gives them; each takes an account and a language."""
