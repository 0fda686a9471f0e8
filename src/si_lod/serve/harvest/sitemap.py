"""Every page that a search engine should know, with the day on which it last changed (Sitemaps 0.9).

A page changes when what is said of its thing does. Where there are more than one file may list, there is a file for
each fifty thousand of a data set's pages and an index of the files, so a crawler reads again only what has changed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape

from si_lod.iris import Space, slug
from si_lod.serve.harvest.things import Things, placed
from si_lod.serve.pages.vocabulary import DCT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from pyoxigraph import NamedNode

    from si_lod.iris import IriDesign
    from si_lod.serve.harvest.catalog import Catalog

_NUMBER: Final = re.compile("[1-9][0-9]{0,5}")
MOST: Final = 50_000
"""How many addresses one file may have."""
_ALWAYS: Final = "_pages-1"
"""The file of the pages that are there whatever the data sets; no data set is called like that."""
_MOST_MARKED: Final = 4096
"""Of how many data sets of all releases it is kept how many pages they have; that is a few numbers for each."""
_OPENING: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMESPACE: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"


@dataclass(frozen=True, slots=True)
class Sitemap:
    """The pages of the release in ``folder``, whose addresses begin with ``base``."""

    catalog: Catalog
    folder: Path
    design: IriDesign
    base: str
    most: int = MOST

    def whole(self) -> str:
        """Return the pages if one file may have them all, else the index of the files that do (Sitemaps §index)."""
        counts = {data_set: self._marks(data_set).count for data_set in self.catalog.data_sets}
        if len(self._always()) + sum(counts.values()) <= self.most:
            pages = (page for data_set in self.catalog.data_sets for page in self._pages(data_set))
            return _urls([*self._always(), *pages])
        files = [
            (f"{self.base}sitemap/{slug(data_set.value)}-{number}.xml", self._day(data_set))
            for data_set, count in counts.items()
            for number in range(1, -(-count // self.most) + 1)
        ]
        first = (f"{self.base}sitemap/{_ALWAYS}.xml", self._day(self.catalog.root))
        return _listed("sitemapindex", "sitemap", [first, *files])

    def part(self, name: str) -> str | None:
        """Return the file of that name, ``{data set}-{number}``, or None if there is none."""
        if name == _ALWAYS:
            return _urls(self._always())
        wanted, _, number = name.rpartition("-")
        for data_set in self.catalog.data_sets:
            if slug(data_set.value) == wanted and _NUMBER.fullmatch(number):
                begins = dict(enumerate(self._marks(data_set).begins, 1))
                if int(number) in begins:
                    return _urls(islice(self._pages(data_set, begins[int(number)]), self.most))
        return None

    def _always(self) -> list[tuple[str, str]]:
        """Return the pages that are about no thing of a data set: the home, the catalogue, and each data set."""
        day = self._day(self.catalog.root)
        pages = ((self._page(one.value), self._day(one)) for one in self.catalog.data_sets)
        return [(self.base, day), (f"{self.base}catalog", day), *(page for page in pages if page[0])]

    def _pages(self, data_set: NamedNode, begin: int = 0) -> Iterator[tuple[str, str]]:
        """Yield the pages about what is in a data set, each with its day, or that of the data set if it has none."""
        whole = self._day(data_set)
        for thing, day in Things(self.folder).of(slug(data_set.value), begin):
            if page := self._page(thing):
                yield page, day or whole

    def _marks(self, data_set: NamedNode) -> _Marks:
        path = Things(self.folder).path(slug(data_set.value)).resolve()
        return _marked(path, path.stat().st_mtime_ns, self.design, self.most) if path.is_file() else _Marks(0, ())

    def _page(self, iri: str) -> str:
        """Return the address of the page about a thing, or of a document of definitions; empty for all else."""
        path = _path(self.design, iri)
        return f"{self.base}{path}" if path else ""

    def _day(self, node: NamedNode) -> str:
        return self.catalog.text(node, f"{DCT}modified")


@dataclass(frozen=True, slots=True)
class _Marks:
    """How many pages a data set has, and at which byte of its list each file of the sitemap begins."""

    count: int
    begins: tuple[int, ...]


@lru_cache(_MOST_MARKED)
def _marked(path: Path, _: int, design: IriDesign, most: int) -> _Marks:
    """Return the marks of a list, which is read once; its file's time tells it from another of its name."""
    count, begins = 0, []
    for begin, thing in placed(path):
        if _path(design, thing):
            begins += [] if count % most else [begin]
            count += 1
    return _Marks(count, tuple(begins))


def _path(design: IriDesign, iri: str) -> str:
    match design.parse(iri):
        case (Space.THING, reference):
            return f"{Space.DOCUMENT}/{reference}"
        case (Space.DEFINITION, reference):
            return f"{Space.DEFINITION}/{reference}"
    return ""


def _urls(pages: Iterable[tuple[str, str]]) -> str:
    """Return the pages once; one with several things, such as the terms of an ontology, changed when the last did."""
    days: dict[str, str] = {}
    for page, day in pages:
        days[page] = max(days.get(page, ""), day)
    return _listed("urlset", "url", days.items())


def _listed(root: str, element: str, entries: Iterable[tuple[str, str]]) -> str:
    rows = (f"  <{element}><loc>{escape(address)}</loc>{_lastmod(day)}</{element}>\n" for address, day in entries)
    return f'{_OPENING}<{root} xmlns="{_NAMESPACE}">\n{"".join(rows)}</{root}>\n'


def _lastmod(day: str) -> str:
    return f"<lastmod>{escape(day)}</lastmod>" if day else ""
