"""The JSON-LD of each kind of page: of a thing, of the data set with what search engines want of one, of the site."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode

from si_lod.serve.nodes import TYPE as TYPE_NODE
from si_lod.serve.nodes import document_iri
from si_lod.serve.pages.cube.observations import looked_up
from si_lod.serve.pages.cube.structure import Role
from si_lod.serve.pages.facts import NEIGHBOURS, Facts, asked, named, of_triples
from si_lod.serve.pages.lists.kinds import kind_of, plural
from si_lod.serve.pages.structured.about import Translator, plain, single, worded
from si_lod.serve.pages.structured.schema import CATALOGUE, DATA_SET, OBSERVATION
from si_lod.serve.pages.structured.trail import Step, graph, home_step
from si_lod.serve.pages.vocabulary import DCAT, DCT, PREFIXES, TIME
from si_lod.serve.pages.words.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from si_lod.engine.evaluation import Engine
    from si_lod.serve.pages.facts import Fact
    from si_lod.serve.pages.structured.about import Node
    from si_lod.serve.pages.thing.neighbourhood import Neighbourhood
    from si_lod.serve.view import View

_PUBLIC: Final = "http://publications.europa.eu/resource/authority/access-right/PUBLIC"
_INSTANTS: Final = tuple(f"{TIME}inXSD{name}" for name in ("Date", "gYearMonth", "gYear"))
_MEASURED: Final = f"""{PREFIXES}
SELECT DISTINCT ?s ?p ?o WHERE {{
  ?set qb:structure/qb:component/qb:dimension ?dimension . ?dimension rdfs:subPropertyOf schema:variableMeasured ;
    qb:codeList ?list . ?code skos:inScheme ?list ; skos:prefLabel ?label .
  VALUES (?p ?of) {{ (schema:variableMeasured true) (skos:prefLabel false) }}
  BIND(IF(?of, ?set, ?code) AS ?s) BIND(IF(?of, ?code, ?label) AS ?o) }}"""
"""The variables of each data set that are the codes of a dimension, with their names."""


def of_thing(wording: Wording, thing: Neighbourhood) -> Node:
    """Return the JSON-LD of the page about a thing."""
    view, iri = wording.view, thing.iri
    translator = Translator.of(wording)
    kind = single(translator.kinds(iri)) if translator.kinds(iri) else ""
    if kind in {DATA_SET, CATALOGUE}:
        wider = Facts.of(thing.facts.triples(), *_around(view.engine, iri))
        translator = Translator(Wording(view, wider), translator.superclasses, translator.superproperties)
    page = document_iri(view.manifest, iri)
    node = translator.entity(iri, page)
    if kind == DATA_SET:
        node |= _of_data_set(translator, iri)
    if kind == OBSERVATION:
        node |= _of_observation(translator, thing)
    lists = [one for one in view.manifest.site.lists if one in thing.types]
    on_the_way = [Step(plural(wording, one), f"{view.manifest.site.base}list/{kind_of(one)}") for one in lists[:1]]
    return graph([node], [home_step(view), *on_the_way, Step(wording.label(iri), page)])


def of_site(view: View) -> Node:
    """Return the JSON-LD of the home page: the site, and the catalogues that its release has."""
    engine, site = view.engine, view.manifest.site
    nodes: list[Node] = [
        {
            "@id": site.base,
            "@type": "WebSite",
            "name": view.words(site.title),
            "description": view.words(site.description),
            "inLanguage": list(site.languages),
            "url": site.base,
        }
    ]
    found = (triple.subject for triple in engine.match(None, TYPE_NODE, NamedNode(f"{DCAT}Catalog")))
    for iri in sorted(subject.value for subject in found if isinstance(subject, NamedNode)):
        translator = Translator.of(Wording(view, Facts.of(*_around(engine, iri))))
        nodes.append(translator.entity(iri, site.base))
    return graph(nodes, [])


def of_list(wording: Wording, class_iri: str) -> Node:
    """Return the JSON-LD of the page that lists a class."""
    base = wording.view.manifest.site.base
    step = Step(plural(wording, class_iri), f"{base}list/{kind_of(class_iri)}")
    page = {"@id": step.address, "@type": "CollectionPage", "name": worded(step.name), "url": step.address}
    return graph([{**page, "isPartOf": {"@id": base}}], [home_step(wording.view), step])


def of_definitions(wording: Wording, iri: str) -> Node:
    """Return the JSON-LD of the page about an ontology or shapes."""
    translator = Translator.of(wording)
    return graph([translator.entity(iri, iri)], [home_step(wording.view), Step(wording.label(iri), iri)])


def _of_data_set(translator: Translator, iri: str) -> Node:
    """Return what search engines want of a data set besides what it says: its downloads whole, who may have it."""
    facts = translator.wording.facts
    node: Node = {}
    downloads = [_download(translator, one) for one in sorted(facts.iris(iri, f"{DCAT}distribution"))]
    catalogues = [translator.mention(one) for one in sorted(facts.subjects(f"{DCAT}dataset", iri))]
    # What can only be asked is no download; schema.org has no other word for it here.
    if files := [one for one in downloads if "contentUrl" in one]:
        node["distribution"] = files
    if catalogues:
        node["includedInDataCatalog"] = single(catalogues)
    if _PUBLIC in facts.iris(iri, f"{DCT}accessRights"):
        node["isAccessibleForFree"] = True
    return node


def _download(translator: Translator, iri: str) -> Node:
    """Return a file as it comes: one that is packed is of the packing's format."""
    packing = translator.wording.facts.iris(iri, f"{DCAT}compressFormat")
    packed = {"encodingFormat": plain("encodingFormat", packing[0])} if packing else {}
    return {**translator.mention(iri), **translator.properties(iri, "DataDownload"), **packed}


def _of_observation(translator: Translator, thing: Neighbourhood) -> Node:
    """Return the value of an observation with its unit, and its date where it is of a moment."""
    facts, structure = translator.wording.facts, thing.structure
    measured = (term for name in structure.of_role(Role.MEASURE) for term in facts.objects(thing.iri, name))
    units = facts.iris(thing.iri, structure.unit() or "")
    periods = facts.iris(thing.iri, structure.period() or "")
    moments = (term for one in periods for name in _INSTANTS for term in facts.objects(one, name))
    told = {
        "value": next((translator.said(term) for term in measured if isinstance(term, Literal)), None),
        "unitText": worded(translator.wording.label(units[0])) if units else None,
        "observationDate": next((term.value for term in moments if isinstance(term, Literal)), None),
    }
    return {name: value for name, value in told.items() if value is not None}


def _around(engine: Engine, iri: str) -> Iterator[Iterator[Fact]]:
    """Yield what a data set or a catalogue needs besides its own page's facts: its parts, and what it is part of."""
    this = NamedNode(iri)
    parts = (this, NamedNode(f"{DCAT}distribution"), None)
    files, above = engine.match_each([parts, (None, NamedNode(f"{DCAT}dataset"), this)])
    pointed, holding = [triple.object for triple in files], list(above)
    catalogues = [triple.subject for triple in holding if isinstance(triple.subject, NamedNode)]
    yield looked_up(engine, [iri, *(term.value for term in pointed if isinstance(term, NamedNode))])
    yield asked(engine, NEIGHBOURS, this=this)
    yield asked(engine, _MEASURED)
    yield of_triples(chain(holding, *engine.match_each((one, TYPE_NODE, None) for one in catalogues)))
    yield named(engine, catalogues)
