"""What a query leaves out by itself: rows by LIMIT and OFFSET, and all that is in the default graph by GRAPH."""

from __future__ import annotations

from typing import TYPE_CHECKING

from si_lod.engine.diagnosis.stopping.pieces import spelled
from si_lod.engine.text.tokens import Kind
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from si_lod.engine.text.tokens import Token


def elsewhere(read: Sequence[Token], graphs: Iterable[str]) -> Iterator[str]:
    """Yield what is asked of named graphs where there are none: of these by the protocol, or by the query itself."""
    for graph in graphs:
        yield told(
            "the release has no graph {graph}: everything is in the default graph; ask without it", graph=f"<{graph}>"
        )
    for place in _places(read, "GRAPH"):
        said = spelled(read[place : place + 2])
        yield told("{said} finds nothing: this release has everything in the default graph; leave it out", said=said)


def cut(read: Sequence[Token]) -> Iterator[str]:
    """Yield what leaves out rows, so that none may be left although some fit."""
    for place in (*_places(read, "LIMIT"), *_places(read, "OFFSET")):
        piece = read[place : place + 2]
        number, is_limit = piece[-1].text.lstrip("0"), piece[0].text.upper() == "LIMIT"
        if is_limit and not number:
            yield told("{said} leaves no row", said=spelled(piece))
        elif number and not is_limit:
            yield told("{said} leaves out so many rows, which may be all that fit", said=spelled(piece))


def _places(read: Sequence[Token], word: str) -> list[int]:
    """Return where the word stands with something behind it."""
    found = enumerate(read[:-1])
    return [place for place, token in found if token.kind is Kind.WORD and token.text.upper() == word]
