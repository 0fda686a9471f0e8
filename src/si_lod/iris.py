"""The IRI design: every IRI of the site is minted and parsed here, from one pattern.

``{base}{space}/{reference}``: a thing has its IRI in ``id``, the document about it has the same reference in
``doc``, terms live in ``def`` (the pattern of the Dutch URI strategy). The base comes from the release and never
from a request, so the same data says the same on every host.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Self
from urllib.parse import urlsplit

from si_lod.errors import InvalidSetting
from si_lod.sentences import told

_SEGMENT: Final = r"[A-Za-z0-9]+(?:[._-]+[A-Za-z0-9]+)*"
# The characters of a URI and the percent sign (RFC 3986 §2); anything else would end an IRI where it is written.
_WRITABLE: Final = re.compile(r"[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]+")
_REFERENCE: Final = re.compile(rf"{_SEGMENT}(?:/{_SEGMENT})*")


class Space(StrEnum):
    """What an IRI's first path segment says that it names."""

    THING = "id"
    DOCUMENT = "doc"
    DEFINITION = "def"


_SPACES: Final = frozenset(Space)


def slug(iri: str) -> str:
    """Return the last part of an IRI, by which files and addresses are called that belong to a thing."""
    return iri.rpartition("/")[2]


def _is_plain(base: str) -> bool:
    try:
        parts = urlsplit(base)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc) and not parts.query and not parts.fragment


@dataclass(frozen=True, slots=True)
class IriDesign:
    """The IRIs below one base, which ends in a slash."""

    base: str

    @classmethod
    def of(cls, base: str) -> Self:
        """Return the design for ``base``; raises InvalidSetting unless it is an absolute http IRI ending in ``/``."""
        if not (base.endswith("/") and _WRITABLE.fullmatch(base) and _is_plain(base)):
            raise InvalidSetting(
                told(
                    "base: expected an absolute http or https IRI that ends in a slash, "
                    'such as "https://data.example.org/", found "{base}"',
                    base=base,
                )
            )
        return cls(base)

    def mint(self, space: Space, reference: str) -> str:
        """Return the IRI of ``reference`` in ``space``; the reference must be slugs joined by slashes."""
        if not _REFERENCE.fullmatch(reference):
            raise ValueError(f'expected slugs joined by slashes, found "{reference}"')
        return f"{self.base}{space}/{reference}"

    def parse(self, iri: str) -> tuple[Space, str] | None:
        """Return the space and reference that ``iri`` was minted from, or None if this design mints no such IRI."""
        if not iri.startswith(self.base):
            return None
        space, _, reference = iri[len(self.base) :].partition("/")
        if space not in _SPACES or not _REFERENCE.fullmatch(reference):
            return None
        return Space(space), reference

    def path(self, iri: str) -> str | None:
        """Return the part of ``iri`` after the base, which is its path below the application's root, or None."""
        return iri[len(self.base) :] if iri.startswith(self.base) else None
