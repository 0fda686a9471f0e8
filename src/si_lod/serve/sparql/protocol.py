"""The SPARQL 1.1 Protocol §2.1: what the fields of a request ask for, before anything is known of the query."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Self

from si_lod.errors import InvalidRequest, Refused
from si_lod.sentences import told
from si_lod.serve.sparql.fields import first, is_brief, values_of

if TYPE_CHECKING:
    from si_lod.serve.sparql.fields import Fields

PARAMETERS: Final = frozenset({"query", "default-graph-uri", "named-graph-uri", "format", "timeout", "size"})
"""What the address and a form may say: of the protocol, and what is added to it."""
_SECONDS: Final = re.compile(r"[0-9]{1,6}(\.[0-9]{1,6})?")
_LEAST_SECONDS: Final = 0.1
"""Whoever wants an answer sooner wants none: what is ended costs more than most answers."""


@dataclass(frozen=True, slots=True)
class Operation:
    """A query operation; ``query`` is None where there is none, ``format`` the name that ``format=`` gave.

    ``seconds`` is what ``timeout=`` gave, None where it is not there; ``is_brief`` says that what is short is to be
    led to its own address.
    """

    query: str | None
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]
    format: str
    seconds: float | None = None
    size: str = ""
    is_brief: bool = False

    @classmethod
    def of(cls, fields: Fields) -> Self:
        """Return the operation that a request with these fields describes.

        Raises InvalidRequest (several queries, no time) or Refused (an update).
        """
        if any(name == "update" for name, _ in fields):
            raise Refused(told("update: this endpoint only reads; send a query"))
        queries = values_of(fields, "query")
        if len(queries) > 1:
            raise InvalidRequest(told("query: expected one, found {number}", number=len(queries)))
        return cls(
            # What an editor of files may put before a text (RFC 3629 §6).
            query=queries[0].removeprefix("\ufeff") if queries else None,
            default_graphs=values_of(fields, "default-graph-uri"),
            named_graphs=values_of(fields, "named-graph-uri"),
            format=first(fields, "format"),
            seconds=_seconds(first(fields, "timeout")),
            size=first(fields, "size"),
            is_brief=is_brief(fields),
        )


def _seconds(text: str) -> float | None:
    """Return the seconds that ``timeout=`` asks for; raises InvalidRequest unless they are a number of some size."""
    if not text:
        return None
    if not _SECONDS.fullmatch(text) or float(text) < _LEAST_SECONDS:
        raise InvalidRequest(
            told(
                'timeout: expected seconds such as 5 or 0.5, at least {least}, found "{found}"',
                least=_LEAST_SECONDS,
                found=text[:20],
            )
        )
    return float(text)
