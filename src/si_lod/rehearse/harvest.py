"""Fetching a catalogue page by page, as a harvester does (Hydra's PartialCollectionView and PagedCollection)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from pyoxigraph import RdfFormat, parse

from si_lod.rehearse.graph import Graph
from si_lod.rehearse.terms import HYDRA
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from si_lod.rehearse.visiting import Answer, Visitor

SYNTAXES: Final = {"Turtle": "catalog.ttl", "RDF/XML": "catalog.rdf", "JSON-LD": "catalog.jsonld"}
"""The syntaxes that portals ask for, each with its fixed address below the site."""
_PAGES: Final = 1000
_NEXT: Final = (f"{HYDRA}next", f"{HYDRA}nextPage")


@dataclass(frozen=True, slots=True)
class Page:
    """One page as it came: its address, the answer, and its graph, empty if it is unreadable for ``fault``.

    ``relative`` is true if it can only be read by whoever resolves its addresses, which harvesters do not.
    """

    address: str
    answer: Answer
    graph: Graph = field(default_factory=Graph)
    fault: str = ""
    relative: bool = False

    @property
    def following(self) -> str | None:
        """The address of the next page as the page says it, or None."""
        links = [term.value for predicate in _NEXT for _, term in self.graph.subjects(predicate)]
        return links[0] if links else None


@dataclass(frozen=True, slots=True)
class Harvest:
    """The pages of the catalogue in one syntax, and all of them as one graph.

    ``stuck`` says why there was no going on, if there was none; ``round`` is true if it was for the first page that
    came again.
    """

    syntax: str
    pages: Sequence[Page]
    graph: Graph
    stuck: str = ""
    round: bool = False

    @property
    def readable(self) -> bool:
        """True if every page could be read."""
        return not any(page.fault for page in self.pages)

    @property
    def totals(self) -> set[str]:
        """The numbers of members that the pages tell."""
        return {term.value for page in self.pages for _, term in page.graph.subjects(f"{HYDRA}totalItems")}


def harvest(visitor: Visitor, syntax: str) -> Harvest:
    """Return the catalogue's pages in that syntax, the first at its fixed address."""
    pages: list[Page] = []
    seen: dict[str, None] = {}
    address: str | None = visitor.site.url + SYNTAXES[syntax]
    stuck = ""
    while address is not None and not stuck:
        visited = visitor.site.address(address)
        if visited is None:
            stuck = told("the next page {page} is on another host", page=address)
        elif visited in seen:
            stuck = told("the next page {page} was there already: it never ends", page=address)
        elif len(pages) == _PAGES:
            stuck = told("has more than {number:,} pages", number=_PAGES)
        else:
            seen[visited] = None
            pages.append(read(visited, visitor.get(visited)))
            address = pages[-1].following
    graph = pages[0].graph if len(pages) == 1 else Graph(t for page in pages for t in page.graph.triples)
    return Harvest(syntax, pages, graph, stuck, bool(stuck) and visitor.site.address(address or "") == next(iter(seen)))


def read(address: str, answer: Answer) -> Page:
    """Return the page that an answer is, read by its Content-Type as a harvester reads it."""
    if not answer.well:
        return Page(address, answer, fault=told("{page} answers: {outcome}", page=address, outcome=answer.outcome))
    form = RdfFormat.from_media_type(answer.media_type)
    if form is None:
        media = answer.headers.get("content-type", "")
        return Page(address, answer, fault=told('"{media}" is no media type of RDF', media=media))
    if not answer.content:
        return Page(address, answer, fault=told("the answer is empty, or longer than 50 MB"))
    return _parsed(address, answer, form)


def _parsed(address: str, answer: Answer, form: RdfFormat) -> Page:
    try:
        return Page(address, answer, _graph(answer.content, form))
    except (SyntaxError, ValueError) as error:
        fault = told("it cannot be read as {form}: {error}", form=form.name, error=error)
    try:
        return Page(address, answer, _graph(answer.content, form, address), fault, relative=True)
    except (SyntaxError, ValueError):
        return Page(address, answer, fault=fault)


def _graph(content: bytes, form: RdfFormat, base: str | None = None) -> Graph:
    return Graph(quad.triple for quad in parse(content, format=form, base_iri=base))
