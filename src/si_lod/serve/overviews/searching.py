"""The routes of the search, and its description for browsers that offer it beside the address (OpenSearch 1.1)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape, quoteattr

from flask import Blueprint, request

from si_lod.errors import UnknownResource
from si_lod.sentences import told
from si_lod.serve.pages import SearchRequest, results, search_page, search_table
from si_lod.serve.replies.asked import Asked, Findings, page_number, single
from si_lod.serve.replies.links import Link
from si_lod.serve.replies.reply import Reply
from si_lod.serve.replies.variants import Variant
from si_lod.serve.transport.negotiation import Offer
from si_lod.serve.visit import Visit

if TYPE_CHECKING:
    from flask import Response

    from si_lod.index.file import Index
    from si_lod.serve.current import Current

DESCRIPTION_TYPE: Final = "application/opensearchdescription+xml"
LONGEST: Final = 2000
"""How many characters of what is looked for are read, so that a page pasted into the form gets an answer too."""

JSON: Final = Variant(Offer("application/json"), "json")
_SHORT_NAME: Final = 16
"""The most characters of a short name (OpenSearch 1.1, "The ShortName element")."""
_LONG_NAME: Final = 48


@dataclass(frozen=True, slots=True)
class Search:
    """The routes of the search, over the current release."""

    current: Current

    def blueprint(self) -> Blueprint:
        """Return the routes."""
        routes = Blueprint("search", __name__)
        routes.add_url_rule("/search", "search", self.search)
        routes.add_url_rule("/search.<suffix>", "search-as", self.search)
        routes.add_url_rule("/opensearch.xml", "description", self.description)
        return routes

    def search(self, suffix: str | None = None) -> Response:
        """Return what the release has for the words that are looked for, as a page or as JSON."""
        visit = Visit.of(self.current)
        index = visit.index
        if index is None:
            raise UnknownResource(
                told("{path}: this release was published without an index to search in", path=request.path)
            )
        words = " ".join(single("q")[:LONGEST].split())
        asked = SearchRequest(words, single("type")[:LONGEST].strip(), page_number())
        there = visit.at([*asked.parameters, *([("page", str(asked.page))] if asked.page > 1 else ())])
        find = partial(_found, there, index, asked)
        return Asked(there, "search", there.arguments, (JSON,), find, meant=True).respond(suffix)

    def description(self) -> Response:
        """Return what a browser needs to know to search here (OpenSearch 1.1, draft 6).

        Its addresses are canonical: a browser keeps them longer than a page.
        """
        visit = Visit.of(self.current)
        reply = Reply(DESCRIPTION_TYPE, tag=f"opensearch-{visit.language}", vary=("Accept-Language",))
        return reply.respond(visit, lambda: _description(visit))


def _found(visit: Visit, index: Index, asked: SearchRequest) -> Findings:
    view = visit.view
    found = results(view, index, asked)
    links = [Link(address, relation) for relation, address in found.paging.ways(view)]
    makers = {JSON: partial(search_table, view, found)}
    return Findings(visit.arguments, makers, partial(search_page, view, found), links)


def _description(visit: Visit) -> str:
    site, view = visit.manifest.site, visit.view
    title = view.words(site.title)
    template = quoteattr(f"{site.base}search?q={{searchTerms}}&page={{startPage?}}&lang={visit.language}")
    data = quoteattr(f"{site.base}search.json?q={{searchTerms}}&page={{startPage?}}&lang={visit.language}")
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">
  <ShortName>{escape(_cut(title, _SHORT_NAME))}</ShortName>
  <LongName>{escape(_cut(title, _LONG_NAME))}</LongName>
  <Description>{escape(view.words(site.description)[:1024])}</Description>
  <Url type="text/html" template={template}/>
  <Url type="application/json" template={data}/>
  <Url type="{DESCRIPTION_TYPE}" rel="self" template={quoteattr(f"{site.base}opensearch.xml")}/>
  <Image height="64" width="64" type="image/svg+xml">{escape(site.base)}static/icon.svg</Image>
  <Language>{escape(visit.language)}</Language>
  <InputEncoding>UTF-8</InputEncoding>
  <OutputEncoding>UTF-8</OutputEncoding>
</OpenSearchDescription>
"""


def _cut(words: str, most: int) -> str:
    """Return so many whole words as there is room for."""
    return words if len(words) <= most else (words[: most + 1].rpartition(" ")[0] or words[:most])
