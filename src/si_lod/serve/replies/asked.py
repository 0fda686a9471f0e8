"""What the release has for a query string: a page, and the same for programs, each in the reader's language."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from flask import request

from si_lod.errors import InvalidRequest, UnknownResource
from si_lod.sentences import told
from si_lod.serve.replies.links import Link, translations
from si_lod.serve.replies.reply import Reply
from si_lod.serve.replies.variants import HTML, Variant, chosen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from flask import Response

    from si_lod.engine.spool import Spooled
    from si_lod.errors import ClientError
    from si_lod.serve.visit import Visit

    Parameters = Sequence[tuple[str, str]]
    Page = Callable[[Sequence[tuple[str, str]]], str]


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found: ``makers`` make each variant for programs, ``page`` the page with links to all of them.

    ``parameters`` are those that mean something here, ``links`` relations to other such answers.
    """

    parameters: Parameters
    makers: Mapping[Variant, Callable[[], bytes | str | Spooled]]
    page: Page
    links: Iterable[Link] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """What is at ``path`` (below the root) for the parameters ``sent``; ``find`` finds it, if the client has it not.

    There are the ``formats`` for programs, and a page, which goes to who names no preference, unless the address is
    that of a file, which ``is_file`` says: then ``format=`` and no suffix names the variant. ``meant`` says that each
    parameter sent means something, so that the other variants are known, also to who has this one, before anything is
    looked for.
    """

    visit: Visit
    path: str
    sent: Parameters
    formats: Sequence[Variant]
    find: Callable[[], Findings]
    is_file: bool = field(default=False, kw_only=True)
    meant: bool = field(default=False, kw_only=True)

    def respond(self, suffix: str | None) -> Response:
        """Return the variant of that suffix, or that ``format=`` names, or negotiate one.

        Raises UnknownResource for a suffix that there is not, InvalidRequest for such a format, NothingFits if none of
        them is accepted, and what ``find`` raises. Parameters that mean nothing are in no link.
        """
        named = (single("format") or None) if suffix is None else suffix
        variant = self._variant(suffix, named)
        varies = (("Accept", named is None), ("Accept-Language", not self.visit.chosen))
        found = cache(self.find)
        # What else than the parameters means something is known when it is looked for.
        links = tuple(self._links(variant, self.sent)) if self.meant or not self.sent else ()
        reply = Reply(
            media_type=variant.offer.media_type,
            tag=self._tag(variant),
            vary=tuple(name for name, does in varies if does),
            location=self._address(variant, self.sent, ("lang", self.visit.language)),
            language=self.visit.language,
            links=links,
            late=lambda: [*(() if links else self._links(variant, found().parameters)), *found().links],
        )
        return reply.respond(self.visit, lambda: self._content(variant, found()))

    def _variant(self, suffix: str | None, named: str | None) -> Variant:
        variants = self._variants()
        if named is None:
            return chosen(request.headers.get("Accept", ""), variants, self._alternates(self.sent))
        if suffix and (other := single("format")) not in {"", suffix}:
            raise InvalidRequest(
                told('format: the address names {suffix}, found "{found}"', suffix=suffix, found=other[:40])
            )
        found = next((variant for variant in variants if variant.suffix == named), None)
        if found is None:
            raise _none_of(variants, named, is_address=suffix is not None)
        return found

    def _content(self, variant: Variant, found: Findings) -> bytes | str | Spooled:
        return found.page(self._alternates(found.parameters)) if variant is HTML else found.makers[variant]()

    def _variants(self) -> list[Variant]:
        return [*self.formats, HTML] if self.is_file else [HTML, *self.formats]

    def _alternates(self, parameters: Parameters) -> list[tuple[str, str]]:
        return [(variant.offer.media_type, self._address(variant, parameters)) for variant in self._variants()]

    def _links(self, variant: Variant, parameters: Parameters) -> Iterator[Link]:
        for media_type, address in self._alternates(parameters):
            yield Link(address, "alternate", media_type)
        if variant is HTML:
            yield from translations(self.visit.at(parameters))

    def _address(self, variant: Variant, parameters: Parameters, *more: tuple[str, str]) -> str:
        kept = [("lang", self.visit.language)] if self.visit.chosen and not more else list(more)
        named = [("format", variant.suffix)] if self.is_file else []
        query = urlencode([*parameters, *named, *kept])
        path = self.path if self.is_file else f"{self.path}.{variant.suffix}"
        return self.visit.href(path) + (f"?{query}" if query else "")

    def _tag(self, variant: Variant) -> str:
        asked = hashlib.sha256(urlencode(self.sent).encode()).hexdigest()[:20]
        return "-".join((self.path.replace("/", "."), asked, variant.suffix, self.visit.language))


def _none_of(variants: Sequence[Variant], found: str, *, is_address: bool) -> ClientError:
    """Return that there is no such format: nothing at the address with its suffix, or a parameter that is wrong."""
    there = ", ".join(variant.suffix for variant in variants)
    if is_address:
        return UnknownResource(told("{path}: expected one of the formats {there}", path=request.path, there=there))
    return InvalidRequest(told('format: expected one of {formats}, found "{found}"', formats=there, found=found[:40]))


def single(name: str) -> str:
    """Return the one value of a parameter, empty if it is not there; raises InvalidRequest if it has several."""
    values = request.args.getlist(name)
    if len(values) > 1:
        raise InvalidRequest(told("{name}: expected one value, found {number}", name=name[:40], number=len(values)))
    return values[0] if values else ""


def page_number() -> int:
    """Return the page that ``page=`` asks for, 1 if it asks for none; raises InvalidRequest.

    Who fills in a template of addresses leaves what he does not know empty (OpenSearch 1.1, draft 6).
    """
    text = single("page") or "1"
    if not (text.isascii() and text.isdigit() and len(text) < 10):  # noqa: PLR2004  nothing has a page so far away
        raise InvalidRequest(told('page: expected a whole number from 1, found "{text}"', text=text[:40]))
    return int(text)
