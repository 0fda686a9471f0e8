"""The ways to the site's lists: which kinds of things have one, what they are called, and how many there are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from flask_babel import force_locale, gettext
from pyoxigraph import Literal, NamedNode

from si_lod.languages import is_variety
from si_lod.serve.pages.facts import LABEL_TERMS, Facts, asked
from si_lod.serve.pages.standing import called_classes
from si_lod.serve.pages.vocabulary import PREFIXES
from si_lod.serve.pages.words.plurals import usual_plural
from si_lod.serve.pages.words.wording import Text, Wording

if TYPE_CHECKING:
    from collections.abc import Mapping

    from si_lod.engine.evaluation import Engine
    from si_lod.release import Manifest
    from si_lod.serve.view import View

_COUNTS: Final = f"""{PREFIXES}
SELECT ?class (COUNT(DISTINCT ?member) AS ?count) WHERE {{ ?member a ?class }} GROUP BY ?class"""
CLASS_LABELS: Final = f"""{PREFIXES}
SELECT DISTINCT ?s ?p ?o WHERE {{ ?member a ?s . ?s ?p ?o FILTER(?p IN ({LABEL_TERMS})) }}"""
"""The names of the classes that anything has."""


@dataclass(frozen=True, slots=True)
class Listing:
    """The way to one list: what its things are called together, how many there are, what is to be known of that."""

    name: Text
    count: int
    href: str
    remark: Text | None


def kind_of(class_iri: str) -> str:
    """Return the name by which a class's list is addressed: its local name in lower case."""
    return class_iri.rpartition("#")[2].rpartition("/")[2].lower()


def listings(view: View) -> list[Listing]:
    """Return the ways to the site's lists, in the site's order."""
    counts, wording = view.known(populations), Wording(view, view.known(class_names))
    return [
        Listing(plural(wording, iri), counts[iri], view.link(f"/list/{kind_of(iri)}"), remark(view, iri))
        for iri in view.manifest.site.lists
        if iri in counts
    ]


def populations(engine: Engine, _: Manifest) -> dict[str, int]:
    """Return how many members each class has."""
    return {
        solution["class"].value: int(solution["count"].value)
        for solution in engine.select(_COUNTS)
        if isinstance(solution["class"], NamedNode) and isinstance(solution["count"], Literal)
    }


def class_names(engine: Engine, manifest: Manifest) -> Facts:
    """Return what the classes are called that anything has."""
    return Facts.of(asked(engine, CLASS_LABELS), called_classes(engine, manifest).triples())


def plural(wording: Wording, class_iri: str) -> Text:
    """Return what the site calls many things of a class, else the usual word for them, else the name of the class."""
    told = _told(wording.view, wording.view.manifest.site.plurals.get(class_iri, {}))
    usual = usual_plural(class_iri, wording.view.locale)
    return told or wording.name(class_iri) or (Text(usual) if usual else wording.term(class_iri))


def remark(view: View, class_iri: str) -> Text | None:
    """Return what the site says is to be known of a list of the things of a class."""
    return _told(view, view.manifest.site.remarks.get(class_iri, {}))


def first_headings(view: View) -> list[str]:
    """Return the headings that every CSV of things begins with: of the IRI and of the name."""
    with force_locale(str(view.locale)):
        return ["iri", gettext("name")]


def _told(view: View, texts: Mapping[str, str]) -> Text | None:
    tag = next((tag for tag in view.languages if tag in texts), None)
    return None if tag is None else Text(texts[tag], None if is_variety(view.language, tag) else tag)
