"""Every page that a search engine should know, with the day on which it last changed (Sitemaps 0.9).

A page changes when what is said of its thing does. Where there are more than one file may list, there is a file for
each fifty thousand of a data set's pages and an index of the files, so a crawler reads again only what has changed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape

from si_lod.iris import Space
from si_lod.serve.harvest.things import Things
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
        counts = {data_set: self._count(data_set) for data_set in self.catalog.data_sets}
        if len(self._always()) + sum(counts.values()) <= self.most:
            pages = (page for data_set in self.catalog.data_sets for page in self._pages(data_set))
            return _urls([*self._always(), *pages])
        files = [
            (f"{self.base}sitemap/{_slug(data_set)}-{number}.xml", self._day(data_set))
            for data_set, count in counts.items()
            for number in range(1, -(-count // self.most) + 1)
        ]
        first = (f"{self.base}sitemap/{_ALWAYS}.xml", self._day(self.catalog.root))
        return _listed("sitemapindex", "sitemap", [first, *files])

    def part(self, name: str) -> str | None:
        """Return the file of that name, ``{data set}-{number}``, or None if there is none."""
        if name == _ALWAYS:
            return _urls(self._always())
        slug, _, number = name.rpartition("-")
        for data_set in self.catalog.data_sets:
            if _slug(data_set) == slug and _NUMBER.fullmatch(number):
                begin = (int(number) - 1) * self.most
                pages = list(islice(self._pages(data_set), begin, begin + self.most))
                return _urls(pages) if pages else None
        return None

    def _always(self) -> list[tuple[str, str]]:
        """Return the pages that are about no thing of a data set: the home, the catalogue, and each data set."""
        day = self._day(self.catalog.root)
        pages = ((self._page(one.value), self._day(one)) for one in self.catalog.data_sets)
        return [(self.base, day), (f"{self.base}catalog", day), *(page for page in pages if page[0])]

    def _pages(self, data_set: NamedNode) -> Iterator[tuple[str, str]]:
        """Yield the pages about what is in a data set, each with its day, or that of the data set if it has none."""
        whole = self._day(data_set)
        for thing, day in Things(self.folder).of(_slug(data_set)):
            if page := self._page(thing):
                yield page, day or whole

    def _count(self, data_set: NamedNode) -> int:
        return sum(1 for _ in self._pages(data_set))

    def _page(self, iri: str) -> str:
        """Return the address of the page about a thing, or of a document of definitions; empty for all else."""
        match self.design.parse(iri):
            case (Space.THING, reference):
                return f"{self.base}{Space.DOCUMENT}/{reference}"
            case (Space.DEFINITION, reference):
                return f"{self.base}{Space.DEFINITION}/{reference}"
        return ""

    def _day(self, node: NamedNode) -> str:
        return self.catalog.text(node, f"{DCT}modified")


def _slug(data_set: NamedNode) -> str:
    return data_set.value.rpartition("/")[2]


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
