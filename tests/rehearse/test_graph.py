"""A catalogue is asked as often as it has to be, however many data sets it has, and answers in one order."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from si_lod.rehearse.conformance import parts
from si_lod.rehearse.graph import Graph, Node, Term
from si_lod.rehearse.terms import DCAT, FOAF, RDF_TYPE

NAMES = st.sampled_from("abcd")
IRIS = st.builds("https://data.example.nl/{}".format, NAMES).map(NamedNode)
NODES = st.one_of(IRIS, NAMES.map(BlankNode))
PREDICATES = st.sampled_from([RDF_TYPE, f"{FOAF}primaryTopic"]).map(NamedNode)
TRIPLES = st.lists(st.builds(Triple, NODES, PREDICATES, st.one_of(NODES, NAMES.map(Literal))), max_size=12)


class Asked(Graph):
    """A graph that counts how often it was asked for all subjects of a property."""

    times = 0

    def subjects(self, predicate: str) -> Iterator[tuple[Node, Term]]:
        self.times += 1
        return super().subjects(predicate)


def test_which_data_set_a_record_is_of_is_asked_once_however_many_there_are() -> None:
    triples = []
    for number in range(50):
        node, record = (NamedNode(f"https://data.example.nl/{kind}/{number}") for kind in ("dataset", "record"))
        triples.append(Triple(node, NamedNode(RDF_TYPE), NamedNode(f"{DCAT}Dataset")))
        triples.append(Triple(record, NamedNode(f"{FOAF}primaryTopic"), node))
    graph = Asked(triples)
    owners = parts(graph)
    assert graph.times == 1
    assert owners[NamedNode("https://data.example.nl/record/7")] == ("https://data.example.nl/dataset/7",)


@given(TRIPLES)
def test_subjects_and_instances_are_those_of_the_triples_in_one_order(triples: list[Triple]) -> None:
    graph, turned = Graph(triples), Graph(reversed(triples))
    for predicate in (RDF_TYPE, f"{FOAF}primaryTopic"):
        found = list(graph.subjects(predicate))
        expected = {(t.subject, t.object) for t in triples if t.predicate.value == predicate}
        assert (set(found), len(found)) == (expected, len(expected))
        assert found == list(turned.subjects(predicate))
    class_ = "https://data.example.nl/a"
    nodes = {t.subject for t in triples if t.predicate.value == RDF_TYPE and t.object == NamedNode(class_)}
    assert (set(graph.instances(class_)), len(graph.instances(class_))) == (nodes, len(nodes))
