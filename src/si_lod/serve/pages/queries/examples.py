"""The site's example queries, which are data of the release; their first comments say what they ask, in each language.

::

    # title@nl: Hoeveel bomen telt elke bron?
    # title@en: How many trees does each source count?
    # columns: source trees
    # column@en trees: Number of trees
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Self
from urllib.parse import urlencode

from pyoxigraph import Literal, NamedNode

from si_lod.serve.pages.vocabulary import PREFIXES
from si_lod.serve.view import View

if TYPE_CHECKING:
    from si_lod.engine.evaluation import Engine, Term
    from si_lod.release import Manifest

_TITLE: Final = re.compile(r"^#\s*title@([A-Za-z-]+):\s*(.+?)\s*$", re.MULTILINE)
_COLUMN: Final = re.compile(r"^#\s*column@([A-Za-z-]+)\s+(\w+):\s*(.+?)\s*$", re.MULTILINE)
_EXAMPLES: Final = f"""{PREFIXES}
SELECT ?query ?text WHERE {{
  ?query a sh:SPARQLExecutable ; ?kind ?text FILTER(?kind IN (sh:select, sh:ask, sh:construct)) }}"""
_SPOKEN: Final = re.compile(r"""(\bLANG\s*\(\s*\?\w+\s*\)\s*(?:=\s*|IN\s*\(\s*))"([A-Za-z-]+)\"""", re.IGNORECASE)
_REMARK: Final = re.compile(r"^#.*\n", re.MULTILINE)
_FOR_PUBLISHING: Final = re.compile(r"^#\s*(?:title@|columns?[@:]|least-rows:).*\n(?:#[ \t]*\n)?", re.MULTILINE)
"""What the first comments say to whoever publishes the query; readers have the title above the answer."""
_SHOWN: Final = re.compile(r"^#\s*columns:\s*(.+?)\s*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Example:
    """One query: its name, its text, its titles by language, the names of columns by language and variable."""

    name: str
    text: str
    titles: dict[str, str]
    columns: tuple[str, ...]
    headings: dict[str, dict[str, str]]

    @classmethod
    def of(cls, iri: str, text: str) -> Self:
        """Return the query that the release describes under ``iri``."""
        headings: dict[str, dict[str, str]] = {}
        for language, column, words in _COLUMN.findall(text):
            headings.setdefault(column, {})[language] = words
        shown = _SHOWN.search(text)
        columns = tuple(name.lstrip("?") for name in shown[1].replace(",", " ").split()) if shown else ()
        return cls(iri.rpartition("/")[2], text, dict(_TITLE.findall(text)), columns, headings)

    def title(self, view: View) -> str:
        """Return what the query asks, in the reader's language; its own name where no one wrote that."""
        return view.words(self.titles) or self.name

    def asked(self, view: View) -> str:
        """Return the query as it asks for words in the reader's language, without remarks that are in another.

        What the query asks stands above it; what its comments say for its publishing is left out.
        """
        known, title = view.manifest.site.languages, view.words(self.titles)
        text = _FOR_PUBLISHING.sub("", self.text)
        spoken = _SPOKEN.sub(lambda found: f'{found[1]}"{view.language if found[2] in known else found[2]}"', text)
        if view.language in known and spoken != text:
            text = _REMARK.sub("", spoken)
        return f"# {title}\n{text}" if title else text


def examples(engine: Engine, _: Manifest) -> list[Example]:
    """Return the release's example queries, by name."""
    found = engine.select(_EXAMPLES)
    return sorted((Example.of(*map(text_of, row.values())) for row in found), key=lambda example: example.name)


def offered(engine: Engine, manifest: Manifest) -> dict[str, list[tuple[str, str]]]:
    """Return by language the title of each example, and how an address asks it: the same for all readers."""
    found = examples(engine, manifest)
    views = [View(manifest, engine, language) for language in manifest.site.languages]
    return {
        view.language: [(example.title(view), urlencode({"query": example.asked(view)})) for example in found]
        for view in views
    }


def text_of(term: Term | None) -> str:
    """Return the characters of an IRI or a literal."""
    return term.value if isinstance(term, NamedNode | Literal) else ""
