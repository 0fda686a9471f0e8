"""The catalogue is made of the files that it tells of, and changes when they do."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, Store, Triple, parse
from rdflib import Graph, URIRef

from si_lod.errors import InvalidFiles
from si_lod.publish.csvw import read_metadata
from si_lod.publish.road import check, publish
from si_lod.release import Release
from si_lod.releases import Releases
from tests.publish.conftest import Copy

BASE = "https://data.example.org/reading/"
DCAT = "http://www.w3.org/ns/dcat#"
DCT = "http://purl.org/dc/terms/"
VOID = "http://rdfs.org/ns/void#"
THEMES = """
<dataset/branches> a dcat:Dataset ;
  dct:title "Branches"@en, "Vestigingen"@nl ;
  dct:license <http://creativecommons.org/publicdomain/zero/1.0/> ;
  <http://rdfs.org/ns/void#classPartition> <class-partition/branch> .
<class-partition/branch> <http://rdfs.org/ns/void#class> <https://data.example.org/reading/def/read#Branch> .
<dataset/words> a dcat:Dataset ;
  dct:title "Words"@en, "Woorden"@nl .
"""

Publish = Callable[[], Release]


class Catalogue:
    """The catalogue of a release, to ask."""

    def __init__(self, release: Release) -> None:
        self.folder = release.path
        self.triples = [q.triple for q in parse(path=str(release.path / "catalog.nt"), format=RdfFormat.N_TRIPLES)]

    def values(self, subject: str, predicate: str) -> list[str]:
        return sorted(t.object.value for t in self._about(subject, predicate) if not isinstance(t.object, Triple))

    def instances(self, class_: str) -> list[str]:
        kind = NamedNode(class_)
        return sorted(t.subject.value for t in self.triples if t.object == kind and isinstance(t.subject, NamedNode))

    def _about(self, subject: str, predicate: str) -> list[Triple]:
        return [t for t in self.triples if t.subject == NamedNode(subject) and t.predicate.value == predicate]


@pytest.fixture
def publishing(site: Copy, tmp_path: Path) -> Publish:
    releases = Releases(tmp_path / "releases")
    return lambda: publish(site.source(), releases).release


def raise_version(site: Copy, version: str, day: str, *, old: str = "1", old_day: str = "2026-02-01") -> None:
    site.replace("data/dataset.ttl", f'dcat:version "{old}"', f'dcat:version "{version}"')
    site.replace("data/dataset.ttl", old_day, day)


def divide(site: Copy) -> None:
    path = site.root / "data/dataset.ttl"
    path.write_text(path.read_text(encoding="utf-8") + THEMES, encoding="utf-8")


def test_every_file_that_the_catalogue_tells_of_is_there_with_the_size_that_it_tells(publishing: Publish) -> None:
    catalogue = Catalogue(publishing())
    files = [file for node in catalogue.instances(f"{DCAT}Distribution") for file in _file(catalogue, node)]
    assert len(files) == 5 * 2 + 3 * 2, "five syntaxes and three tables, each also compressed"
    for name, size in files:
        assert (catalogue.folder / "dump" / name).stat().st_size == size


def _file(catalogue: Catalogue, node: str) -> list[tuple[str, int]]:
    names = [value.removeprefix(f"{BASE}dump/") for value in catalogue.values(node, f"{DCAT}downloadURL")]
    sizes = [int(value) for value in catalogue.values(node, f"{DCAT}byteSize")]
    return list(zip(names, sizes, strict=True))


def test_the_size_has_the_datatype_that_dcat_asks_for(publishing: Publish) -> None:
    catalogue = Catalogue(publishing())
    sizes = [t.object for t in catalogue.triples if t.predicate.value == f"{DCAT}byteSize"]
    assert sizes
    for size in sizes:
        assert isinstance(size, Literal)
        assert size.datatype.value.endswith("#nonNegativeInteger")


def test_a_data_set_is_the_same_graph_in_every_syntax(publishing: Publish) -> None:
    folder = publishing().path / "dump"
    graphs = [
        {quad.triple for quad in parse(path=str(folder / f"visits.{syntax.file_extension}"), format=syntax)}
        for syntax in (
            RdfFormat.TURTLE,
            RdfFormat.N_TRIPLES,
            RdfFormat.N_QUADS,
            RdfFormat.RDF_XML,
            RdfFormat.JSON_LD,
        )
    ]
    assert len(graphs[0]) > 100
    assert all(graph == graphs[0] for graph in graphs)


def test_a_compressed_file_holds_what_the_plain_one_does(publishing: Publish) -> None:
    folder = publishing().path / "dump"
    packed = sorted(folder.glob("*.gz"))
    assert packed
    for path in packed:
        assert gzip.decompress(path.read_bytes()) == path.with_suffix("").read_bytes()


def test_the_whole_holds_everything_but_what_the_catalogue_says(publishing: Publish) -> None:
    release = publishing()
    dump = {q.triple for q in parse(path=str(release.path / "dump/visits.nt"), format=RdfFormat.N_TRIPLES)}
    catalogued = {triple.subject for triple in Catalogue(release).triples}
    everything = {quad.triple for quad in release.store()}
    assert dump <= everything
    left_out = {triple.subject for triple in everything - dump}
    assert left_out <= catalogued | {s for s in left_out if "data-service" in str(s)}


def test_a_thing_is_in_the_data_set_that_names_its_class_and_in_no_other(site: Copy, publishing: Publish) -> None:
    divide(site)
    folder = publishing().path / "dump"
    subjects = {
        name: {q.subject for q in parse(path=str(folder / f"{name}.nt"), format=RdfFormat.N_TRIPLES)}
        for name in ("visits", "branches", "words")
    }
    assert subjects["branches"]
    assert subjects["words"]
    assert not subjects["branches"] & subjects["words"]
    assert subjects["branches"] | subjects["words"] == subjects["visits"]


def test_a_table_is_in_the_data_set_of_its_things(site: Copy, publishing: Publish) -> None:
    divide(site)
    catalogue = Catalogue(publishing())
    assert f"{BASE}id/distribution/branches-csv" in catalogue.values(
        f"{BASE}id/dataset/branches", f"{DCAT}distribution"
    )
    assert f"{BASE}id/distribution/visits-csv" in catalogue.values(f"{BASE}id/dataset/words", f"{DCAT}distribution")


def test_a_table_stands_beside_metadata_that_describe_it_alone(publishing: Publish) -> None:
    folder = publishing().path / "dump"
    for path in folder.glob("*.csv"):
        described = json.loads((folder / f"{path.name}-metadata.json").read_text(encoding="utf-8"))
        header = next(csv.reader(io.StringIO(path.read_text(encoding="utf-8"))))
        columns = [c for c in described["tableSchema"]["columns"] if not c.get("virtual")]
        assert described["url"] == path.name
        assert len(columns) == len(header)


def test_metadata_beside_a_table_hold_what_they_refer_to_or_share_with_others(site: Copy, publishing: Publish) -> None:
    path = site.root / "data/csv-metadata.json"
    metadata = json.loads(path.read_text(encoding="utf-8"))
    (site.root / "data/parts").mkdir()
    schema, dialect = metadata["tables"][0]["tableSchema"], {"delimiter": ","}
    context = ["http://www.w3.org/ns/csvw", {"@language": "en"}]
    site.write("data/parts/schema.json", json.dumps({"@context": context, **schema}))
    site.write("data/parts/dialect.json", json.dumps(dialect))
    metadata |= {"@type": "TableGroup", "tableSchema": "parts/schema.json", "dialect": "parts/dialect.json"}
    del metadata["tables"][0]["tableSchema"]
    path.write_text(json.dumps(metadata), encoding="utf-8-sig")
    file = publishing().path / "dump/branches.csv-metadata.json"
    described = json.loads(file.read_text(encoding="utf-8"))
    assert (described["tableSchema"], described["dialect"]) == (schema, dialect)
    (file.parent / "alone").mkdir()
    for each in (file, file.with_name("branches.csv")):
        shutil.copy(each, file.parent / "alone")
    read_metadata(file.parent / "alone" / file.name, base=f"{BASE}dump/")


def test_the_same_data_gives_the_same_bytes(site: Copy, tmp_path: Path) -> None:
    first, second = (publish(site.source(), Releases(tmp_path / name)).release.path for name in ("one", "two"))
    for path in [*first.rglob("dump/*"), first / "catalog.nt"]:
        assert path.read_bytes() == (second / path.relative_to(first)).read_bytes(), path.name


def test_a_changed_fact_changes_the_data_set_concerned_and_no_other(site: Copy, publishing: Publish) -> None:
    divide(site)
    publishing()
    raise_version(site, "2", "2026-03-01")
    site.replace("data/branches.csv", "Harbour branch", "Harbour")
    catalogue = Catalogue(publishing())
    modified = {
        name: catalogue.values(f"{BASE}id/dataset/{name}", f"{DCT}modified") for name in ("branches", "words", "visits")
    }
    assert modified == {"branches": ["2026-03-01"], "words": ["2026-02-01"], "visits": ["2026-03-01"]}
    assert catalogue.values(f"{BASE}id/dataset/words", f"{DCAT}version") == ["1"]
    assert catalogue.values(f"{BASE}id/dataset/branches", f"{DCAT}version") == ["2"]
    assert catalogue.values(f"{BASE}id/catalog", f"{DCT}modified") == ["2026-03-01"]


def test_a_second_release_of_a_day_gives_only_what_it_changed_its_version(site: Copy, publishing: Publish) -> None:
    divide(site)
    publishing()
    raise_version(site, "2", "2026-02-01")
    site.replace("data/branches.csv", "Harbour branch", "Harbour")
    catalogue = Catalogue(publishing())
    versions = {
        name: catalogue.values(f"{BASE}id/dataset/{name}", f"{DCAT}version") for name in ("branches", "words", "visits")
    }
    assert versions == {"branches": ["2"], "words": ["1"], "visits": ["2"]}


def test_the_service_is_the_one_that_the_endpoint_describes(publishing: Publish) -> None:
    release = publishing()
    sd, service = "http://www.w3.org/ns/sparql-service-description#", f"{BASE}id/data-service/sparql"
    catalogue = Catalogue(release)
    for class_ in (f"{DCAT}DataService", f"{sd}Service"):
        assert catalogue.instances(class_) == [service]
        assert release.store().query(f"ASK {{ <{service}> a <{class_}> }}")
    assert catalogue.values(service, f"{sd}endpoint") == catalogue.values(service, f"{DCAT}endpointURL")


def test_a_file_keeps_its_dates_until_its_bytes_change(site: Copy, publishing: Publish) -> None:
    publishing()
    raise_version(site, "2", "2026-03-01")
    site.replace("data/branches.csv", "Harbour branch", "Harbour")
    catalogue = Catalogue(publishing())
    dates = {
        name: (
            *catalogue.values(f"{BASE}id/distribution/{name}", f"{DCT}issued"),
            *catalogue.values(f"{BASE}id/distribution/{name}", f"{DCT}modified"),
        )
        for name in ("branches-csv", "visits-csv", "reports-csv-gz")
    }
    assert dates == {
        "branches-csv": ("2026-02-01", "2026-03-01"),
        "visits-csv": ("2026-02-01", "2026-02-01"),
        "reports-csv-gz": ("2026-02-01", "2026-02-01"),
    }


def test_a_data_set_is_first_issued_once_also_the_one_that_states_the_day_of_the_release(
    site: Copy, publishing: Publish
) -> None:
    divide(site)
    whole, other = f"{BASE}id/dataset/visits", f"{BASE}id/dataset/branches"
    for number, day in enumerate(["2026-02-01", "2026-03-01", "2026-04-01"]):
        if number:
            raise_version(site, str(number + 1), day, old=str(number), old_day=f"2026-0{number + 1}-01")
            site.replace("data/branches.csv", "Harbour branch", f"Harbour branch {number}")
        release = publishing()
        catalogue = Catalogue(release)
        assert release.manifest.issued == day
        for node in (whole, other):
            assert catalogue.values(node, f"{DCT}issued") == ["2026-02-01"]
            assert catalogue.values(node, f"{DCT}modified") == [day]
        stored = release.store().quads_for_pattern(NamedNode(whole), NamedNode(f"{DCT}issued"), None)
        assert [quad.object.value for quad in stored if isinstance(quad.object, Literal)] == ["2026-02-01"]


@pytest.mark.parametrize("name", ["visits", "branches", "words"])
def test_n_quads_name_the_data_set_that_they_are_of(site: Copy, publishing: Publish, name: str) -> None:
    divide(site)
    folder = publishing().path / "dump"
    quads = list(parse(path=str(folder / f"{name}.nq"), format=RdfFormat.N_QUADS))
    triples = [quad.triple for quad in parse(path=str(folder / f"{name}.nt"), format=RdfFormat.N_TRIPLES)]
    assert triples == [quad.triple for quad in quads]
    assert {quad.graph_name for quad in quads} == {NamedNode(f"{BASE}id/dataset/{name}")}


def test_what_is_counted_is_what_is_there(publishing: Publish) -> None:
    release = publishing()
    catalogue, whole = Catalogue(release), f"{BASE}id/dataset/visits"
    triples = [q.triple for q in parse(path=str(release.path / "dump/visits.nt"), format=RdfFormat.N_TRIPLES)]
    assert catalogue.values(whole, f"{VOID}triples") == [str(len(triples))]
    partitions = catalogue.values(whole, f"{VOID}propertyPartition")
    assert len(partitions) == len({triple.predicate for triple in triples})
    assert sum(int(*catalogue.values(node, f"{VOID}triples")) for node in partitions) == len(triples)


def test_the_endpoint_knows_the_catalogue(publishing: Publish) -> None:
    store: Store = publishing().store()
    query = f"ASK {{ <{BASE}id/catalog> <{DCAT}dataset>/<{DCAT}distribution>/<{DCAT}downloadURL> ?file }}"
    assert store.query(query)


def test_a_site_that_states_no_catalogue_gets_one_with_its_title(publishing: Publish) -> None:
    catalogue = Catalogue(publishing())
    assert catalogue.instances(f"{DCAT}Catalog") == [f"{BASE}id/catalog"]
    assert catalogue.values(f"{BASE}id/catalog", f"{DCT}title")


@pytest.mark.parametrize("text", ['Café "De Hoek"\n', "tab\there", "emoji 📚 and, a comma", "<b>&amp;</b>"])
def test_hostile_text_in_a_title_harms_no_file(site: Copy, publishing: Publish, text: str) -> None:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    site.replace("data/dataset.ttl", '"Library visits"@en', f'"{escaped}"@en')
    release = publishing()
    titles = Catalogue(release).values(f"{BASE}id/distribution/visits-ttl", f"{DCT}title")
    assert f"{text} as Turtle" in titles


def test_tables_whose_downloads_would_overwrite_each_other_are_refused(site: Copy, publishing: Publish) -> None:
    (site.root / "data/old").mkdir()
    site.write("data/old/branches.csv", "id\nold\n")
    path = site.root / "data/csv-metadata.json"
    metadata = json.loads(path.read_text(encoding="utf-8"))
    columns = [{"name": "id", "titles": "id", "suppressOutput": True}]
    metadata["tables"].append({"url": "old/branches.csv", "tableSchema": {"columns": columns}})
    path.write_text(json.dumps(metadata), encoding="utf-8")
    for act in (publishing, lambda: check(site.source())):
        with pytest.raises(InvalidFiles) as caught:
            act()
        (problem,) = caught.value.problems
        assert problem.place == "data/csv-metadata.json"
        assert f"found branches.csv for {BASE}data/branches.csv and {BASE}data/old/branches.csv" in problem.message


def test_data_sets_whose_downloads_would_overwrite_each_other_are_refused_at_their_place(
    site: Copy, publishing: Publish
) -> None:
    divide(site)
    site.replace("data/dataset.ttl", "<dataset/words>", "<dataset/old/branches>")
    lines = (site.root / "data/dataset.ttl").read_text(encoding="utf-8").splitlines()
    for act in (publishing, lambda: check(site.source())):
        with pytest.raises(InvalidFiles) as caught:
            act()
        (problem,) = caught.value.problems
        assert "<dataset/old/branches>" in lines[problem.line - 1] or "<dataset/branches>" in lines[problem.line - 1]
        assert f'found "branches" in {BASE}id/dataset/branches and {BASE}id/dataset/old/branches' in problem.message


def test_what_a_data_set_conforms_to_is_in_the_dump_with_all_that_the_ontology_says_of_it(
    site: Copy, publishing: Publish
) -> None:
    divide(site)
    path = site.root / "data/dataset.ttl"
    stated = (
        "<dataset/visits> dct:conformsTo <../def/read> .\n"
        "<dataset/visits> dct:publisher <branch/harbour> ; dct:creator <agent/editor> .\n"
        "<../def/read> a dct:Standard .\n"
        "<branch/harbour> a <http://xmlns.com/foaf/0.1/Agent> .\n"
        '<agent/editor> a <http://xmlns.com/foaf/0.1/Agent> ; <http://xmlns.com/foaf/0.1/name> "Ed" .\n'
    )
    path.write_text(path.read_text(encoding="utf-8") + stated, encoding="utf-8")
    folder = publishing().path
    for name in ("visits", "words"):
        assert f"<{BASE}def/read> <http://www.w3.org/2002/07/owl#versionInfo>" in _text(folder / f"dump/{name}.nt")
    assert f"{BASE}def/read 2026-02-01 " in _text(folder / "things/words.txt")
    assert f"<{BASE}id/branch/harbour> <{BASE}def/read#opened>" in _text(folder / "dump/branches.nt")
    assert f"<{BASE}id/agent/editor>" not in _text(folder / "dump/visits.nt")


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def test_the_version_of_something_else_is_not_that_of_the_release(site: Copy, publishing: Publish) -> None:
    tool = f'<{BASE}id/agent/tool> a <https://schema.org/SoftwareApplication> ; dcat:version "3.2" .\n'
    site.write("data/about.ttl", f"@prefix dcat: <{DCAT}> .\n{tool}")
    path = site.root / "data/dataset.ttl"
    path.write_text(path.read_text(encoding="utf-8") + tool.replace("tool", "other-tool"), encoding="utf-8")
    release = publishing()
    catalogue = Catalogue(release)
    assert release.manifest.version == "1"
    assert f"{BASE}id/agent/tool" not in catalogue.instances(f"{DCAT}Dataset")
    assert catalogue.values(f"{BASE}id/catalog", f"{DCAT}dataset") == [f"{BASE}id/dataset/visits"]
    assert (release.path / "dump/visits.nt").is_file()


def test_terms_without_a_namespace_and_terms_alike_are_counted_each_by_itself(site: Copy, publishing: Publish) -> None:
    path = site.root / "data/csv-metadata.json"
    metadata = json.loads(path.read_text(encoding="utf-8"))
    terms = ("urn:x-lib:name", "https://other.example/a-b", "https://other.example/a/b")
    for table, term in zip(metadata["tables"], terms, strict=True):
        extra = {"name": "extra", "virtual": True, "propertyUrl": term, "default": "x"}
        table["tableSchema"]["columns"].append(extra)
    path.write_text(json.dumps(metadata), encoding="utf-8")
    catalogue = Catalogue(publishing())
    nodes = catalogue.values(f"{BASE}id/dataset/visits", f"{VOID}propertyPartition")
    counted = [catalogue.values(node, f"{VOID}property") for node in nodes]
    assert all(len(terms) == 1 for terms in counted)
    assert {found for (found,) in counted} >= set(terms)
    vocabularies = catalogue.values(f"{BASE}id/dataset/visits", f"{VOID}vocabulary")
    assert "https://other.example/" in vocabularies
    assert not [one for one in vocabularies if one.startswith("urn:")]


def test_line_ends_in_a_cell_are_the_same_in_every_syntax(site: Copy, publishing: Publish) -> None:
    path = site.root / "data/branches.csv"
    path.write_bytes(path.read_bytes().replace(b"Harbour branch", b'"Harbour\r\nbranch\rthe old one\nwest"'))
    folder = publishing().path / "dump"
    label = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
    harbour = URIRef(f"{BASE}id/branch/harbour")
    lines = parse(path=str(folder / "visits.nt"), format=RdfFormat.N_TRIPLES)
    plain = [q.object.value for q in lines if (q.subject.value, q.predicate) == (str(harbour), label)]
    assert plain == ["Harbour\r\nbranch\rthe old one\nwest"]
    # Another library reads it, which hears of line ends what the XML parser tells (XML 1.0 §2.11).
    other = Graph().parse(folder / "visits.rdf", format="xml")
    assert [str(name) for name in other.objects(harbour, URIRef(label.value))] == plain


def test_a_syntax_that_cannot_express_a_data_set_is_left_out(site: Copy, publishing: Publish) -> None:
    path = site.root / "data/csv-metadata.json"
    metadata = json.loads(path.read_text(encoding="utf-8"))
    metadata["tables"][0]["tableSchema"]["columns"][1]["propertyUrl"] = "https://other.example/1"
    path.write_text(json.dumps(metadata), encoding="utf-8")
    catalogue = Catalogue(publishing())
    assert not (catalogue.folder / "dump/visits.rdf").exists()
    assert f"{BASE}id/distribution/visits-rdf" not in catalogue.instances(f"{DCAT}Distribution")
    assert (catalogue.folder / "dump/visits.ttl").exists()


def test_what_is_only_issued_anew_was_not_modified(site: Copy, publishing: Publish) -> None:
    divide(site)
    publishing()
    raise_version(site, "2", "2026-03-01")
    catalogue = Catalogue(publishing())
    modified = {
        name: catalogue.values(f"{BASE}id/{name}", f"{DCT}modified")
        for name in (
            *("dataset/visits", "dataset/branches", "distribution/visits-ttl", "data-service/sparql"),
            *("catalog-record/branches", "catalog-record/visits", "catalog"),
        )
    }
    new = {name for name, days in modified.items() if days == ["2026-03-01"]}
    assert new == {"catalog-record/visits", "catalog"}, "what the catalogue says has another version in it"
    assert all(days in (["2026-02-01"], ["2026-03-01"]) for days in modified.values())


def test_a_data_set_is_modified_when_its_publisher_is_called_otherwise(site: Copy, publishing: Publish) -> None:
    divide(site)
    path = site.root / "data/dataset.ttl"
    agent = (
        "<dataset/branches> dct:publisher <agent/library> .\n"
        '<agent/library> a <http://xmlns.com/foaf/0.1/Agent> ; <http://xmlns.com/foaf/0.1/name> "Library" .\n'
    )
    path.write_text(path.read_text(encoding="utf-8") + agent, encoding="utf-8")
    publishing()
    raise_version(site, "2", "2026-03-01")
    site.replace("data/dataset.ttl", '"Library"', '"Town library"')
    catalogue = Catalogue(publishing())
    for name, day in (("branches", "2026-03-01"), ("words", "2026-02-01")):
        for kind in ("dataset", "catalog-record"):
            assert catalogue.values(f"{BASE}id/{kind}/{name}", f"{DCT}modified") == [day], (kind, name)
    assert catalogue.values(f"{BASE}id/distribution/branches-ttl", f"{DCT}modified") == ["2026-02-01"]


@pytest.mark.parametrize(
    ("file", "url", "download"),
    [
        ("vi sits.csv", "vi%20sits.csv", "vi-sits"),
        ("bezoekersaantállen (1).csv", "bezoekersaant%C3%A1llen%20(1).csv", "bezoekersaantallen-1"),
    ],
)
def test_the_download_of_a_table_has_a_name_that_an_address_can_have(
    site: Copy, publishing: Publish, file: str, url: str, download: str
) -> None:
    (site.root / "data/visits.csv").rename(site.root / "data" / file)
    site.replace("data/csv-metadata.json", '"url": "visits.csv"', f'"url": "{url}"')
    catalogue = Catalogue(publishing())
    files = catalogue.values(f"{BASE}id/distribution/{download}-csv", f"{DCAT}downloadURL")
    assert files == [f"{BASE}dump/{download}.csv"]
    assert (catalogue.folder / f"dump/{download}.csv").is_file()
    metadata = json.loads((catalogue.folder / f"dump/{download}.csv-metadata.json").read_text(encoding="utf-8"))
    assert metadata["url"] == f"{download}.csv"


def test_data_sets_that_no_distribution_tells_apart_are_refused(site: Copy, publishing: Publish) -> None:
    divide(site)
    site.replace("data/dataset.ttl", "<dataset/branches>", "<dataset/the.words>")
    site.replace("data/dataset.ttl", "<dataset/words>", "<dataset/the-words>")
    with pytest.raises(InvalidFiles, match=r'found "the[.-]words" in .*id/dataset/the.words') as caught:
        publishing()
    assert len(caught.value.problems) == 1


def test_a_data_set_that_no_download_can_be_called_after_is_refused_at_its_place(
    site: Copy, publishing: Publish
) -> None:
    divide(site)
    site.replace("data/dataset.ttl", "<dataset/words>", "<dataset#words>")
    with pytest.raises(InvalidFiles) as caught:
        publishing()
    (problem,) = caught.value.problems
    assert f"found {BASE}id/dataset#words" in problem.message
    lines = (site.root / "data/dataset.ttl").read_text(encoding="utf-8").splitlines()
    assert "<dataset#words>" in lines[problem.line - 1]


@pytest.mark.parametrize(
    ("title", "languages", "expected"),
    [
        ('"Library visits"@en', ["en"], {"SPARQL endpoint", "Changes of the catalogue (LDES)"}),
        (
            '"Bibliotheksbesuche"@de',
            ["de"],
            {"Bibliotheksbesuche (SPARQL)", "Bibliotheksbesuche (Turtle)", "Bibliotheksbesuche (visits.csv, gzip)"},
        ),
    ],
)
def test_a_site_tells_of_its_files_in_its_own_languages(
    site: Copy, publishing: Publish, title: str, languages: list[str], expected: set[str]
) -> None:
    (tag,) = languages
    site.replace("data/dataset.ttl", '"Library visits"@en, "Bibliotheekbezoek"@nl', title)
    path = site.root / "data/site.toml"
    text = path.read_text(encoding="utf-8").replace('languages = ["en", "nl"]', f'languages = ["{tag}"]')
    text = re.sub(r"^nl = .*\n", "", text, flags=re.MULTILINE)
    path.write_text(re.sub(r"^en = ", f"{tag} = ", text, flags=re.MULTILINE), encoding="utf-8")
    for query in (site.root / "data/queries").glob("*.rq"):
        query.write_text(query.read_text(encoding="utf-8").replace("@en", f"@{tag}"), encoding="utf-8")
    catalogue = Catalogue(publishing())
    nodes = [node for kind in ("Distribution", "DataService") for node in catalogue.instances(f"{DCAT}{kind}")]
    titles = {node: catalogue.values(node, f"{DCT}title") for node in nodes}
    assert len(nodes) > 15
    assert all(len(found) == 1 for found in titles.values()), titles
    assert expected <= {text for found in titles.values() for text in found}
    names = {NamedNode(f"{DCT}{name}") for name in ("title", "description")}
    told = [t.object for t in catalogue.triples if t.predicate in names and t.subject in map(NamedNode, nodes)]
    assert {one.language for one in told if isinstance(one, Literal)} == {tag}
