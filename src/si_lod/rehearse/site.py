"""The site that is visited: where it runs, and which IRIs are its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Self
from urllib.parse import SplitResult, quote, urldefrag, urljoin, urlsplit

from si_lod.errors import InvalidSetting
from si_lod.sentences import told

_SAFE: Final = "/%?=&:;,+@!$'()*~-._"


@dataclass(frozen=True, slots=True)
class Site:
    """A site at ``url``, whose IRIs begin with ``base``; both end in a slash.

    A site can be rehearsed where it is not at home yet: an IRI below the base is visited below ``url``.
    """

    url: str
    base: str

    @classmethod
    def at(cls, url: str) -> Self:
        """Return the site at that address, its base not known yet; raises InvalidSetting for what is no address.

        The address of its catalogue, which is the one that is registered with portals, stands for the site's.
        """
        parts = _split(url)
        if not parts or parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
            message = told('expected the address of a site, such as "http://127.0.0.1:8000", found "{url}"', url=url)
            raise InvalidSetting(message)
        root = _without_catalogue(url).rstrip("/") + "/"
        return cls(root, root)

    def owns(self, iri: str) -> bool:
        """Return whether the IRI is below the site's base or its address."""
        return iri.startswith((self.base, self.url))

    def address(self, iri: str) -> str | None:
        """Return where the IRI is visited, or None if that is on another host, or is no address at all."""
        address = self.url + quote(iri.removeprefix(self.base), safe=_SAFE) if iri.startswith(self.base) else iri
        here, there = urlsplit(self.url), _split(address)
        return address if there and (there.scheme, there.netloc) == (here.scheme, here.netloc) else None

    def path(self, iri: str) -> str:
        """Return the path at which the IRI is visited, or nothing."""
        parts = _split(self.address(iri) or "")
        return parts.path if parts else ""

    def joined(self, address: str, link: str) -> str | None:
        """Return where a link at that address is visited, or None as above (RFC 3986 §5)."""
        try:
            return self.address(urldefrag(urljoin(address, link)).url)
        except ValueError:
            return None


def _without_catalogue(url: str) -> str:
    before, _, last = url.rpartition("/")
    return before if last.partition(".")[0] == "catalog" and urlsplit(before).netloc else url


def _split(address: str) -> SplitResult | None:
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return None
    return None if port == 0 else parts


def base_of(catalogue: str) -> str:
    """Return the base of the site whose catalogue has that IRI.

    >>> base_of("https://data.example.org/trees/id/catalog")
    'https://data.example.org/trees/'
    """
    before, found, _ = catalogue.rpartition("/id/")
    return f"{before}/" if found else catalogue.rpartition("/")[0] + "/"
