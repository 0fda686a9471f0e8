"""What a reader who uses a page would put on a list of references: what this release says, and where it got it from.

A record of the site is cited as it stands in its release, at an address where it never changes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode

from si_lod.iris import IriDesign
from si_lod.serve.licences import own_address
from si_lod.serve.nodes import TYPE, data_sets, document_iri
from si_lod.serve.outgoing import Outgoing
from si_lod.serve.pages.facts import Facts, named, of_triples
from si_lod.serve.pages.vocabulary import CREATOR, DC, DCT, DERIVED_FROM, EXACT_MATCH, FOAF, LICENSE, OWL, PUBLISHER
from si_lod.serve.pages.words.wording import Text, Wording
from si_lod.serve.travel import address_of

if TYPE_CHECKING:
    from pyoxigraph import Triple

    from si_lod.engine.evaluation import Engine
    from si_lod.serve.view import View

_POINTERS: Final = frozenset({CREATOR, PUBLISHER, LICENSE, DERIVED_FROM})
_DATE: Final = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_ONTOLOGY: Final = f"{OWL}Ontology"
_DOCUMENT: Final = f"{FOAF}Document"


@dataclass(frozen=True, slots=True)
class Work:
    """One thing to cite; ``issued`` is year, month and day as far as they are known, ``container`` what it is part of.

    ``version`` is empty for what is not ours: a publication, which ``url`` leads to if its address is known.
    ``language`` is empty where no one says it.
    """

    key: str
    title: Text
    authors: tuple[str, ...] = ()
    container: str = ""
    version: str = ""
    issued: tuple[int, ...] = ()
    url: str = ""
    licence: str = ""
    language: str = ""


def work(view: View, iri: str) -> Work:
    """Return the record about ``iri``."""
    return _record(Wording(view, _known(view, iri, with_sources=False)), iri)


def works(view: View, iri: str) -> list[Work]:
    """Return the record about ``iri``, then ``iri`` itself if it is a publication, then the sources of both."""
    facts = _known(view, iri)
    wording = Wording(view, facts)
    own = [iri] if _DOCUMENT in facts.iris(iri, TYPE.value) else []
    documents = dict.fromkeys([*own, *sorted(facts.iris(iri, DERIVED_FROM))])
    return [_record(wording, iri), *(_publication(wording, one) for one in documents)]


def release_work(view: View, version: str, issued: str) -> Work:
    """Return a whole release of the site as it is cited."""
    site = view.manifest.site
    title = view.words(site.title)
    return Work(
        key=_key("release", version),
        title=Text(title),
        authors=_authors(Wording(view, _known(view, ""))),
        version=version,
        issued=_date(issued),
        url=f"{site.base}{address_of(version)[1:]}",
        licence=_licence(_known(view, ""), [one.value for one in data_sets(view.engine)]),
        language=view.language,
    )


def _record(wording: Wording, iri: str) -> Work:
    """Return what the release says of ``iri``; a document of definitions has a version and a date of its own."""
    view, facts = wording.view, wording.facts
    manifest, is_ontology = view.manifest, _ONTOLOGY in facts.iris(iri, TYPE.value)
    versions = facts.iris(iri, f"{OWL}versionIRI") if is_ontology else []
    version = _first(facts, iri, f"{OWL}versionInfo") if versions else manifest.version
    path = IriDesign(manifest.site.base).path(document_iri(manifest, iri)) or ""
    return Work(
        key=_key(IriDesign(manifest.site.base).path(iri) or "", version),
        title=wording.label(iri),
        authors=_authors(wording, iri),
        container=view.words(manifest.site.title),
        version=version,
        issued=_date((_first(facts, iri, f"{DCT}issued") if versions else "") or manifest.issued),
        url=versions[0] if versions else f"{manifest.site.base}{address_of(manifest.version)[1:]}/{path}",
        licence=_licence(facts, [iri, *(one.value for one in data_sets(view.engine))]),
        language=view.language,
    )


def _publication(wording: Wording, iri: str) -> Work:
    """Return a publication that the release knows, as far as it knows it."""
    facts = wording.facts
    literals = [t.value for path in (f"{DC}publisher", PUBLISHER) for t in wording.best(facts.objects(iri, path))]
    agents = [wording.label(agent).words for agent in facts.iris(iri, PUBLISHER)]
    return Work(
        key=_key(IriDesign(wording.view.manifest.site.base).path(iri) or iri, ""),
        title=wording.label(iri),
        authors=tuple(dict.fromkeys([*agents, *literals])),
        issued=_date(_first(facts, iri, f"{DCT}issued")),
        url=next(iter(sorted(facts.iris(iri, f"{FOAF}page"))), iri),
        language=wording.language(iri) or wording.label(iri).language or "",
    )


def _known(view: View, iri: str, *, with_sources: bool = True) -> Facts:
    """Return what is said of ``iri``, the data sets and the sources, and the names of who made them."""
    engine = view.engine
    own = _said(engine, iri, with_sources=with_sources) if iri else []
    paths = [NamedNode(path) for path in (CREATOR, PUBLISHER, LICENSE)]
    told = engine.match_each((data_set, path, None) for data_set in data_sets(engine) for path in paths)
    own += chain.from_iterable(told)
    stated = {t.object for t in own if t.predicate.value == LICENSE and isinstance(t.object, NamedNode)}
    own += chain.from_iterable(engine.match_each((licence, NamedNode(EXACT_MATCH), None) for licence in stated))
    sources = [t.object for t in own if t.predicate.value == DERIVED_FROM and isinstance(t.object, NamedNode)]
    own += chain.from_iterable(engine.match_each((source, None, None) for source in dict.fromkeys(sources)))
    pointed = (t.object for t in own if t.predicate.value in _POINTERS and isinstance(t.object, NamedNode))
    return Facts.of(of_triples(own), named(engine, pointed))


def _said(engine: Engine, iri: str, *, with_sources: bool) -> list[Triple]:
    """Return what is said of ``iri`` as far as it is for citing: of its sources all or none."""
    outgoing = Outgoing.of(engine, NamedNode(iri))
    own = [triple for triple in outgoing.own if triple.predicate.value != DERIVED_FROM]
    return [*own, *engine.match(NamedNode(iri), NamedNode(DERIVED_FROM), None)] if with_sources else own


def _authors(wording: Wording, iri: str = "") -> tuple[str, ...]:
    """Return who made ``iri`` if it says so of itself and is no one else's publication, else who made the data sets."""
    facts = wording.facts
    asked = [] if _DOCUMENT in facts.iris(iri, TYPE.value) else [iri]
    for subject in (*asked, *(one.value for one in data_sets(wording.view.engine))):
        for property_ in (CREATOR, PUBLISHER):
            if agents := facts.iris(subject, property_):
                return tuple(sorted(wording.label(agent).words for agent in agents))
    return ()


def _licence(facts: Facts, subjects: list[str]) -> str:
    stated = (licence for one in subjects for licence in sorted(facts.iris(one, LICENSE)))
    return own_address(islice(stated, 1), lambda code: facts.iris(code, EXACT_MATCH))


def _first(facts: Facts, iri: str, property_: str) -> str:
    return min((term.value for term in facts.objects(iri, property_) if isinstance(term, Literal)), default="")


def _date(text: str) -> tuple[int, ...]:
    """Return the year, month and day of an xsd:gYear, gYearMonth or date, as far as it has them."""
    found = _DATE.match(text)
    return tuple(int(part) for part in found.groups() if part) if found else ()


def _key(path: str, version: str) -> str:
    """Return a key that every program takes: letters, digits, dots and hyphens of ASCII."""
    stem = re.sub(r"[^A-Za-z0-9.]+", "-", path.partition("/")[2] or path).strip("-")
    return f"{stem}-{version}".strip("-") if version else stem
