"""How far the work is, for a person at a terminal."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import click

from si_lod.cli.manner import language, watched
from si_lod.publish.progress import silent
from si_lod.sentences import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from si_lod.publish.progress import Progress

_WHOLE: Final = 100


@contextmanager
def bar() -> Iterator[Progress]:
    """Give a function that shows how far the work is, on a terminal; elsewhere one that does nothing."""
    if not watched():
        yield silent
        return
    spoken = language()
    with click.progressbar(
        length=_WHOLE, file=sys.stderr, show_eta=False, item_show_func=lambda step: say(step or "", spoken)
    ) as shown:

        def show(step: str, share: float) -> None:
            shown.update(max(0, round(share * _WHOLE) - shown.pos), step)
            shown.render_progress()

        yield show
