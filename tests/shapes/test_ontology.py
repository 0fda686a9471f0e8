"""The ontology, the code lists and what people say of the data set: complete, used, and bound to one another.

The names that are derived for observations speak with the words of the code lists, so they are held here too.
"""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Literal as Word
from pyoxigraph import QueryTriples, RdfFormat, Store
from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, XSD, BNode, Graph, Literal, Namespace, URIRef

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
BASE = "https://w3id.org/smart-industry/"
SI = Namespace(BASE + "def/si#")
ONTOLOGY = URIRef(BASE + "def/si")
QB = Namespace("http://purl.org/linked-data/cube#")
SCHEMA = Namespace("https://schema.org/")
CONCEPT = BASE + "id/concept/"
LANGUAGES = ["en", "nl"]


def turtle(*folders: str) -> list[Path]:
    return sorted(chain.from_iterable((ROOT / folder).glob("*.ttl") for folder in folders))


def graph(*folders: str) -> Graph:
    found = Graph()
    for path in turtle(*folders):
        found.parse(path)
    return found


def tables() -> Iterator[tuple[str, dict[str, str], list[dict[str, str]]]]:
    """Yield each table's file name, the IRI template of each of its columns, and its rows."""
    metadata = json.loads((ROOT / "data/csv-metadata.json").read_text(encoding="utf-8"))
    for table in metadata["tables"]:
        columns = table["tableSchema"]["columns"]
        templates = {column["name"]: column.get("valueUrl", "") for column in columns if not column.get("virtual")}
        with (ROOT / "data" / table["url"]).open(encoding="utf-8", newline="") as file:
            yield table["url"], templates, list(csv.DictReader(file))


def terms_in_texts() -> Iterator[tuple[str, str]]:
    """Yield each file that mentions a term of ours by its prefix or its relative IRI, and the local name."""
    metadata = ROOT / "data/csv-metadata.json"
    for path in chain(turtle("shapes"), sorted((ROOT / "data/derived").glob("*.rq")), [metadata]):
        for name in re.findall(r'(?:\bsi:|"\.\./def/si#)(\w+)', path.read_text(encoding="utf-8")):
            yield path.name, name


def terms_in_graphs() -> Iterator[tuple[str, str]]:
    for path in turtle("data", "shapes"):
        for node in chain.from_iterable(Graph().parse(path)):
            if isinstance(node, URIRef) and node.startswith(SI):
                yield path.name, node.removeprefix(SI)


def terms_in_cells() -> Iterator[tuple[str, str]]:
    for url, templates, rows in tables():
        for column, template in templates.items():
            if template == f"../def/si#{{{column}}}":
                yield from ((url, row[column]) for row in rows)


def mentioned_terms() -> Iterator[tuple[str, str]]:
    """Yield each file that mentions a term of ours, and the term's local name."""
    return chain(terms_in_texts(), terms_in_graphs(), terms_in_cells())


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return Graph().parse(ROOT / "ontology/si.ttl")


@pytest.fixture(scope="module")
def vocabulary() -> Graph:
    return graph("ontology")


@pytest.fixture(scope="module")
def terms(ontology: Graph) -> list[URIRef]:
    return sorted(node for node in set(ontology.subjects()) if isinstance(node, URIRef) and node.startswith(SI))


@pytest.fixture(scope="module")
def properties(ontology: Graph) -> list[URIRef]:
    kinds = (OWL.ObjectProperty, OWL.DatatypeProperty)
    found = chain.from_iterable(ontology.subjects(RDF.type, kind) for kind in kinds)
    return sorted(node for node in found if isinstance(node, URIRef))


def languages(texts: Graph, subject: URIRef, predicate: URIRef) -> list[str]:
    found = texts.objects(subject, predicate)
    return sorted(text.language or "" for text in found if isinstance(text, Literal))


def test_every_term_that_is_used_is_defined(terms: list[URIRef]) -> None:
    defined = {term.removeprefix(SI) for term in terms}
    assert {(place, name) for place, name in mentioned_terms() if name not in defined} == set()


def test_every_term_that_is_defined_is_used(ontology: Graph, terms: list[URIRef]) -> None:
    used = {name for _, name in mentioned_terms()}
    superclasses = {str(node).removeprefix(SI) for node in ontology.objects(None, RDFS.subClassOf)}
    assert {term.removeprefix(SI) for term in terms} - used - superclasses == set()


def test_the_ontology_is_small(terms: list[URIRef], properties: list[URIRef]) -> None:
    assert (len(terms) - len(properties), len(properties)) == (12, 38)


@pytest.mark.parametrize("predicate", [RDFS.label, RDFS.comment, SKOS.definition])
def test_every_term_speaks_both_languages_once(ontology: Graph, terms: list[URIRef], predicate: URIRef) -> None:
    assert [term for term in terms if languages(ontology, term, predicate) != LANGUAGES] == []


def test_a_comment_is_the_definition(ontology: Graph, terms: list[URIRef]) -> None:
    # Some tools read only the one, some only the other.
    pairs = [(set(ontology.objects(t, RDFS.comment)), set(ontology.objects(t, SKOS.definition))) for t in terms]
    assert [pair for pair in pairs if pair[0] != pair[1]] == []


@pytest.mark.parametrize("predicate", [RDFS.label, SKOS.definition])
def test_no_two_terms_share_a_text(ontology: Graph, terms: list[URIRef], predicate: URIRef) -> None:
    texts = Counter(chain.from_iterable(ontology.objects(term, predicate) for term in terms))
    assert [text for text, count in texts.items() if count > 1] == []


def test_no_literal_of_a_term_lacks_a_language(ontology: Graph, terms: list[URIRef]) -> None:
    literals = [node for term in terms for node in ontology.objects(term) if isinstance(node, Literal)]
    assert [node for node in literals if not node.language] == []


def test_every_term_is_defined_by_the_ontology(ontology: Graph, terms: list[URIRef]) -> None:
    assert [t for t in terms if list(ontology.objects(t, RDFS.isDefinedBy)) != [ONTOLOGY]] == []


def test_a_property_has_one_range_and_belongs_somewhere(ontology: Graph, properties: list[URIRef]) -> None:
    for term in properties:
        domains = list(ontology.objects(term, RDFS.domain))
        included = list(ontology.objects(term, SCHEMA.domainIncludes))
        assert len(list(ontology.objects(term, RDFS.range))) == 1, term
        assert len(domains) == 1 or (not domains and len(included) > 1), term


def test_a_property_is_an_object_or_a_datatype_property_as_its_range_says(
    ontology: Graph, properties: list[URIRef]
) -> None:
    for term in properties:
        is_literal = str(ontology.value(term, RDFS.range)).startswith((str(RDF), "http://www.w3.org/2001/XMLSchema#"))
        kinds = {OWL.ObjectProperty, OWL.DatatypeProperty} & set(ontology.objects(term, RDF.type))
        assert kinds == {OWL.DatatypeProperty if is_literal else OWL.ObjectProperty}, term


def test_every_class_stands_under_another_vocabulary(ontology: Graph) -> None:
    for cls in ontology.subjects(RDF.type, OWL.Class):
        above = set(ontology.transitive_objects(cls, RDFS.subClassOf)) - {cls}
        assert [node for node in above if not str(node).startswith(BASE)] != [], cls


def test_no_class_is_its_own_superclass(ontology: Graph) -> None:
    for cls in ontology.subjects(RDF.type, OWL.Class):
        parents = list(ontology.objects(cls, RDFS.subClassOf))
        assert all(cls not in set(ontology.transitive_objects(up, RDFS.subClassOf)) for up in parents), cls


def test_the_terms_are_written_as_classes_and_properties_are(ontology: Graph, properties: list[URIRef]) -> None:
    classes = [str(node).removeprefix(SI) for node in ontology.subjects(RDF.type, OWL.Class)]
    assert [name for name in classes if not re.fullmatch(r"[A-Z][A-Za-z]+", name)] == []
    names = [term.removeprefix(SI) for term in properties]
    assert [name for name in names if not re.fullmatch(r"[a-z][A-Za-z]+", name)] == []


@pytest.mark.parametrize("path", turtle("ontology", "data"), ids=lambda path: path.name)
def test_a_file_has_no_blank_nodes(path: Path) -> None:
    assert [node for node in chain.from_iterable(Graph().parse(path)) if isinstance(node, BNode)] == []


def test_the_versions_of_the_ontology_agree(ontology: Graph) -> None:
    version = str(ontology.value(ONTOLOGY, OWL.versionInfo))
    assert re.fullmatch(r"\d+\.\d+\.\d+", version)
    assert list(ontology.objects(ONTOLOGY, OWL.versionIRI)) == [URIRef(f"{ONTOLOGY}/{version}")]
    citations = list(ontology.objects(ONTOLOGY, DCTERMS.bibliographicCitation))
    assert len(citations) == len(LANGUAGES)
    assert [text for text in citations if f" {version} " not in str(text)] == []


def test_the_header_says_who_when_and_on_what_terms(ontology: Graph) -> None:
    agent = URIRef(BASE + "id/agent/publisher")
    for predicate in (DCTERMS.creator, DCTERMS.publisher):
        assert list(ontology.objects(ONTOLOGY, predicate)) == [agent]
    assert (agent, RDF.type, None) in graph("data")
    dates = [str(ontology.value(ONTOLOGY, p)) for p in (DCTERMS.created, DCTERMS.issued, DCTERMS.modified)]
    assert dates == sorted(dates)
    for predicate in (DCTERMS.title, DCTERMS.description):
        assert languages(ontology, ONTOLOGY, predicate) == LANGUAGES


def test_every_code_is_complete_in_both_languages(vocabulary: Graph) -> None:
    for concept in vocabulary.subjects(SKOS.inScheme):
        assert isinstance(concept, URIRef)
        scheme, code = str(concept).removeprefix(BASE + "id/concept/").split("/")
        assert list(vocabulary.objects(concept, SKOS.notation)) == [Literal(code)]
        for predicate in (SKOS.prefLabel, SKOS.definition):
            assert languages(vocabulary, concept, predicate) == LANGUAGES, concept
        for predicate in (SKOS.inScheme, SKOS.topConceptOf):
            assert list(vocabulary.objects(concept, predicate)) == [URIRef(f"{BASE}id/scheme/{scheme}")], concept


def test_every_code_list_is_complete_in_both_languages(vocabulary: Graph) -> None:
    for scheme in vocabulary.subjects(RDF.type, SKOS.ConceptScheme):
        assert isinstance(scheme, URIRef)
        for predicate in (SKOS.prefLabel, SKOS.definition):
            assert languages(vocabulary, scheme, predicate) == LANGUAGES, scheme
        tops = set(vocabulary.objects(scheme, SKOS.hasTopConcept))
        assert tops == set(vocabulary.subjects(SKOS.inScheme, scheme)), scheme


def test_no_two_codes_of_a_list_share_a_name(vocabulary: Graph) -> None:
    names = Counter(
        (scheme, name)
        for concept, scheme in vocabulary.subject_objects(SKOS.inScheme)
        for name in vocabulary.objects(concept, SKOS.prefLabel)
    )
    assert [name for name, count in names.items() if count > 1] == []


def test_every_code_in_a_table_is_in_its_list(vocabulary: Graph) -> None:
    lists = {str(node).removeprefix(BASE + "id/concept/") for node in vocabulary.subjects(SKOS.inScheme)}
    kept_in_tables = {"breakdown", "unit"}
    checked = Counter[str]()
    for url, templates, rows in tables():
        for column, template in templates.items():
            found = re.fullmatch(r"\.\./id/concept/([a-z-]+)/\{\w+\}", template)
            if found is None or found[1] in kept_in_tables:
                continue
            for row in filter(lambda row: row[column], rows):
                assert f"{found[1]}/{row[column]}" in lists, (url, row)
                checked[found[1]] += 1
    assert len(checked) == 12, checked


def test_the_cube_has_its_components_in_order(vocabulary: Graph) -> None:
    structure = URIRef(BASE + "id/dsd/monitor")
    components = list(vocabulary.objects(structure, QB.component))
    orders = [vocabulary.value(component, QB.order) for component in components]
    assert sorted(int(str(order)) for order in orders) == list(range(1, 16))
    for component in components:
        assert isinstance(component, URIRef)
        assert languages(vocabulary, component, RDFS.label) == LANGUAGES


def test_a_component_is_of_the_type_by_which_the_structure_uses_it(vocabulary: Graph) -> None:
    types = {
        QB.dimension: QB.DimensionProperty,
        QB.measure: QB.MeasureProperty,
        QB.attribute: QB.AttributeProperty,
    }
    used = [(term, kind) for use, kind in types.items() for term in vocabulary.objects(None, use)]
    assert Counter(kind for _, kind in used) == {types[QB.dimension]: 8, types[QB.measure]: 1, types[QB.attribute]: 6}
    for term, kind in used:
        assert (term, RDF.type, kind) in vocabulary
        if (term, RDF.type, QB.CodedProperty) in vocabulary:
            scheme = vocabulary.value(term, QB.codeList)
            assert (scheme, RDF.type, SKOS.ConceptScheme) in vocabulary


PLAIN = {"value": "47", "unit": "count", "precision": "exact", "status": "actual", "breakdown": "total"}


def labels(**cells: str) -> set[str]:
    """Return the derived names of one observation, among the facts as far as they have names themselves."""
    row = PLAIN | cells
    store = Store()
    for path in turtle("ontology"):
        store.load(path=str(path), format=RdfFormat.TURTLE)
    store.load(
        f"""
        @prefix si: <{SI}> . @prefix skos: <{SKOS}> . @prefix rdfs: <{RDFS}> . @prefix xsd: <{XSD}> .
        <urn:o> a si:Observation ; si:value "{row["value"]}"^^xsd:decimal ;
          si:ofIndicator <urn:i> ; si:refPeriod <urn:p> ; si:subject <urn:s> ;
          si:breakdown <{CONCEPT}breakdown/{row["breakdown"]}> ;
          si:precision <{CONCEPT}precision/{row["precision"]}> ;
          si:valueStatus <{CONCEPT}value-status/{row["status"]}> ;
          <http://purl.org/linked-data/sdmx/2009/attribute#unitMeasure> <{CONCEPT}unit/{row["unit"]}> .
        <urn:i> skos:prefLabel "investering"@nl, "investment"@en .
        <urn:p> rdfs:label "juni 2018"@nl, "June 2018"@en .
        <urn:s> rdfs:label "RoboHouse" .
        <{CONCEPT}breakdown/private> skos:prefLabel "privaat geld"@nl, "private money"@en .
        <{CONCEPT}breakdown/total> skos:prefLabel "totaal"@nl, "total"@en .
        <{CONCEPT}unit/count> skos:prefLabel "aantal"@nl, "number"@en .
        <{CONCEPT}unit/eur> skos:prefLabel "euro"@nl, "euro"@en .
        <{CONCEPT}unit/percent> skos:prefLabel "procent"@nl, "percent"@en .
        """,
        format=RdfFormat.TURTLE,
    )
    derived = store.query((ROOT / "data/derived/40-observation-labels.rq").read_text(encoding="utf-8"))
    assert isinstance(derived, QueryTriples)
    return {f"{triple.object.value}@{triple.object.language}" for triple in derived if isinstance(triple.object, Word)}


@pytest.mark.parametrize(
    ("cells", "dutch", "english"),
    [
        ({}, "investering, RoboHouse, juni 2018: 47", "investment, RoboHouse, June 2018: 47"),
        ({"value": "999"}, "investering, RoboHouse, juni 2018: 999", "investment, RoboHouse, June 2018: 999"),
        (
            {"value": "1200000", "unit": "eur", "precision": "more-than", "breakdown": "private", "status": "planned"},
            "investering (privaat geld), RoboHouse, juni 2018: meer dan 1.200.000 euro (gepland)",
            "investment (private money), RoboHouse, June 2018: more than 1,200,000 euro (planned)",
        ),
        (
            {"value": "1234567890", "unit": "eur", "precision": "estimate"},
            "investering, RoboHouse, juni 2018: naar schatting 1.234.567.890 euro",
            "investment, RoboHouse, June 2018: an estimated 1,234,567,890 euro",
        ),
        (
            {"value": "1234.5", "unit": "percent", "precision": "circa"},
            "investering, RoboHouse, juni 2018: circa 1.234,5%",
            "investment, RoboHouse, June 2018: about 1,234.5%",
        ),
    ],
)
def test_an_observation_is_named_as_people_write_it(cells: dict[str, str], dutch: str, english: str) -> None:
    assert labels(**cells) == {f"{dutch}@nl", f"{english}@en"}
