"""The site's example queries, which are data of the release; their first comments say what they ask, in each language.

::

    # title@nl: Hoeveel bomen telt elke bron?
    # title@en: How many trees does each source count?
    # note@en: Trees that two sources count are counted twice: what a source says of the
    #   trees of another is not among these data.
    # columns: source sourceLabel trees
    # column@en trees: Number of trees
    # reader-language: sourceLabel

The words of a variable behind ``reader-language`` are asked in the reader's language, and no others.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from textwrap import wrap
from typing import TYPE_CHECKING, Final, Self
from urllib.parse import urlencode

from pyoxigraph import Literal, NamedNode

from si_lod.engine.text.languages import translated
from si_lod.engine.text.remarks import CONTINUED, following, notes
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
_FOR_PUBLISHING: Final = re.compile(
    rf"^#\s*(?:(?:title|note)@|columns?[@:]|least-rows:|reader-language:).*{CONTINUED}\n(?:#[ \t]*\n)?", re.MULTILINE
)
"""What the first comments say to whoever publishes the query; readers have the title above the answer."""
_SHOWN: Final = re.compile(r"^#\s*columns:\s*(.+?)\s*$", re.MULTILINE)
_WIDTH: Final = 100
"""So long are the lines of a note above a query."""


@dataclass(frozen=True, slots=True)
class Example:
    """One query: its name, its text, its titles by language, the names of columns by language and variable.

    ``notes`` are what else there is to know, by language; ``reads`` are the variables whose words follow the reader.
    """

    name: str
    text: str
    titles: dict[str, str]
    columns: tuple[str, ...]
    headings: dict[str, dict[str, str]]
    notes: dict[str, str]
    reads: frozenset[str]

    @classmethod
    def of(cls, iri: str, text: str) -> Self:
        """Return the query that the release describes under ``iri``."""
        headings: dict[str, dict[str, str]] = {}
        for language, column, words in _COLUMN.findall(text):
            headings.setdefault(column, {})[language] = words
        shown = _SHOWN.search(text)
        return cls(
            name=iri.rpartition("/")[2],
            text=text,
            titles=dict(_TITLE.findall(text)),
            columns=tuple(name.lstrip("?") for name in shown[1].replace(",", " ").split()) if shown else (),
            headings=headings,
            notes=notes(text),
            reads=frozenset(following(text)),
        )

    def title(self, view: View) -> str:
        """Return what the query asks, in the reader's language; its own name where no one wrote that."""
        return view.words(self.titles) or self.name

    def asked(self, view: View) -> str:
        """Return the query as the reader takes it over: words that follow the reader are in their language.

        What the query asks stands above it, with what else there is to know; what its comments say for its publishing
        is left out.
        """
        known, text = view.manifest.site.languages, _FOR_PUBLISHING.sub("", self.text)
        if self.reads and view.language in known:
            text = translated(text, self.reads, known, view.language)
        said = [view.words(self.titles), *wrap(view.words(self.notes), _WIDTH)]
        return "".join(f"# {words}\n" for words in said if words) + text


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
