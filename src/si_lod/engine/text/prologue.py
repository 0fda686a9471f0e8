"""What a query declares before its first keyword, and the names that lean on it (SPARQL 1.1 §4.1)."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Self
from urllib.parse import urljoin

from si_lod.engine.text.tokens import Kind
from si_lod.errors import InvalidSyntax
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from si_lod.engine.text.tokens import Token


@dataclass(frozen=True, slots=True)
class Prologue:
    """The declarations at the beginning: how many tokens they are, the IRI of each prefix, and the base or nothing."""

    length: int
    prefixes: Mapping[str, str]
    base: str

    @classmethod
    def of(cls, read: Sequence[Token]) -> Self:
        """Return the prologue of the query; it ends where something else than a declaration begins.

        A relative IRI is resolved by the BASE before it (SPARQL 1.1 §4.1.1).
        """
        prefixes: dict[str, str] = {}
        at, base = 0, ""
        while at + 1 < len(read):
            word, first, second = (read[at].text.upper(), read[at + 1], read[at + 2] if at + 2 < len(read) else None)
            if word == "BASE" and first.kind is Kind.IRI:
                base = _joined(base, first.text[1:-1])
                at += 2
            elif word == "PREFIX" and first.text.endswith(":") and second is not None and second.kind is Kind.IRI:
                prefixes[first.text[:-1]] = _joined(base, second.text[1:-1])
                at += 3
            else:
                break
        return cls(at, prefixes, base)

    def check(self, read: Sequence[Token]) -> None:
        """Raise InvalidSyntax at the first name whose prefix is not declared."""
        for token in read[self.length :]:
            prefix = token.text.partition(":")[0]
            if token.kind is Kind.NAME and prefix not in self.prefixes:
                raise InvalidSyntax(
                    told(
                        'the prefix "{prefix}:" is not declared; write "PREFIX {prefix}: <...>" before the query',
                        prefix=prefix,
                    ),
                    line=token.line,
                    column=token.column,
                )

    def graphs(self, read: Sequence[Token]) -> Iterator[str]:
        """Return the IRIs of the graphs that FROM and FROM NAMED name (SPARQL 1.1 §13.2)."""
        for before, token in pairwise(read):
            if before.kind is Kind.WORD and before.text.upper() in {"FROM", "NAMED"}:
                graph = self.resolved(token)
                if graph:
                    yield graph

    def resolved(self, token: Token) -> str:
        """Return the IRI that the token names; nothing if it names none.

        The backslash before a mark in a name is not of the IRI (SPARQL 1.1 §19.8, PN_LOCAL_ESC).
        """
        if token.kind is Kind.IRI:
            return _joined(self.base, token.text[1:-1])
        prefix, _, local = token.text.partition(":")
        return self.prefixes.get(prefix, "") + local.replace("\\", "") if token.kind is Kind.NAME else ""


def _joined(base: str, reference: str) -> str:
    """Return the IRI of the reference; an empty fragment stays, with which most namespaces end (RFC 3986 §5.3)."""
    joined = urljoin(base, reference)
    return f"{joined}#" if reference.endswith("#") and not joined.endswith("#") else joined
