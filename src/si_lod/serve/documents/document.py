"""A document about something, in the variant that a client gets, with its links to all others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from flask import request
from pyoxigraph import NamedNode

from si_lod.serve.licences import own_address
from si_lod.serve.nodes import LICENSE, TYPE, data_sets, document_iri
from si_lod.serve.pages import references
from si_lod.serve.pages.vocabulary import EXACT_MATCH
from si_lod.serve.replies.links import Link, translations
from si_lod.serve.replies.reply import Reply
from si_lod.serve.replies.syntaxes import written
from si_lod.serve.replies.variants import CITATIONS, DOCUMENT, HTML, chosen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from flask import Response
    from pyoxigraph import Triple

    from si_lod.engine.evaluation import Engine
    from si_lod.release import Manifest
    from si_lod.serve.documents.description import Description
    from si_lod.serve.replies.variants import Variant
    from si_lod.serve.view import View
    from si_lod.serve.visit import Visit

    Page = Callable[[View, Description, Sequence[tuple[str, str]]], str]

_OF_METADATA: Final = frozenset({"author", "license", "linkset"})
"""The relations to what is the same for a page and for the data that describe it."""
_SAME: Final = NamedNode(EXACT_MATCH)


@dataclass(frozen=True, slots=True)
class Document:
    """The document at ``path`` (below the root) about ``iri``; ``page`` of ``pages`` is one of what links to it.

    How many pages there are is looked for only when the content is. The HTML is of one page: what is too much for it
    is a query away. ``further`` are links that it has beside those of every document, whichever variant is sent from
    there; a variant at an address of its own leads to it. ``since`` is the key of the release that says what became
    of the thing, which the HTML of an older release tells too: empty as long as nothing did, None if nothing can.
    """

    visit: Visit
    iri: str
    path: str
    page: int
    html: Page
    pages: Callable[[], int] = lambda: 1
    further: tuple[Link, ...] = ()
    since: str | None = None

    def respond(self, fixed: Variant | None, describe: Callable[[bool], Description]) -> Response:
        """Return the document in the variant ``fixed`` by its address or else negotiated; raises NothingFits.

        ``describe`` is told whether the description is to be whole, which only data are.
        """
        variant = fixed or chosen(request.headers.get("Accept", ""), (*DOCUMENT, *CITATIONS), self.alternates())
        is_worded = variant.syntax is None
        reply = Reply(
            media_type=variant.offer.media_type,
            tag=self._tag(variant),
            vary=self._vary(negotiated=fixed is None, is_worded=is_worded),
            location=self._address(variant.suffix, with_language=is_worded),
            language=self.visit.language if is_worded else "",
            links=tuple(self._links(variant, is_page=fixed is None or variant is HTML)),
            settled=variant is not HTML or self.since is None,
            late=lambda: () if variant is HTML else self._other_pages(variant),
        )
        return reply.respond(self.visit, lambda: self._content(variant, describe(variant.syntax is not None)))

    def alternates(self) -> list[tuple[str, str]]:
        """Return the media type and the address of every variant."""
        return [(variant.offer.media_type, self._address(variant.suffix)) for variant in (*DOCUMENT, *CITATIONS)]

    def _content(self, variant: Variant, description: Description) -> bytes | str:
        if variant in CITATIONS:
            return references(self.visit.view, self.iri, variant.suffix)
        if variant.syntax is None:
            return self.html(self.visit.view, description, self.alternates())
        return written(description.triples(), variant.syntax, self.visit.manifest.site.prefixes)

    def _tag(self, variant: Variant) -> str:
        """Return what tells the variant from others; a page that there is not has a tag that nobody was told."""
        language = self.visit.language if variant.syntax is None else ""
        since = self.since if variant is HTML else ""
        page = "" if self.page == 1 else str(self.page)
        return "-".join(filter(None, (variant.suffix, language, since, page)))

    def _vary(self, *, negotiated: bool, is_worded: bool) -> tuple[str, ...]:
        names = (("Accept", negotiated), ("Accept-Language", is_worded and not self.visit.chosen))
        return tuple(name for name, varies in names if varies)

    def _address(self, suffix: str, *, with_language: bool = False, page: int = 0) -> str:
        page = page or self.page
        asked: dict[str, str | int] = {"page": page} if page > 1 else {}
        if with_language:
            asked["lang"] = self.visit.language
        return self.visit.href(f"{self.path}.{suffix}") + (f"?{urlencode(asked)}" if asked else "")

    def _links(self, variant: Variant, *, is_page: bool) -> Iterator[Link]:
        """Return the links by which a machine finds its way (FAIR Signposting, level 1).

        They are those of the page wherever it is asked for, also by those who take whatever there is of it.
        """
        for media_type, address in self.alternates():
            describes_page = is_page and media_type != HTML.offer.media_type
            yield Link(address, "alternate describedby" if describes_page else "alternate", media_type)
        yield Link(document_iri(self.visit.manifest, self.iri), "canonical")
        yield Link(self.iri, "cite-as")
        if variant is HTML:
            yield from translations(self.visit)
        further = [link for link in self.further if is_page or link.relation in _OF_METADATA]
        told = {link.relation for link in further} - {"type"}
        yield from (Link(target, relation) for relation, target in self._statements() if relation not in told)
        yield from further
        if self.further and not is_page:
            yield Link(self.visit.href(self.path), "describes", HTML.offer.media_type)

    def _other_pages(self, variant: Variant) -> Iterator[Link]:
        """Return the links to the other pages (RFC 8288 §4.2) in the same variant."""
        pages = self.pages()
        found = {"first": 1, "prev": self.page - 1, "next": self.page + 1, "last": pages}
        for relation, page in found.items():
            if 1 <= page <= pages > 1:
                yield Link(self._address(variant.suffix, page=page), relation, variant.offer.media_type)

    def _statements(self) -> Iterator[tuple[str, str]]:
        types = _iris(self.visit.engine.match(NamedNode(self.iri), TYPE, None))
        own = self.visit.view.known(_licences)
        yield from sorted({*(("type", one) for one in types), *(("license", one) for one in own)})


def _licences(engine: Engine, _: Manifest) -> frozenset[str]:
    """Return the own addresses of the licences of the release's data sets."""
    licensed = engine.match_each((data_set, LICENSE, None) for data_set in data_sets(engine))
    stated = {one for triples in licensed for one in _iris(triples)}
    return frozenset(
        own_address([one], lambda code: _iris(engine.match(NamedNode(code), _SAME, None))) for one in stated
    )


def _iris(triples: Iterable[Triple]) -> list[str]:
    return [triple.object.value for triple in triples if isinstance(triple.object, NamedNode)]
