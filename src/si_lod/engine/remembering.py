"""What is remembered: a release never changes, so the same query or look-up in it has the same answer."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from hashlib import sha256
from operator import attrgetter
from threading import Lock
from typing import TYPE_CHECKING, Final, NamedTuple

from cachetools import LRUCache

from si_lod.engine.evaluation import Result

if TYPE_CHECKING:
    from pyoxigraph import Triple

    from si_lod.engine.evaluation import Query, QueryRequest

_SHARE: Final = 8
"""An answer larger than this part of the whole is not remembered."""

Key = tuple[object, ...]
"""What a look-up depends on."""

_ENTRY: Final = 1024
"""What an answer takes besides its bytes: its key, its place in the list of the last, and the objects around it."""

_QUERIES: Final = 8 * 1024 * 1024
"""How many bytes of admitted queries are remembered."""
_CHARACTER: Final = 4
"""The most bytes of a character in memory."""
_GRAPHS: Final = 10

_TERM: Final = 64
"""What a term takes besides its text."""


def key_of(release: str, request: QueryRequest) -> bytes:
    """Return a digest of all that the answer depends on, so a key is small however long the query and its graphs."""
    parts = (release, request.query.plain, request.format.media_type, request.default_graphs, request.named_graphs)
    return sha256(repr(parts).encode()).digest()


@dataclass(slots=True)
class RememberedQueries:
    """The long queries that were admitted last: to judge one takes longer than to answer it from memory."""

    _found: LRUCache[bytes, Query] = field(default_factory=lambda: LRUCache(_QUERIES, getsizeof=_room))
    _lock: Lock = field(default_factory=Lock)

    def get(self, text: str) -> Query | None:
        """Return the query that the text is, if it was admitted before."""
        with self._lock:
            found = self._found.get(_digest(text))
        return found and replace(found, text=text, plain=found.plain or text)

    def put(self, query: Query) -> None:
        """Remember what is known of the query, not its text if it is plain; one of many graphs is not remembered."""
        plain = "" if query.plain == query.text else query.plain
        if len(query.graphs) <= _GRAPHS:
            with self._lock:
                self._found[_digest(query.text)] = replace(query, text="", plain=plain)


def _room(query: Query) -> int:
    return _ENTRY + _CHARACTER * len(query.plain)


def _digest(text: str) -> bytes:
    return sha256(text.encode("utf-8", "surrogatepass")).digest()


class _Kept(NamedTuple):
    result: Result
    size: int


@dataclass(slots=True)
class Remembered:
    """The answers asked for last, at most ``most`` bytes of memory in all; safe for several threads."""

    most: int
    admitted: RememberedQueries = field(default_factory=RememberedQueries)
    _answers: LRUCache[bytes, _Kept] = field(init=False)
    _lock: Lock = field(default_factory=Lock)

    def __post_init__(self) -> None:
        self._answers = LRUCache(max(self.most, 1), getsizeof=attrgetter("size"))

    def held(self) -> int:
        """Return how many bytes are remembered."""
        return int(self._answers.currsize)

    def get(self, release: str, request: QueryRequest) -> Result | None:
        """Return the answer, if it is remembered and not larger than the request wants."""
        with self._lock:
            found = self._answers.get(key_of(release, request))
        fits = found is not None and len(found.result.body) <= (request.most or self.most)
        return found.result if found is not None and fits else None

    def put(self, release: str, request: QueryRequest, result: Result) -> None:
        """Remember the answer, unless it is large or another evaluation could have another."""
        key = key_of(release, request)
        size = len(result.body) + _ENTRY
        if request.query.repeatable and size <= self.most // _SHARE:
            kept = _Kept(Result(result.media_type, result.content), size)
            with self._lock:
                self._answers[key] = kept


class _Triples(NamedTuple):
    triples: tuple[Triple, ...]
    size: int


@dataclass(slots=True)
class RememberedMatches:
    """What was looked up last, at most about ``most`` bytes of it; safe for several threads."""

    most: int
    _found: LRUCache[Key, _Triples] = field(init=False)
    _lock: Lock = field(default_factory=Lock)

    def __post_init__(self) -> None:
        self._found = LRUCache(self.most, getsizeof=attrgetter("size"))

    def held(self) -> int:
        """Return how many bytes are remembered."""
        return int(self._found.currsize)

    def get(self, key: Key) -> tuple[Triple, ...] | None:
        """Return the triples, if they are remembered."""
        with self._lock:
            found = self._found.get(key)
        return None if found is None else found.triples

    def put(self, key: Key, triples: tuple[Triple, ...]) -> None:
        """Remember the triples, unless they are large."""
        size = _ENTRY + sum(map(_size, key)) + sum(_TERM + _size(term) for triple in triples for term in triple)
        if size <= self.most // _SHARE:
            with self._lock:
                self._found[key] = _Triples(triples, size)


def _size(part: object) -> int:
    """Return the bytes of text in a term or a part of a key."""
    return len(str(part).encode())
