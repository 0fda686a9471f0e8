"""A feed of a release as its readers know it: a stream whose members stand in pages (LDES 1.0, TREE).

The view leads to every page, with the moments of the members on it; a page leads nowhere and says the same for ever, so
who has read it need not come back. What a release changed stands on pages of its own: a reader in whose midst another
release is switched to reads all of the one that he began with, and nothing of the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, parse

from si_lod.release import FEEDS, MOMENTS
from si_lod.serve.pages.vocabulary import SH, TYPE, XSD

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FOLDER: Final = FEEDS
_LONGEST: Final = 255
"""The most letters of the name of a feed, which is that of a folder."""
_AS: Final = "https://www.w3.org/ns/activitystreams#"
_LDES: Final = "https://w3id.org/ldes#"
_TREE: Final = "https://w3id.org/tree#"
_OBJECT, _PUBLISHED = f"{_AS}object", f"{_AS}published"
_DATE_TIME: Final = f"{XSD}dateTime"
PREFIXES: Final = {"as": _AS, "ldes": _LDES, "tree": _TREE, "sh": SH}


@dataclass(frozen=True, slots=True)
class Feed:
    """The feed whose pages are in ``folder``; its view has the address ``view``, each page one below that."""

    folder: Path
    view: str

    @classmethod
    def of(cls, release: Path, name: str, base: str) -> Feed | None:
        """Return the feed of that name in the release in the folder ``release``, or None if there is none."""
        folder = release / FOLDER / name
        is_plain = name.isascii() and name.isalpha() and len(name) <= _LONGEST
        return cls(folder.resolve(), f"{base}{FOLDER}/{name}") if is_plain and folder.is_dir() else None

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return sum(1 for path in self.folder.iterdir() if path.suffix == ".nq")

    def path(self, number: int) -> Path:
        """Return where the members of a page are."""
        return self.folder / f"{number}.nq"

    def root(self) -> Iterator[Quad]:
        """Yield the stream, the shape of its members, and the view with a relation to each page."""
        stream, view = f"{self.view}#stream", self.view
        yield _said(stream, TYPE, f"{_LDES}EventStream")
        yield _said(stream, f"{_LDES}timestampPath", _PUBLISHED)
        yield _said(stream, f"{_LDES}versionOfPath", _OBJECT)
        yield _said(stream, f"{_TREE}shape", f"{view}#shape")
        yield _said(stream, f"{_TREE}view", view)
        yield _said(view, TYPE, f"{_TREE}Node")
        yield from self._shape()
        for number, moments in enumerate(self._moments(), 1):
            yield from self._relations(number, moments)

    def page(self, number: int) -> Iterator[Quad]:
        """Yield a page: its members, each with the graph that it names."""
        quads = list(parse(path=str(self.path(number)), format=RdfFormat.N_QUADS))
        yield _said(f"{self.view}/{number}", TYPE, f"{_TREE}Node")
        for quad in quads:
            if quad.predicate.value == TYPE and isinstance(quad.graph_name, DefaultGraph):
                yield Quad(NamedNode(f"{self.view}#stream"), NamedNode(f"{_TREE}member"), quad.subject)
        yield from quads

    def _shape(self) -> Iterator[Quad]:
        shape, kinds = f"{self.view}#shape", {"object": (f"{SH}nodeKind", f"{SH}IRI")}
        kinds["published"] = (f"{SH}datatype", _DATE_TIME)
        yield _said(shape, TYPE, f"{SH}NodeShape")
        for name, (predicate, value) in kinds.items():
            part = f"{shape}-{name}"
            yield _said(shape, f"{SH}property", part)
            yield _said(part, f"{SH}path", _AS + name)
            yield _said(part, predicate, value)
            for bound in ("minCount", "maxCount"):
                yield _told(part, SH + bound, Literal("1", datatype=NamedNode(f"{XSD}integer")))

    def _moments(self) -> list[tuple[str, str]]:
        """Return the first and the last moment of each page, which the release knows, unless it is an old one."""
        told = self.folder.with_name(f"{self.folder.name}{MOMENTS}")
        if told.is_file():
            lines = (line.split() for line in told.read_text(encoding="utf-8").splitlines())
            return [(first, last) for first, last in lines]
        paths = map(self.path, range(1, self.pages + 1))
        return [_moments(path, path.stat().st_mtime_ns) for path in paths]

    def _relations(self, number: int, moments: tuple[str, str]) -> Iterator[Quad]:
        """Yield the relations to a page: all of its members are between two moments."""
        for name, moment in zip(("GreaterThanOrEqualTo", "LessThanOrEqualTo"), moments, strict=True):
            relation = f"{self.view}#{number}-{name}"
            yield _said(self.view, f"{_TREE}relation", relation)
            yield _said(relation, TYPE, f"{_TREE}{name}Relation")
            yield _said(relation, f"{_TREE}node", f"{self.view}/{number}")
            yield _said(relation, f"{_TREE}path", _PUBLISHED)
            yield _told(relation, f"{_TREE}value", Literal(moment, datatype=NamedNode(_DATE_TIME)))


@lru_cache(1024)
def _moments(path: Path, _: int) -> tuple[str, str]:
    """Return the first and the last moment of a page; the file's time tells it from another of its name."""
    quads = parse(path=str(path), format=RdfFormat.N_QUADS)
    found = sorted(
        quad.object.value
        for quad in quads
        if quad.predicate.value == _PUBLISHED
        and isinstance(quad.graph_name, DefaultGraph)
        and isinstance(quad.object, Literal)
    )
    return found[0], found[-1]


def _said(subject: str, predicate: str, target: str) -> Quad:
    return Quad(NamedNode(subject), NamedNode(predicate), NamedNode(target))


def _told(subject: str, predicate: str, value: Literal) -> Quad:
    return Quad(NamedNode(subject), NamedNode(predicate), value)
