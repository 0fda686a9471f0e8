"""What is asked of the release by a query string: a page, and the same for programs, each in the reader's language.

Parameters that mean nothing here are left out of every address that is told.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from flask import request

from si_lod.errors import InvalidRequest
from si_lod.sentences import told
from si_lod.serve.replies.links import Link, translations
from si_lod.serve.replies.reply import Reply
from si_lod.serve.replies.variants import HTML, Variant, chosen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from flask import Response

    from si_lod.serve.visit import Visit

    Page = Callable[[Sequence[tuple[str, str]]], str]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is at ``path`` (below the root) with ``parameters``; ``links`` are relations to other such answers.

    ``makers`` make each variant for programs. A page goes to who names no preference, unless the address is that of a
    file, which ``is_file`` says: then ``format=`` and no suffix names the variant. ``told`` is what else the page says
    of the request.
    """

    visit: Visit
    path: str
    parameters: Sequence[tuple[str, str]]
    makers: Mapping[Variant, Callable[[], bytes | str]]
    page: Page
    links: Sequence[Link] = ()
    is_file: bool = False
    told: str = ""

    def respond(self, suffix: str | None) -> Response:
        """Return the variant of that suffix, or that ``format=`` names, or negotiate one.

        Raises InvalidRequest for a format that there is not, NothingFits if none of them is accepted.
        """
        suffix = suffix or request.args.get("format")
        variants = self._variants()
        variant = (
            chosen(request.headers.get("Accept", ""), variants, self._alternates())
            if suffix is None
            else _named(suffix, variants)
        )
        varies = (("Accept", suffix is None), ("Accept-Language", not self.visit.chosen))
        reply = Reply(
            media_type=variant.offer.media_type,
            tag=self._tag(variant),
            vary=tuple(name for name, does in varies if does),
            location=self._address(variant, ("lang", self.visit.language)),
            language=self.visit.language,
            links=(*self._alternate_links(), *(translations(self.visit) if variant is HTML else ()), *self.links),
        )
        return reply.respond(self.visit, lambda: self._content(variant))

    def _content(self, variant: Variant) -> bytes | str:
        return self.page(self._alternates()) if variant is HTML else self.makers[variant]()

    def _variants(self) -> list[Variant]:
        return [*self.makers, HTML] if self.is_file else [HTML, *self.makers]

    def _alternates(self) -> list[tuple[str, str]]:
        return [(variant.offer.media_type, self._address(variant)) for variant in self._variants()]

    def _alternate_links(self) -> Iterator[Link]:
        for media_type, address in self._alternates():
            yield Link(address, "alternate", media_type)

    def _address(self, variant: Variant, *more: tuple[str, str]) -> str:
        kept = [("lang", self.visit.language)] if self.visit.chosen and not more else list(more)
        named = [("format", variant.suffix)] if self.is_file else []
        query = urlencode([*self.parameters, *named, *kept])
        path = self.path if self.is_file else f"{self.path}.{variant.suffix}"
        return self.visit.href(path) + (f"?{query}" if query else "")

    def _tag(self, variant: Variant) -> str:
        asked = hashlib.sha256(f"{urlencode(self.parameters)} {self.told}".encode()).hexdigest()[:20]
        return "-".join((self.path.replace("/", "."), asked, variant.suffix, self.visit.language))


def _named(suffix: str, variants: Sequence[Variant]) -> Variant:
    for variant in variants:
        if variant.suffix == suffix:
            return variant
    there = ", ".join(variant.suffix for variant in variants)
    raise InvalidRequest(told('format: expected one of {formats}, found "{found}"', formats=there, found=suffix[:40]))


def page_number() -> int:
    """Return the page that ``page=`` asks for, 1 if it asks for none; raises InvalidRequest."""
    text = request.args.get("page", "1")
    if not (text.isascii() and text.isdigit() and len(text) < 10):  # noqa: PLR2004  nothing has a page so far away
        raise InvalidRequest(told('page: expected a whole number, found "{text}"', text=text[:40]))
    return int(text)
