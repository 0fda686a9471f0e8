"""The page that says calmly what went wrong and where to go from there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote

from flask import render_template
from flask_babel import force_locale

from si_lod.serve.pages.rendering import render

if TYPE_CHECKING:
    from collections.abc import Sequence

    from si_lod.serve.pages.words.wording import Text
    from si_lod.serve.view import View

_WORD: Final = re.compile(r"[^\W_]+")
_SUFFIX: Final = re.compile(r"\.[a-z]{2,6}$")
_LONGEST: Final = 80


def problem_page(  # noqa: PLR0913  one for each part of the page
    view: View | None,
    status: int,
    title: str,
    detail: str,
    links: Sequence[tuple[str, str]] = (),
    *,
    reason: Text | None = None,
    unsent: Sequence[tuple[str, str]] = (),
    language: str = "en",
) -> str:
    """Return the page for an HTTP error; ``links`` are (words, href). Without a release there is no ``view``.

    ``title`` and ``detail`` are in ``language``; ``reason`` is what the release says of it; ``unsent`` are the fields
    of a query, which can be sent again from the page. Needs no answer of the engine, since that may be what went wrong.
    """
    shown: dict[str, Any] = {"status": status, "title": title, "detail": detail, "links": links, "reason": reason}
    shown["query"] = dict(unsent).get("query", "")
    shown["graphs"] = [(name, value) for name, value in unsent if name != "query"]
    shown["meant"] = _meant(view.path) if view else ""
    if view is None:
        with force_locale(language):
            return render_template("problem.html", view=None, language=language, **shown)
    return render(view, "problem.html", **shown)


def _meant(path: str) -> str:
    """Return the words at the end of an address, for which a lost reader could search."""
    name = unquote(path).rstrip("/").rpartition("/")[2]
    return " ".join(_WORD.findall(_SUFFIX.sub("", name)))[:_LONGEST]
