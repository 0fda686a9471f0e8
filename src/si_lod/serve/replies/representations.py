"""Something that a release keeps of itself, in the representation that a client gets, with links to all others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from flask import request

from si_lod.errors import UnknownResource
from si_lod.sentences import told
from si_lod.serve.replies.links import Link, translations
from si_lod.serve.replies.reply import Reply
from si_lod.serve.replies.stored import spooled_triples
from si_lod.serve.replies.syntaxes import written
from si_lod.serve.replies.variants import CITATIONS, DOCUMENT, HTML, Variant, chosen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from flask import Response
    from pyoxigraph import RdfFormat, Triple

    from si_lod.engine.spool import Spooled
    from si_lod.serve.visit import Visit

    Maker = Callable[[], bytes | str | Spooled]

PREFIXES: Final = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "dqv": "http://www.w3.org/ns/dqv#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "sh": "http://www.w3.org/ns/shacl#",
    "void": "http://rdfs.org/ns/void#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
"""The prefixes of what a release keeps of itself, which the site need not know."""


@dataclass(frozen=True, slots=True)
class Representations:
    """What can be sent from ``path`` (below where the release has its addresses).

    ``makers`` make each variant but the page, which ``page`` makes with links to all of them. ``tag`` tells apart what
    can differ while the release that answers is the same, and ``since`` is when it last did, in seconds; ``worded``
    are the variants in the reader's language.
    """

    visit: Visit
    path: str
    makers: Mapping[Variant, Maker]
    page: Callable[[Sequence[tuple[str, str]]], str]
    tag: str = ""
    worded: tuple[Variant, ...] = (HTML,)
    since: float | None = None

    def respond(self, suffix: str | None) -> Response:
        """Return the variant of that suffix, or negotiate one; raises UnknownResource or NothingFits."""
        variants = self._variants()
        if suffix is None:
            variant = chosen(request.headers.get("Accept", ""), variants, self.alternates())
        else:
            named = [variant for variant in variants if variant.suffix == suffix]
            if not named:
                there = ", ".join(variant.suffix for variant in variants)
                raise UnknownResource(
                    told("{path}: expected one of the formats {there}", path=request.path, there=there)
                )
            variant = named[0]
        is_worded = variant in {*self.worded, *CITATIONS}
        varies = (("Accept", suffix is None), ("Accept-Language", is_worded and not self.visit.chosen))
        language = self.visit.language if is_worded else ""
        reply = Reply(
            media_type=variant.offer.media_type,
            tag="-".join(filter(None, (self.path.replace("/", "."), self.tag, variant.suffix, language))),
            vary=tuple(name for name, does in varies if does),
            location=self._address(variant) + (f"?lang={language}" if is_worded else ""),
            language=language,
            links=(*self._links(), *(translations(self.visit) if variant is HTML else ())),
            lasting=not self.tag,
            since=self.since,
        )
        return reply.respond(self.visit, lambda: self._content(variant))

    def alternates(self) -> list[tuple[str, str]]:
        """Return the media type and the address of every variant."""
        return [(variant.offer.media_type, self._address(variant)) for variant in self._variants()]

    def _variants(self) -> list[Variant]:
        """Return the variants, the one to prefer first: data where there are any, else the page."""
        has_data = any(variant.syntax for variant in self.makers)
        return [*self.makers, HTML] if has_data else [HTML, *self.makers]

    def _content(self, variant: Variant) -> bytes | str | Spooled:
        return self.page(self.alternates()) if variant is HTML else self.makers[variant]()

    def _address(self, variant: Variant) -> str:
        return self.visit.href(f"{self.path}.{variant.suffix}")

    def _links(self) -> Iterator[Link]:
        for media_type, address in self.alternates():
            yield Link(address, "alternate", media_type)


def rdf_makers(visit: Visit, triples: Callable[[], Iterable[Triple]]) -> dict[Variant, Maker]:
    """Return the variants in every syntax of RDF, the one to prefer first; ``triples`` are asked for when needed."""

    def maker(syntax: RdfFormat) -> Maker:
        return lambda: written(triples(), syntax, PREFIXES | visit.manifest.site.prefixes)

    return {variant: maker(variant.syntax) for variant in DOCUMENT if variant.syntax is not None}


def stored_makers(visit: Visit, triples: Callable[[], Iterable[Triple]]) -> dict[Variant, Maker]:
    """Return the same for triples that may be many and come each once; memory does not grow with them."""

    def maker(syntax: RdfFormat) -> Maker:
        return lambda: spooled_triples(triples(), syntax, PREFIXES | visit.manifest.site.prefixes)

    return {variant: maker(variant.syntax) for variant in DOCUMENT if variant.syntax is not None}
