"""The representations of one document: which there are, where each has its address, and which a client gets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from flask import request

from si_lod.errors import NotAcceptable
from si_lod.sentences import told
from si_lod.serve.replies.syntaxes import SYNTAXES
from si_lod.serve.transport.negotiation import Offer, choose
from si_lod.serve.transport.note import note_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pyoxigraph import RdfFormat


class NothingFits(NotAcceptable):
    """The client accepts none of the variants; ``alternates`` has each one's media type and address.

    What it accepts and can have elsewhere comes after them.
    """

    def __init__(self, alternates: Iterable[tuple[str, str]], elsewhere: Iterable[tuple[str, str]] = ()) -> None:
        here = tuple(alternates)
        self.alternates = (*here, *elsewhere)
        there = ", ".join(media_type for media_type, _ in here)
        super().__init__(told("none of what this can be sent as is accepted; there is {there}", there=there))


@dataclass(frozen=True, slots=True)
class Variant:
    """A document in one syntax; ``suffix`` is what its own address ends in. HTML has no syntax of RDF."""

    offer: Offer
    suffix: str
    syntax: RdfFormat | None = None


HTML: Final = Variant(Offer("text/html", ("application/xhtml+xml",)), "html")
_WIDER: Final = {"application/ld+json": ("application/json",), "application/rdf+xml": ("application/xml", "text/xml")}
DOCUMENT: Final = (
    *(
        Variant(Offer(syntax.media_type, wider=_WIDER.get(syntax.media_type, ())), syntax.file_extension, syntax)
        for syntax in SYNTAXES
    ),
    HTML,
)
"""The variants of a document about something, the one to prefer first."""

BIBTEX: Final = Variant(Offer("application/x-bibtex", ("text/x-bibtex",)), "bib")
CSL: Final = Variant(Offer("application/vnd.citationstyles.csl+json"), "csl.json")
CITATIONS: Final = (BIBTEX, CSL)
"""How to cite a document, for programs that keep references; worded in the reader's language, as a page is."""


def chosen(accept: str, variants: Sequence[Variant], alternates: Iterable[tuple[str, str]]) -> Variant:
    """Return the variant that a client with this Accept header gets; raises NothingFits if it takes none."""
    offers = tuple(variant.offer for variant in variants)
    note_of(request.environ).offers = offers
    offer = choose(accept, offers)
    for variant in variants:
        if variant.offer is offer:
            return variant
    raise NothingFits(alternates)


def split_suffix(path: str) -> tuple[str, Variant | None]:
    """Return the path without the suffix of a variant, and that variant, or the path as it is."""
    for variant in (*DOCUMENT, *CITATIONS):
        stem = path.removesuffix(f".{variant.suffix}")
        if stem and stem != path:
            return stem, variant
    return path, None
