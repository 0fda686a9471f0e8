"""What a site tells crawlers where to go: robots.txt (RFC 9309) and the sitemap (sitemaps.org 0.9)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin
from xml.etree.ElementTree import Element, ParseError, fromstring

from protego import Protego

from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Mapping

    from si_lod.rehearse.site import Site
    from si_lod.rehearse.visiting import Visitor

_NAMESPACE: Final = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
_BARRED: Final = "User-agent: *\nDisallow: /"
_FAILED: Final = 500
_PARTS: Final = 50
"""How many parts of a sitemap are read; each may have 50,000 addresses."""


def robots_address(site: Site) -> str:
    """Return where crawlers look for the rules of a site."""
    return urljoin(site.url, "/robots.txt")


@dataclass(frozen=True, slots=True)
class Robots:
    """What robots.txt says; without one everything may be visited, and nothing while its server fails."""

    rules: Protego
    site: Site

    @classmethod
    def of(cls, visitor: Visitor) -> Robots:
        """Return the rules of the host that is visited; below a path, too, they stand at its root (RFC 9309 §2.3)."""
        answer = visitor.get(robots_address(visitor.site))
        text = answer.content.decode(errors="replace") if answer.well else ""
        # What cannot be reached bars everything, what is not there nothing (RFC 9309 §2.3.1.3, §2.3.1.4).
        return cls(Protego.parse(_BARRED if answer.status >= _FAILED else text), visitor.site)

    def allow(self, address: str, robot: str = "*") -> bool:
        """Return whether the robot may visit the address; the rules are for where the site is at home."""
        here = address.startswith(self.site.url)
        at_home = f"{self.site.base}{address.removeprefix(self.site.url)}" if here else address
        return bool(self.rules.can_fetch(at_home, robot))


@dataclass(frozen=True, slots=True)
class Sitemap:
    """When each address in the sitemap last changed, empty where it does not say; ``fault`` if there is none.

    It is not ``whole`` if it has more parts than are read.
    """

    changed: Mapping[str, str]
    fault: str = ""
    whole: bool = True

    @classmethod
    def of(cls, visitor: Visitor) -> Sitemap:
        """Return the sitemap of the site, with its parts if it is an index."""
        changed: dict[str, str] = {}
        parts, whole = [visitor.site.url + "sitemap.xml"], True
        for number, part in enumerate(parts):
            answer = visitor.get(part)
            if not answer.well:
                return cls(changed, told("{part} answers: {outcome}", part=part, outcome=answer.outcome))
            try:
                # The parser itself bounds what entities may grow to (expat 2.4.1 and later).
                root = fromstring(answer.content)  # noqa: S314
            except ParseError as error:
                return cls(changed, told("{part} is no XML: {error}", part=part, error=error))
            if number == 0:
                listed = [_text(entry, "loc") for entry in root.iter(f"{_NAMESPACE}sitemap")]
                parts, whole = [*parts, *listed[:_PARTS]], len(listed) <= _PARTS
            changed |= {_text(entry, "loc"): _text(entry, "lastmod") for entry in root.iter(f"{_NAMESPACE}url")}
        return cls(changed, whole=whole)


def _text(entry: Element, name: str) -> str:
    return (entry.findtext(f"{_NAMESPACE}{name}") or "").strip()
