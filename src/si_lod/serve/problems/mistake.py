"""What the problem details of a query say besides the message."""

from __future__ import annotations

from typing import TYPE_CHECKING

from si_lod.errors import InvalidQuery, InvalidSyntax
from si_lod.sentences import say

if TYPE_CHECKING:
    from si_lod.errors import ClientError


def members(error: ClientError, language: str) -> tuple[tuple[str, object], ...]:
    """Return what the problem details of a query have beside the usual (RFC 9457 §3.2).

    ``line`` and ``column`` count from 1; ``token`` is what stands there, ``expected`` a list of what could, in
    words, and ``suggestion`` a form that is near and right, in SPARQL.
    """
    if not isinstance(error, InvalidQuery) or error.line is None:
        return ()
    place: tuple[tuple[str, object], ...] = (("line", error.line), ("column", error.column))
    if not isinstance(error, InvalidSyntax):
        return place
    expected = [say(each, language) for each in error.expected]
    known = (("token", error.token), ("expected", expected), ("suggestion", error.suggestion))
    return (*place, *((name, value) for name, value in known if value))
