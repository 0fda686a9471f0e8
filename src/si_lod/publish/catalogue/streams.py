"""What there is a feed of: the catalogue, each of whose parts is told of as a whole, and the observations."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode

from si_lod.publish.catalogue.distributions import inherited
from si_lod.publish.catalogue.feeds import feed_iri
from si_lod.publish.catalogue.formats import TRIG
from si_lod.publish.catalogue.terms import DCAT, DCT, FOAF, RDFS, TYPE, entitled, said, typed, worded
from si_lod.release import FEEDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pyoxigraph import Store, Triple

    from si_lod.publish.catalogue.feeds import Entity
    from si_lod.publish.catalogue.statement import Statement

CATALOG: Final = "catalog"
OBSERVATIONS: Final = "observations"
_OBSERVATION: Final = NamedNode("http://purl.org/linked-data/cube#Observation")
_STREAM: Final = NamedNode("https://w3id.org/ldes#EventStream")
_SPECIFICATION: Final = NamedNode("https://w3id.org/ldes/specification")
_WHOLES: Final = tuple(NamedNode(DCAT + name) for name in ("Catalog", "Dataset", "DataService"))
_TITLES: Final = {
    CATALOG: {"nl": "Wijzigingen van de catalogus (LDES)", "en": "Changes of the catalogue (LDES)"},
    OBSERVATIONS: {"nl": "Wijzigingen van de waarnemingen (LDES)", "en": "Changes of the observations (LDES)"},
}
_TEXT: Final = {
    "nl": "Wat er per versie bijkwam, wijzigde en verdween, om bij te blijven zonder alles opnieuw op te halen.",
    "en": "What each release added, changed and took away, to keep up without fetching everything again.",
}


def catalogued(catalog: NamedNode, triples: Iterable[Triple]) -> Iterator[Entity]:
    """Yield the catalogue, each data set and each service, with all that it leads to without passing another.

    What none of them leads to is told with the catalogue.
    """
    about: dict[NamedNode, list[Triple]] = defaultdict(list)
    for triple in triples:
        if isinstance(triple.subject, NamedNode):
            about[triple.subject].append(triple)
    wholes = sorted((node for node, own in about.items() if _is_whole(own)), key=str)
    reached = {whole: _reached(whole, about, set(wholes) - {whole}) for whole in wholes}
    reached[catalog] |= about.keys() - set().union(*reached.values())
    for whole, nodes in reached.items():
        yield whole, {triple for node in nodes for triple in about[node]}


def observations(store: Store) -> Iterator[Entity]:
    """Yield each observation with all that is said of it."""
    nodes = {quad.subject for quad in store.quads_for_pattern(None, TYPE, _OBSERVATION)}
    for node in sorted((one for one in nodes if isinstance(one, NamedNode)), key=str):
        yield node, [quad.triple for quad in store.quads_for_pattern(node, None, None)]


def announced(feed: str, of: NamedNode, statement: Statement, base: str) -> Iterator[Triple]:
    """Yield what is said of a feed as a distribution of the catalogue, on the terms of the whole, or of a data set."""
    node, address = feed_iri(base, feed), NamedNode(f"{base}{FEEDS}/{feed}")
    like = statement.whole if of == statement.catalog else of
    yield from said(of, f"{DCAT}distribution", node)
    yield from typed(node, f"{DCAT}Distribution")
    titles = statement.titles(like)
    yield from said(node, f"{DCT}title", *worded(entitled(titles, _TITLES[feed], f"LDES, {feed}")))
    yield from said(node, f"{DCT}description", *worded({tag: _TEXT[tag] for tag in titles if tag in _TEXT}))
    yield from said(node, f"{DCAT}accessURL", address)
    yield from typed(address, f"{FOAF}Document")
    yield from said(node, f"{DCT}format", TRIG.file_type)
    yield from said(node, f"{DCAT}mediaType", TRIG.media)
    yield from said(node, f"{DCT}type", _STREAM)
    yield from said(_STREAM, f"{RDFS}label", Literal("Event Stream", language="en"))
    yield from (one for one in inherited(node, like, statement) if one.predicate.value != f"{DCT}conformsTo")
    yield from said(node, f"{DCT}conformsTo", _SPECIFICATION)
    yield from typed(_SPECIFICATION, f"{DCT}Standard")


def _is_whole(triples: list[Triple]) -> bool:
    return any(triple.predicate == TYPE and triple.object in _WHOLES for triple in triples)


def _reached(begin: NamedNode, about: Mapping[NamedNode, list[Triple]], others: set[NamedNode]) -> set[NamedNode]:
    reached: set[NamedNode] = set()
    waiting = [begin]
    while waiting:
        node = waiting.pop()
        if node not in reached and node not in others:
            reached.add(node)
            waiting += [t.object for t in about[node] if isinstance(t.object, NamedNode) and t.object in about]
    return reached
