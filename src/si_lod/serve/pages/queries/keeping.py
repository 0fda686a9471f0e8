"""Where a question is found again, if it is short enough for an address."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Self
from urllib.parse import quote_plus, urlencode

from si_lod.engine.evaluation import Form

if TYPE_CHECKING:
    from collections.abc import Sequence

    from si_lod.serve.view import View

_BESIDE: Final = 500
"""What an address has beside the query: where it is answered, the release, the format and the language."""
LONGEST: Final = 8000 - _BESIDE
"""The most bytes of a query in an address: every server and proxy ought to take 8000 of the whole (RFC 9110 §4.1)."""

FORMATS: Final = (("html", "HTML"), ("csv", "CSV"), ("tsv", "TSV"), ("json", "JSON"), ("xml", "XML"), ("ttl", "Turtle"))
"""What the form offers, by the value of ``format``."""

_FITTING: Final = {
    Form.SELECT: {"csv", "tsv", "json", "xml"},
    Form.ASK: {"json", "xml"},
    Form.CONSTRUCT: {"ttl", "json", "xml"},
    Form.DESCRIBE: {"ttl", "json", "xml"},
}
"""Which of them an answer to a query of each form can have, beside the page."""


@dataclass(frozen=True, slots=True)
class Keeping:
    """Where a question is found again: with its newest answer, with this answer for good, and in each format.

    A question that is too long for an address has none, and its formats have only the value of ``format``.
    """

    newest: str
    pinned: str
    formats: list[tuple[str, str]]

    @classmethod
    def of(cls, view: View, query: str, form: Form, graphs: Sequence[tuple[str, str]] = ()) -> Self:
        """Return the addresses of ``query``, which is asked of these ``graphs`` if there are any."""
        fitting = [(value, name) for value, name in FORMATS if value in _FITTING[form]]
        if not fits_address(query, graphs):
            return cls("", "", [(name, value) for value, name in fitting])
        asked, everywhere = [("query", query), *graphs], replace(view, root=view.top)
        return cls(
            newest=everywhere.asking("/sparql", asked),
            pinned=everywhere.asking(f"/release/{view.manifest.version}/sparql", asked),
            formats=[(name, view.asking("/sparql", [*asked, ("format", value)])) for value, name in fitting],
        )


def fits_address(query: str, graphs: Sequence[tuple[str, str]] = (), *, most: int = LONGEST) -> bool:
    """Return whether ``query``, with the ``graphs`` that it is asked of, has at most so many bytes in an address."""
    return len(query) <= most and len(quote_plus(query)) + len(urlencode(graphs)) <= most
