"""The site that is visited: where it runs, and which IRIs are its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self
from urllib.parse import quote, urlsplit

from si_lod.errors import InvalidSetting
from si_lod.sentences import told


@dataclass(frozen=True, slots=True)
class Site:
    """A site at ``url``, whose IRIs begin with ``base``; both end in a slash.

    A site can be rehearsed where it is not at home yet: an IRI below the base is visited below ``url``.
    """

    url: str
    base: str

    @classmethod
    def at(cls, url: str) -> Self:
        """Return the site at that address, its base not known yet; raises InvalidSetting for what is no address."""
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
            message = told('expected the address of a site, such as "http://127.0.0.1:8000", found "{url}"', url=url)
            raise InvalidSetting(message)
        root = url.rstrip("/") + "/"
        return cls(root, root)

    def owns(self, iri: str) -> bool:
        """Return whether the IRI is below the site's base or its address."""
        return iri.startswith((self.base, self.url))

    def address(self, iri: str) -> str | None:
        """Return where the IRI is visited, or None if that is on another host."""
        if iri.startswith(self.base):
            return self.url + quote(iri.removeprefix(self.base), safe="/%?=&:;,+@!$'()*~-._")
        here, there = urlsplit(self.url), urlsplit(iri)
        return iri if (there.scheme, there.netloc) == (here.scheme, here.netloc) else None

    def path(self, iri: str) -> str:
        """Return the path that a visitor would ask for, which robots.txt speaks of."""
        return urlsplit(self.address(iri) or iri).path


def base_of(catalogue: str) -> str:
    """Return the base of the site whose catalogue has that IRI.

    >>> base_of("https://data.example.org/trees/id/catalog")
    'https://data.example.org/trees/'
    """
    before, found, _ = catalogue.rpartition("/id/")
    return f"{before}/" if found else catalogue.rpartition("/")[0] + "/"
