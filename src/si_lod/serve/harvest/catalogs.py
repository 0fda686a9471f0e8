"""The routes of the catalogue: negotiated, in each syntax at an address of its own, page by page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from flask import Blueprint, request

from si_lod.errors import UnknownResource
from si_lod.sentences import told
from si_lod.serve.harvest.files import Files
from si_lod.serve.harvest.linkset import CATALOG, catalog_signposts, service_description
from si_lod.serve.harvest.places import catalog_of, published_base
from si_lod.serve.harvest.portion import page_address, portion
from si_lod.serve.harvest.settled import known_digest
from si_lod.serve.pages import catalogue_page
from si_lod.serve.replies.asked import page_number, single
from si_lod.serve.replies.links import Link, translations
from si_lod.serve.replies.reply import Reply
from si_lod.serve.replies.representations import PREFIXES
from si_lod.serve.replies.syntaxes import written
from si_lod.serve.replies.variants import DOCUMENT, HTML, Variant, chosen
from si_lod.serve.visit import Visit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from flask import Response

    from si_lod.serve.current import Current
    from si_lod.serve.harvest.catalog import Catalog
    from si_lod.serve.harvest.portion import Portion
    from si_lod.serve.opened import Serving

_PATH = CATALOG


@dataclass(frozen=True, slots=True)
class Catalogs:
    """The routes of the catalogue of each release."""

    current: Current

    def blueprint(self) -> Blueprint:
        """Return the routes."""
        routes = Blueprint("catalogs", __name__)
        routes.add_url_rule(f"/{_PATH}", "catalog", self.catalog)
        routes.add_url_rule(f"/{_PATH}.<suffix>", "catalog-as", self.catalog)
        return routes

    def catalog(self, suffix: str | None = None) -> Response:
        """Return the page of the catalogue that ``page=`` asks for, as it was in the release that ``release=`` names.

        So whoever goes from page to page reads one release, even if another one is switched to meanwhile.
        """
        release, number = single("release"), page_number()
        visit = Visit.of(self.current)
        if release and not visit.named:
            visit = replace(visit, serving=self._at(release))
        catalog = catalog_of(visit)
        asked = {**({"page": str(number)} if number > 1 else {}), **({"release": release} if release else {})}
        return Shown(visit.at(asked.items()), catalog, portion(catalog, number), asked).respond(suffix)

    def _at(self, release: str) -> Serving:
        if not self.current.releases.holds(release):
            message = told('release: there is none of this name, found "{release}"', release=release[:40])
            raise UnknownResource(message)
        return self.current.at(release)


@dataclass(frozen=True, slots=True)
class Shown:
    """A page of the catalogue, as one visitor gets it who ``asked`` so."""

    visit: Visit
    catalog: Catalog
    portion: Portion
    asked: Mapping[str, str]

    def respond(self, suffix: str | None) -> Response:
        """Return the variant of that suffix, or negotiate one; raises UnknownResource or NothingFits."""
        variant = self._variant(suffix)
        is_page = variant is HTML
        language = self.visit.language if is_page else ""
        varies = (("Accept", suffix is None), ("Accept-Language", is_page and not self.visit.chosen))
        reply = Reply(
            media_type=variant.offer.media_type,
            tag="-".join(filter(None, (_PATH, str(self.portion.number), self._release, variant.suffix, language))),
            vary=tuple(name for name, does in varies if does),
            location=self._address(variant, language),
            language=language,
            links=tuple(self._links(variant, suffix)),
            digest="" if is_page else self._digest(),
        )
        return reply.respond(self.visit, lambda: self._content(variant))

    def _digest(self) -> str:
        path = f"{_PATH}?page={self.portion.number}"
        return known_digest(self.visit, path, lambda: (self.portion.digest,))

    def _variant(self, suffix: str | None) -> Variant:
        if suffix is None:
            return chosen(request.headers.get("Accept", ""), DOCUMENT, self._alternates())
        for variant in DOCUMENT:
            if variant.suffix == suffix:
                return variant
        there = ", ".join(variant.suffix for variant in DOCUMENT)
        raise UnknownResource(told("{path}: expected one of the formats {there}", path=request.path, there=there))

    def _content(self, variant: Variant) -> bytes | str:
        if variant.syntax is None:
            files = Files.of(self.visit.serving.release.path)
            return catalogue_page(self.visit.view, self.catalog, files, self.portion, self._alternates())
        address = f"{published_base(self.visit)}{_PATH}.{variant.suffix}"
        prefixes = PREFIXES | self.visit.manifest.site.prefixes
        return written(self.portion.viewed(address, self._release), variant.syntax, prefixes)

    @property
    def _release(self) -> str:
        """The release that the addresses of other pages have to name."""
        return self.visit.manifest.version if self.portion.pages > 1 and not self.visit.named else ""

    def _alternates(self) -> list[tuple[str, str]]:
        return [(variant.offer.media_type, self._address(variant)) for variant in DOCUMENT]

    def _address(self, variant: Variant, language: str = "") -> str:
        asked = {**self.asked, **({"lang": language} if language else {})}
        return self.visit.href(f"{_PATH}.{variant.suffix}") + (f"?{urlencode(asked)}" if asked else "")

    def _page(self, variant: Variant, number: int) -> str:
        """Return the address of another page: of the same release, for programs; people need not stay in the past."""
        release = "" if variant is HTML else self._release
        return page_address(self.visit.href(f"{_PATH}.{variant.suffix}"), number, release)

    def _links(self, variant: Variant, suffix: str | None) -> Iterator[Link]:
        for media_type, address in self._alternates():
            describes_page = (suffix is None or variant is HTML) and media_type != HTML.offer.media_type
            yield Link(address, "alternate describedby" if describes_page else "alternate", media_type)
        for relation, number in self.portion.ways():
            if self.portion.pages > 1:
                name = "prev" if relation == "previous" else relation
                yield Link(self._page(variant, number), name, variant.offer.media_type)
        yield Link(f"{self.visit.manifest.site.base}{_PATH}", "canonical")
        yield Link(self.catalog.root.value, "cite-as")
        if variant is HTML:
            yield from translations(self.visit)
        yield from (*catalog_signposts(self.catalog, self.visit.href("")), service_description(self.visit.root))
        if suffix and variant is not HTML:
            yield Link(self.visit.href(_PATH), "describes", HTML.offer.media_type)
