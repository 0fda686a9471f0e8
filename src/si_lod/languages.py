"""The languages of the EU's authority table, as the tags by which texts tell theirs."""

from __future__ import annotations

import re
from typing import Final

from babel.core import get_global

LANGUAGE: Final = "http://purl.org/dc/terms/language"
"""The property that says in which language a work is written."""

_AUTHORITY: Final = re.compile(r"http://publications\.europa\.eu/resource/authority/language/([A-Z]{3})")


def language_code(iri: str) -> str | None:
    """Return the tag (BCP 47) of a language of the EU's authority table, or None for any other IRI."""
    found = _AUTHORITY.fullmatch(iri)
    return get_global("language_aliases").get(found[1].lower(), found[1].lower()) if found else None
