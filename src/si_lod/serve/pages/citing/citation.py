"""Where facts come from, and how to cite a page of this site."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from flask_babel import force_locale, gettext
from pyoxigraph import Literal, NamedNode

from si_lod.serve.licences import own_address
from si_lod.serve.pages.citing.bibliography import bibtex, csl
from si_lod.serve.pages.citing.works import release_work, works
from si_lod.serve.pages.facts import LABEL_TERMS, Facts, asked
from si_lod.serve.pages.vocabulary import DC, DCT, EXACT_MATCH, FOAF, LICENSE, PREFIXES, XSD
from si_lod.serve.pages.words.formatting import written
from si_lod.serve.pages.words.wording import Link, Text, Wording

if TYPE_CHECKING:
    from collections.abc import Sequence

    from si_lod.engine.evaluation import Engine
    from si_lod.release import Manifest
    from si_lod.serve.pages.citing.works import Work
    from si_lod.serve.view import View

_LICENCES: Final = f"""{PREFIXES}
SELECT DISTINCT ?s ?p ?o WHERE {{
  {{ ?s a qb:DataSet ; dct:license ?o BIND(dct:license AS ?p) }} UNION
  {{ ?dataset a qb:DataSet ; dct:license ?s . ?s ?p ?o FILTER(?p IN (skos:exactMatch, {LABEL_TERMS})) }} }}"""

_PUBLISHERS: Final = (f"{DCT}publisher", f"{DC}publisher")


@dataclass(frozen=True, slots=True)
class Source:
    """A publication that a fact was taken from."""

    link: Link
    publishers: list[Text | Link]
    issued: Text | None
    pages: list[Link]


def source(wording: Wording, iri: str) -> Source:
    """Return the publication ``iri`` as it is cited."""
    facts = wording.facts
    publishers = [item for path in _PUBLISHERS for item in wording.items(facts.objects(iri, path))]
    dates = [term for term in facts.objects(iri, f"{DCT}issued") if isinstance(term, Literal)]
    pages = [wording.link(page) for page in facts.iris(iri, f"{FOAF}page")]
    return Source(wording.link(iri), publishers, wording.text(dates[0]) if dates else None, pages)


def licences(view: View) -> list[Link]:
    """Return the licences of the release's data sets, at their own addresses."""
    facts = view.known(_licensed)
    wording = Wording(view, facts)
    every = dict.fromkeys(licence for data_set in facts.index for licence in facts.iris(data_set, LICENSE))
    return [_own(wording.link(licence), facts) for licence in every]


def _own(link: Link, facts: Facts) -> Link:
    address = own_address([link.iri], lambda code: facts.iris(code, EXACT_MATCH))
    return link if address == link.iri else replace(link, iri=address, href=address, external=True)


def _licensed(engine: Engine, _: Manifest) -> Facts:
    return Facts.of(asked(engine, _LICENCES))


def references(view: View, iri: str, suffix: str) -> str:
    """Return the list of references of the page about ``iri``, in the format that ``suffix`` names."""
    return listed(view, works(view, iri), suffix)


def release_references(view: View, version: str, issued: str, suffix: str) -> str:
    """Return how to cite a whole release, in the format that ``suffix`` names."""
    return listed(view, [release_work(view, version, issued)], suffix)


def listed(view: View, cited: Sequence[Work], suffix: str) -> str:
    """Return the works in the format that ``suffix`` names; needs an application context but no request."""
    write = {"bib": bibtex, "csl.json": csl}[suffix]
    with force_locale(str(view.locale)):
        return write(cited, gettext("Data set"))


def issued(view: View) -> str:
    """Return the day on which the release was issued, as the reader writes it."""
    return written(Literal(view.manifest.issued, datatype=NamedNode(f"{XSD}date")), view.locale)
