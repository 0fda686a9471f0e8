"""Lists of all things of a class, with the few properties that tell them apart."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode

from si_lod.serve.pages.facts import CLASS_NAMES, LABEL_TERMS, Facts, asked
from si_lod.serve.pages.portrayal import of_list
from si_lod.serve.pages.properties import SHOWN_APART
from si_lod.serve.pages.rendering import render_with_licence
from si_lod.serve.pages.shapes import Presentation
from si_lod.serve.pages.tables import Column
from si_lod.serve.pages.trail import kind_of
from si_lod.serve.pages.vocabulary import PREFIXES, TYPE
from si_lod.serve.pages.wording import Link, Text, Wording, by_words

if TYPE_CHECKING:
    from si_lod.serve.view import View

MOST_COLUMNS: Final = 4
LONGEST: Final = 60
"""How many characters a value may have to stand in a list."""

_MEMBERS: Final = f"{PREFIXES} SELECT ?this ?s ?p ?o WHERE {{ ?s a ?this ; ?p ?o }}"
_MENTIONED: Final = f"""{PREFIXES}
SELECT DISTINCT ?this ?s ?p ?o WHERE {{ ?member a ?this ; ?any ?s . ?s ?p ?o FILTER(?p IN ({LABEL_TERMS})) }}"""
_TERMS: Final = f"""{PREFIXES}
SELECT DISTINCT ?this ?s ?p ?o WHERE {{ ?member a ?this ; ?s ?any . ?s ?p ?o FILTER(?p IN ({LABEL_TERMS})) }}"""
_COUNTS: Final = f"""{PREFIXES}
SELECT ?class (COUNT(DISTINCT ?member) AS ?count) WHERE {{ ?member a ?class }} GROUP BY ?class"""
_LABELS: Final = f"""{PREFIXES}
SELECT DISTINCT ?s ?p ?o WHERE {{ ?member a ?s . ?s ?p ?o FILTER(?p IN ({LABEL_TERMS})) }}"""


@dataclass(frozen=True, slots=True)
class Listing:
    """The way to one list: its class, and how many there are."""

    name: Text
    count: int
    href: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing in a list, with a cell for each column."""

    link: Link
    cells: list[list[Text | Link]]


def listings(view: View) -> list[Listing]:
    """Return the ways to the site's lists, in the site's order."""
    counts = {
        solution["class"].value: int(solution["count"].value)
        for solution in view.engine.select(_COUNTS)
        if isinstance(solution["class"], NamedNode) and isinstance(solution["count"], Literal)
    }
    wording = Wording(view, Facts.of(asked(view.engine, _LABELS), asked(view.engine, CLASS_NAMES)))
    return [
        Listing(wording.term(iri), counts[iri], view.link(f"/list/{kind_of(iri)}"))
        for iri in view.manifest.site.lists
        if iri in counts
    ]


def list_page(view: View, class_iri: str) -> str:
    """Return the page that lists everything of a class by name."""
    this = NamedNode(class_iri)
    members = Facts.of(asked(view.engine, _MEMBERS, this=this))
    facts = Facts.of(
        members.triples(),
        *(asked(view.engine, query, this=this) for query in (_MENTIONED, _TERMS)),
        asked(view.engine, _LABELS),
        asked(view.engine, CLASS_NAMES),
    )
    wording, presentation = Wording(view, facts), Presentation.read(view.engine, [class_iri])
    paths = columns(wording, presentation, list(members.index))
    entries = sorted(
        (
            Entry(wording.link(iri), [wording.items(facts.objects(iri, path)) for path in paths])
            for iri in members.index
        ),
        key=lambda entry: by_words(entry.link),
    )
    return render_with_licence(
        view,
        "list.html",
        canonical=f"{view.manifest.site.base}list/{kind_of(class_iri)}",
        structured=of_list(wording, class_iri),
        kind=replace(wording.link(class_iri), text=wording.term(class_iri)),
        columns=[Column(presentation.name(path, wording), numeric=False) for path in paths],
        entries=entries,
    )


def columns(wording: Wording, presentation: Presentation, members: list[str]) -> list[str]:
    """Return the properties worth a column: those that the shapes order first, single-valued, short and common.

    Common is what at least half of the members have; single-valued, what none has two of that a reader would see.
    Where the shapes order nothing, names decide.
    """
    used = {path for iri in members for path in wording.facts.about(iri)} - {TYPE} - SHOWN_APART
    order = sorted(used, key=lambda path: (presentation.rank(path), wording.label(path).words.casefold(), path))
    return [path for path in order if _tells(wording, path, members)][:MOST_COLUMNS]


def _tells(wording: Wording, path: str, members: list[str]) -> bool:
    cells = [cell for iri in members if (cell := wording.items(wording.facts.objects(iri, path)))]
    short = all(len(cell) == 1 and len(_words(cell[0])) <= LONGEST for cell in cells)
    return short and 2 * len(cells) >= len(members) and len({_words(cell[0]) for cell in cells}) > 1


def _words(item: Text | Link) -> str:
    return item.text.words if isinstance(item, Link) else item.words
