"""The catalogue and its data sets: what follows from what people state, so that no portal has to ask (DCAT 3 §6)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode

from si_lod.publish.catalogue.distributions import inherited, landing_page
from si_lod.publish.catalogue.dumps import slug
from si_lod.publish.catalogue.formats import SPARQL_RESULTS
from si_lod.publish.catalogue.terms import ADMS, DCAT, DCT, FOAF, SD, VOID, entitled, said, typed, worded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import Triple

    from si_lod.publish.catalogue.statement import Statement
    from si_lod.sites import Site

_SHARED: Final = ("publisher", "license", "accessRights", "creator", "language", "rights")
_SERVICE: Final = {"nl": "SPARQL-endpoint", "en": "SPARQL endpoint"}
_QUERIES: Final = {
    "nl": "Beantwoordt vragen in SPARQL 1.1 over alle gegevens van de actuele versie.",
    "en": "Answers SPARQL 1.1 queries over all data of the current release.",
}
_PROTOCOL: Final = NamedNode("https://www.w3.org/TR/sparql11-protocol/")


def described(site: Site, statement: Statement) -> Iterator[Triple]:
    """Yield what is said of the catalogue, each data set, its record, and the service over all of them."""
    catalog, service = statement.catalog, NamedNode(f"{site.base}id/data-service/sparql")
    home = NamedNode(site.base)
    yield from typed(catalog, f"{DCAT}Catalog")
    if catalog not in statement.about:
        yield from said(catalog, f"{DCT}title", *worded(site.title))
        yield from said(catalog, f"{DCT}description", *worded(site.description))
    yield from said(catalog, f"{FOAF}homepage", home)
    yield from typed(home, f"{FOAF}Document")
    yield from said(catalog, f"{DCAT}service", service)
    for dataset in (statement.whole, *statement.parts):
        yield from _dataset(site.base, statement, dataset)
        yield from said(service, f"{DCAT}servesDataset", dataset)
    yield from _service(site, statement, service)


def record_iri(base: str, dataset: NamedNode) -> NamedNode:
    """Return the IRI of the record about a data set, which is never the data set's own."""
    return NamedNode(f"{base}id/catalog-record/{slug(dataset)}")


def _dataset(base: str, statement: Statement, dataset: NamedNode) -> Iterator[Triple]:
    page, record = landing_page(dataset, base), record_iri(base, dataset)
    yield from typed(dataset, f"{DCAT}Dataset", f"{VOID}Dataset")
    if not statement.terms(dataset, f"{DCT}identifier"):
        yield from said(dataset, f"{DCT}identifier", Literal(dataset.value))
    yield from said(dataset, f"{DCAT}landingPage", page)
    yield from said(dataset, f"{FOAF}page", page)
    yield from typed(page, f"{FOAF}Document")
    if dataset != statement.whole:
        yield from said(dataset, f"{DCT}isPartOf", statement.whole)
        yield from said(statement.whole, f"{DCT}hasPart", dataset)
    yield from said(statement.catalog, f"{DCAT}dataset", dataset)
    yield from said(statement.catalog, f"{DCAT}record", record)
    yield from typed(record, f"{DCAT}CatalogRecord")
    yield from said(record, f"{FOAF}primaryTopic", dataset)
    for predicate in (f"{DCT}language", f"{DCT}conformsTo"):
        yield from said(record, predicate, *statement.values(statement.catalog, predicate))
    yield from said(record, f"{ADMS}status", *statement.values(dataset, f"{ADMS}status"))
    yield from _queried(base, statement, dataset)


def _queried(base: str, statement: Statement, dataset: NamedNode) -> Iterator[Triple]:
    """Yield the distribution of a data set that is the endpoint, with queries for a download."""
    node, endpoint = NamedNode(f"{base}id/distribution/{slug(dataset)}-sparql"), NamedNode(f"{base}sparql")
    yield from said(dataset, f"{DCAT}distribution", node)
    yield from typed(node, f"{DCAT}Distribution")
    titles = statement.titles(dataset)
    yield from said(node, f"{DCT}title", *worded(entitled(titles, _SERVICE, "SPARQL")))
    yield from said(node, f"{DCT}description", *worded({tag: _QUERIES[tag] for tag in titles if tag in _QUERIES}))
    yield from said(node, f"{DCAT}accessURL", endpoint)
    yield from said(node, f"{DCT}format", SPARQL_RESULTS.file_type)
    yield from said(node, f"{DCAT}accessService", NamedNode(f"{base}id/data-service/sparql"))
    yield from (
        triple for triple in inherited(node, dataset, statement) if triple.predicate.value != f"{DCT}conformsTo"
    )
    yield from said(node, f"{DCT}conformsTo", _PROTOCOL)


def _service(site: Site, statement: Statement, service: NamedNode) -> Iterator[Triple]:
    endpoint = NamedNode(f"{site.base}sparql")
    titles = {tag: site.title[tag] for tag in site.languages if tag in site.title}
    # It is the service that the endpoint describes when it is asked for nothing (SPARQL 1.1 Service Description §3).
    yield from typed(service, f"{DCAT}DataService", f"{SD}Service")
    yield from said(service, f"{SD}endpoint", endpoint)
    yield from said(service, f"{DCT}title", *worded(entitled(titles, _SERVICE, "SPARQL")))
    yield from said(service, f"{DCT}description", *worded({tag: _QUERIES[tag] for tag in titles if tag in _QUERIES}))
    yield from said(service, f"{DCT}identifier", Literal(service.value))
    yield from said(service, f"{DCAT}endpointURL", endpoint)
    yield from said(service, f"{DCAT}endpointDescription", endpoint)
    yield from said(service, f"{DCAT}landingPage", endpoint)
    yield from said(service, f"{DCT}conformsTo", _PROTOCOL)
    yield from typed(_PROTOCOL, f"{DCT}Standard")
    yield from typed(endpoint, f"{FOAF}Document")
    for name in _SHARED:
        predicate = f"{DCT}{name}"
        stated = statement.terms(statement.whole, predicate) or statement.terms(statement.catalog, predicate)
        yield from said(service, predicate, *stated)
    for predicate in (f"{DCAT}contactPoint", f"{DCAT}theme", f"{DCAT}keyword"):
        yield from said(service, predicate, *statement.terms(statement.whole, predicate))
