"""A search by words: every word or its beginning, in any language, with or without accents; names before texts."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from si_lod.index.file import Index

MOST: Final = 5000
"""How many records are looked at; a query that fits more of them is told so."""

MOST_WORDS: Final = 16
LONGEST_WORD: Final = 100
_WORD: Final = re.compile(r'"([^"]+)"|([^\s"]+)')
_OPEN, _CLOSE = "\x02", "\x03"
_WORDS_AROUND: Final = 28

_FITTING: Final = """
SELECT search.rowid, things.iri, things.kind, search.language, search.name, bm25(search, 12.0, 9.0, 6.0, 1.0)
FROM search JOIN things ON things.id = search.thing WHERE search MATCH ? AND (? = '' OR things.kind = ?) LIMIT ?"""
_SHOWN: Final = f"""
SELECT highlight(search, 1, '{_OPEN}', '{_CLOSE}'), snippet(search, 3, '{_OPEN}', '{_CLOSE}', '…', {_WORDS_AROUND})
FROM search WHERE search MATCH ? AND rowid = ?"""  # noqa: S608  texts of our own
_NAMED: Final = "SELECT highlight(search, 0, ?, ?) FROM search WHERE search MATCH ? AND rowid = ?"

Piece = tuple[str, bool]
"""Some text, and whether it is what was looked for."""


@dataclass(frozen=True, slots=True)
class Match:
    """A thing that fits, by the record that fits best; ``language`` is that record's, empty if no one knows it."""

    iri: str
    kind: str
    language: str
    record: int


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found: the best first, and how many of each kind there are whatever kind was asked for.

    ``more`` says that not all of what fits was looked at.
    """

    matches: Sequence[Match]
    kinds: Counter[str]
    more: bool


def expression(words: str) -> str:
    """Return the words as an FTS5 query that cannot be misread: quoted, each one also as a beginning.

    What stands between quotation marks is looked for as it stands. Empty if there is nothing to look for.
    """
    text = "".join(c if c.isprintable() else " " for c in unicodedata.normalize("NFKC", words))
    parts = []
    for phrase, word in _WORD.findall(text):
        found = (phrase or word)[:LONGEST_WORD]
        if any(character.isalnum() for character in found):
            parts.append(f'"{found}"' if phrase else f'"{found}"*')
    return " ".join(parts[:MOST_WORDS])


@dataclass(frozen=True, slots=True)
class Taste:
    """What a reader would rather see: ``languages`` and ``kinds``, the dearest first."""

    languages: Sequence[str]
    kinds: Sequence[str] = ()

    def foreign(self, language: str) -> int:
        """Return how far a language is from the reader's own, 0 for that and for what is in no language."""
        tags = (f"{tag.lower()}-" for tag in self.languages)
        places = [place for place, tag in enumerate(tags) if f"{language}-".startswith(tag)]
        return min(places, default=len(self.languages) if language else 0)

    def odd(self, kind: str) -> int:
        """Return how far a class is from those that the reader came for."""
        return self.kinds.index(kind) if kind in self.kinds else len(self.kinds)


def search(index: Index, words: str, taste: Taste, kind: str = "") -> Found:
    """Return the things that have all ``words``, those of class ``kind`` only if it is not empty.

    A thing that is called exactly so comes first, then one whose name begins so; then language and kind decide by
    ``taste``. Among these, the more of it the words are, the better. An index that cannot be read is an error of
    sqlite3, which goes through: it says nothing of what there is.
    """
    asked = expression(words)
    if not asked:
        return Found((), Counter(), more=False)
    rows = _fitting(index, asked, kind)
    everything = _fitting(index, asked, "") if kind else rows
    kinds = Counter(found for _, found in {(row[1], row[2]) for row in everything})
    best: dict[str, tuple[tuple[float, ...], Match]] = {}
    sought = _folded(words.replace('"', " "))
    for record, iri, found, language, name, score in rows:
        closeness, odd = _closeness(sought, name), taste.odd(found)
        # Which of the dear kinds it is decides only between things of the same name.
        oddness = odd if closeness == 0 else int(odd == len(taste.kinds))
        order = (closeness, taste.foreign(language), oddness, score)
        if iri not in best or order < best[iri][0]:
            best[iri] = order, Match(iri, found, language, record)
    matches = [match for _, match in sorted(best.values(), key=lambda pair: (pair[0], pair[1].record))]
    return Found(matches, kinds, more=len(everything) > MOST)


def excerpt(index: Index, words: str, match: Match) -> list[Piece]:
    """Return some of what is said of the thing around the words, or the other name that has them."""
    for alternative, text in index.rows(_SHOWN, (expression(words), match.record)):
        shown = alternative if _OPEN in alternative and _OPEN not in text else text
        return _pieces(shown.replace("\n", " · " if shown is alternative else " "))
    return []


def marked(index: Index, words: str, match: Match, name: str) -> list[Piece]:
    """Return the name in pieces; nothing if it has none of the words, or is not in the record that fits best."""
    for (names,) in index.rows(_NAMED, (_OPEN, _CLOSE, expression(words), match.record)):
        for pieces in map(_pieces, names.split("\n")):
            if "".join(text for text, _ in pieces) == name and any(is_sought for _, is_sought in pieces):
                return pieces
    return []


def _fitting(index: Index, asked: str, kind: str) -> Sequence[tuple[int, str, str, str, str, float]]:
    return index.rows(_FITTING, (asked, kind, kind, MOST + 1))


def _closeness(sought: str, names: str) -> int:
    """Return 0 if one of the names is what is sought, 1 if one begins so, else 2."""
    called = [_folded(name) for name in names.split("\n")]
    if sought in called:
        return 0
    return 1 if any(name.startswith(sought) for name in called) else 2


def _folded(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", " ".join(text.split()))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


def _pieces(text: str) -> list[Piece]:
    pieces = []
    for part in text.split(_OPEN):
        marked, closed, plain = part.partition(_CLOSE)
        pieces += [(marked, True), (plain, False)] if closed else [(part, False)]
    return [piece for piece in pieces if piece[0]]
