"""The endpoint's description is data, and its count is true."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode

from si_lod.publish.composition import Composer
from si_lod.publish.source.edition import Edition
from tests.publish.conftest import Copy

BASE = "https://data.example.org/reading/"


def test_the_count_of_triples_counts_the_description_too(site: Copy) -> None:
    store = Composer(site.source(), Edition.read(site.source())).compose(site.root.parent / "store").store
    graph = NamedNode(f"{BASE}id/data-service/sparql.graph")
    (count,) = store.quads_for_pattern(graph, NamedNode("http://rdfs.org/ns/void#triples"), None)
    assert count.object == Literal(str(len(store)), datatype=NamedNode("http://www.w3.org/2001/XMLSchema#integer"))


def test_the_endpoint_is_where_the_site_has_it(site: Copy) -> None:
    store = Composer(site.source(), Edition.read(site.source())).compose(site.root.parent / "store").store
    endpoint = NamedNode("http://www.w3.org/ns/sparql-service-description#endpoint")
    assert [quad.object for quad in store.quads_for_pattern(None, endpoint, None)] == [NamedNode(f"{BASE}sparql")]


def test_the_data_set_leads_to_its_verdict(site: Copy) -> None:
    store = Composer(site.source(), Edition.read(site.source())).compose(site.root.parent / "store").store
    leads = NamedNode("http://www.w3.org/ns/dqv#hasQualityMetadata")
    (quad,) = store.quads_for_pattern(NamedNode(f"{BASE}id/dataset/visits"), leads, None)
    assert quad.object == NamedNode(f"{BASE}release/1/report")
