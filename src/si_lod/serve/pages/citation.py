"""Where facts come from, and how to cite a page of this site."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode

from si_lod.serve.pages.facts import LABEL_TERMS, Facts, asked
from si_lod.serve.pages.formatting import written
from si_lod.serve.pages.vocabulary import DC, DCT, FOAF, LICENSE, PREFIXES, XSD
from si_lod.serve.pages.wording import Link, Text, Wording

if TYPE_CHECKING:
    from si_lod.serve.view import View

_LICENCES: Final = f"""{PREFIXES}
SELECT DISTINCT ?s ?p ?o WHERE {{
  {{ ?s a qb:DataSet ; dct:license ?o BIND(dct:license AS ?p) }} UNION
  {{ ?dataset a qb:DataSet ; dct:license ?s . ?s ?p ?o FILTER(?p IN ({LABEL_TERMS})) }} }}"""

_PUBLISHERS: Final = (f"{DCT}publisher", f"{DC}publisher")


@dataclass(frozen=True, slots=True)
class Source:
    """A publication that a fact was taken from."""

    link: Link
    publishers: list[Text | Link]
    issued: Text | None
    pages: list[Link]


@dataclass(frozen=True, slots=True)
class Citation:
    """How to cite the page about a thing."""

    name: Text
    site: str
    version: str
    issued: str
    iri: str


def source(wording: Wording, iri: str) -> Source:
    """Return the publication ``iri`` as it is cited."""
    facts = wording.facts
    publishers = [item for path in _PUBLISHERS for item in wording.items(facts.objects(iri, path))]
    dates = [term for term in facts.objects(iri, f"{DCT}issued") if isinstance(term, Literal)]
    pages = [wording.link(page) for page in facts.iris(iri, f"{FOAF}page")]
    return Source(wording.link(iri), publishers, wording.text(dates[0]) if dates else None, pages)


def licences(view: View) -> list[Link]:
    """Return the licences of the release's data sets."""
    facts = Facts.of(asked(view.engine, _LICENCES))
    wording = Wording(view, facts)
    every = dict.fromkeys(licence for data_set in facts.index for licence in facts.iris(data_set, LICENSE))
    return [wording.link(licence) for licence in every]


def citation(view: View, name: Text, iri: str) -> Citation:
    """Return how to cite what this release says of ``iri``."""
    return Citation(name, view.words(view.manifest.site.title), view.manifest.version, issued(view), iri)


def issued(view: View) -> str:
    """Return the day on which the release was issued, as the reader writes it."""
    return written(Literal(view.manifest.issued, datatype=NamedNode(f"{XSD}date")), view.locale)
