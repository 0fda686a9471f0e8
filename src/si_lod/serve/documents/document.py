"""A document about something, in the variant that a client gets, with its links to all others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from flask import request
from pyoxigraph import NamedNode

from si_lod.serve.documents.metadata import LICENSE, TYPE, data_sets, document_iri
from si_lod.serve.pages import references
from si_lod.serve.replies.links import Link, translations
from si_lod.serve.replies.reply import Reply
from si_lod.serve.replies.syntaxes import written
from si_lod.serve.replies.variants import CITATIONS, DOCUMENT, HTML, chosen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from flask import Response

    from si_lod.serve.documents.description import Description
    from si_lod.serve.replies.variants import Variant
    from si_lod.serve.view import View
    from si_lod.serve.visit import Visit

    Page = Callable[[View, Description, Sequence[tuple[str, str]]], str]


@dataclass(frozen=True, slots=True)
class Document:
    """The document at ``path`` (below the root) about ``iri``; ``page`` of ``pages`` is one of what links to it.

    How many pages there are is looked for only when the content is. The HTML is of one page: what is too much for it
    is a query away. ``further`` are links that it has beside those of every document; the other variants then lead to
    it. ``since`` is the key of the release that says what became of the thing, which the HTML of an older release
    tells too.
    """

    visit: Visit
    iri: str
    path: str
    page: int
    html: Page
    pages: Callable[[], int] = lambda: 1
    further: tuple[Link, ...] = ()
    since: str = ""

    def respond(self, fixed: Variant | None, describe: Callable[[], Description]) -> Response:
        """Return the document in the variant ``fixed`` by its address or else negotiated; raises NothingFits."""
        variant = fixed or chosen(request.headers.get("Accept", ""), (*DOCUMENT, *CITATIONS), self.alternates())
        is_worded = variant.syntax is None
        reply = Reply(
            media_type=variant.offer.media_type,
            tag=self._tag(variant),
            vary=self._vary(negotiated=fixed is None, is_worded=is_worded),
            location=self._address(variant.suffix, with_language=is_worded),
            language=self.visit.language if is_worded else "",
            links=tuple(self._links(variant)),
            settled=not (is_worded and self.since),
            late=lambda: () if variant is HTML else self._other_pages(variant),
        )
        return reply.respond(self.visit, lambda: self._content(variant, describe()))

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
        worded = (self.visit.language, self.since) if variant.syntax is None else ()
        return "-".join(filter(None, (variant.suffix, *worded, str(self.page) if self.page > 1 else "")))

    def _vary(self, *, negotiated: bool, is_worded: bool) -> tuple[str, ...]:
        names = (("Accept", negotiated), ("Accept-Language", is_worded and not self.visit.chosen))
        return tuple(name for name, varies in names if varies)

    def _address(self, suffix: str, *, with_language: bool = False, page: int = 0) -> str:
        page = page or self.page
        asked: dict[str, str | int] = {"page": page} if page > 1 else {}
        if with_language:
            asked["lang"] = self.visit.language
        return self.visit.href(f"{self.path}.{suffix}") + (f"?{urlencode(asked)}" if asked else "")

    def _links(self, variant: Variant) -> Iterator[Link]:
        """Return the links by which a machine finds its way (FAIR Signposting, level 1)."""
        for media_type, address in self.alternates():
            describes_page = variant is HTML and media_type != HTML.offer.media_type
            yield Link(address, "alternate describedby" if describes_page else "alternate", media_type)
        yield Link(document_iri(self.visit.manifest, self.iri), "canonical")
        yield Link(self.iri, "cite-as")
        if variant is HTML:
            yield from translations(self.visit)
        told = {link.relation for link in self.further} - {"type"}
        yield from (Link(target, relation) for relation, target in self._statements() if relation not in told)
        if variant is HTML:
            yield from self.further
        elif self.further:
            yield Link(self.visit.href(self.path), "describes", HTML.offer.media_type)

    def _other_pages(self, variant: Variant) -> Iterator[Link]:
        """Return the links to the other pages (RFC 8288 §4.2) in the same variant."""
        pages = self.pages()
        found = {"first": 1, "prev": self.page - 1, "next": self.page + 1, "last": pages}
        for relation, page in found.items():
            if 1 <= page <= pages > 1:
                yield Link(self._address(variant.suffix, page=page), relation, variant.offer.media_type)

    def _statements(self) -> Iterator[tuple[str, str]]:
        engine = self.visit.engine
        types = engine.match(NamedNode(self.iri), TYPE, None)
        licences = (triple for data_set in data_sets(engine) for triple in engine.match(data_set, LICENSE, None))
        found = [("type", triple.object) for triple in types] + [("license", triple.object) for triple in licences]
        yield from sorted({(relation, term.value) for relation, term in found if isinstance(term, NamedNode)})
