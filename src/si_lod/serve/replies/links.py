"""The links of an answer, in its Link header (RFC 8288) and in linksets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from werkzeug.urls import iri_to_uri

from si_lod.serve.replies.variants import HTML

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from si_lod.serve.visit import Visit


LONGEST: Final = 2000
"""The most bytes of an address in a header; a page has it in full, and a proxy refuses an answer whose head is long."""


@dataclass(frozen=True, slots=True)
class Link:
    """One link of the Link header (RFC 8288 §3); ``language`` is a tag, or ``x-default`` for one that is chosen."""

    target: str
    relation: str
    media_type: str = ""
    language: str = ""
    profile: str = ""

    def __str__(self) -> str:
        """Return the link as the header has it."""
        told = (("type", self.media_type), ("hreflang", self.language), ("profile", self.profile))
        parameters = "".join(f'; {name}="{value}"' for name, value in told if value)
        return f'<{iri_to_uri(self.target)}>; rel="{self.relation}"{parameters}'

    def members(self) -> dict[str, str]:
        """Return the link as a linkset has it, below its relation (RFC 9264 §4.2.3)."""
        told = (("href", iri_to_uri(self.target)), ("type", self.media_type), ("profile", self.profile))
        return {name: value for name, value in told if value}


def header(links: Iterable[Link]) -> str:
    """Return the links as the header has them, but for those to addresses that are too long for one."""
    return ", ".join(str(link) for link in links if len(iri_to_uri(link.target)) <= LONGEST)


def translations(visit: Visit) -> Iterator[Link]:
    """Yield the links to the page that was asked for in each language, and in the one that its reader prefers."""
    view = visit.view
    for tag in visit.manifest.site.languages:
        yield Link(view.switch(tag), "alternate", HTML.offer.media_type, tag)
    yield Link(view.unchosen(), "alternate", HTML.offer.media_type, "x-default")
