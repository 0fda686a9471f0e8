"""The sample facts arrive in RDF whole: every row of every table."""

from __future__ import annotations

import csv
import json
import shutil
from collections import Counter
from pathlib import Path

import pytest
from pyoxigraph import Store

from si_lod.publish.csvw import convert
from si_lod.publish.dataset.assembly import assemble, read_tables
from si_lod.publish.source.files import Source
from si_lod.sites import Site

SI = "https://w3id.org/smart-industry/def/si#"

# What the facts hold, by the table and the class that its rows are of.
COUNTS = {
    ("fieldlabs", f"{SI}Fieldlab"): 39,
    ("hubs", f"{SI}Hub"): 5,
    ("programmes", f"{SI}Programme"): 4,
    ("organisations", "http://www.w3.org/ns/org#Organization"): 51,
    ("indicators", f"{SI}Indicator"): 66,
    ("observations", f"{SI}Observation"): 233,
    ("findings", f"{SI}Finding"): 30,
    ("publications", f"{SI}Publication"): 156,
    ("discrepancies", f"{SI}Discrepancy"): 23,
}


@pytest.fixture(scope="module")
def store(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Store:
    return assemble(Source.read(sample), tmp_path_factory.mktemp("facts") / "store").store


def rows(sample: Path, table: str) -> list[dict[str, str]]:
    with (sample / f"data/{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def select(store: Store, query: str) -> list[list[str]]:
    return [[term.value for term in solution] for solution in store.query(query)]  # type: ignore[union-attr]


@pytest.mark.parametrize(("table", "name"), COUNTS, ids=[table for table, _ in COUNTS])
def test_every_row_of_a_table_is_a_thing_in_the_store(store: Store, sample: Path, table: str, name: str) -> None:
    ids = sorted(row["id"] for row in rows(sample, table))
    within = "https://w3id.org/smart-industry/id/"
    found = select(store, f'SELECT ?s WHERE {{ ?s a <{name}> . FILTER STRSTARTS(STR(?s), "{within}") }}')
    described = sorted(iri.rpartition("/")[2] for (iri,) in found)
    if table == "organisations":
        # Fieldlabs, hubs and programmes are organisations of a kind, and so is who publishes the data set.
        described = [one for (iri,) in found if (one := iri.rpartition("/")[2]) in ids and "/organisation/" in iri]
    assert sorted(described) == ids
    assert len(ids) == COUNTS[table, name]


def test_every_value_is_the_number_that_the_table_gives(store: Store, sample: Path) -> None:
    found = select(store, f"SELECT ?s ?v WHERE {{ ?s <{SI}value> ?v }}")
    expected = {row["id"]: float(row["value"]) for row in rows(sample, "observations")}
    assert {iri.rpartition("/")[2]: float(value) for iri, value in found} == expected


def test_every_source_of_an_observation_is_there(store: Store, sample: Path) -> None:
    found = select(
        store, f"SELECT ?s ?p WHERE {{ ?s a <{SI}Observation> ; <http://www.w3.org/ns/prov#wasDerivedFrom> ?p }}"
    )
    expected = {(row["id"], row["source"]) for row in rows(sample, "observations")}
    expected |= {(row["id"], row["source"]) for row in rows(sample, "further-sources") if row["kind"] == "observation"}
    assert {(one.rpartition("/")[2], other.rpartition("/")[2]) for one, other in found} == expected


def test_no_figure_is_without_a_source(store: Store) -> None:
    query = f"SELECT ?s WHERE {{ ?s <{SI}value> ?v FILTER NOT EXISTS {{ ?s <{SI}source> ?p }} }}"
    assert select(store, query) == []


def test_the_contradictions_and_possible_identities_are_all_published(store: Store, sample: Path) -> None:
    targets = Counter(row["discrepancy"] for row in rows(sample, "discrepancy-targets"))
    assert set(targets) == {row["id"] for row in rows(sample, "discrepancies")}
    assert len(select(store, f"SELECT ?a WHERE {{ ?a <{SI}possiblySameAs> ?b }}")) == 3


def test_the_tables_are_all_described(sample: Path) -> None:
    described = {table.path.name for table in read_tables(Source.read(sample)).tables}
    assert described == {path.name for path in (sample / "data").glob("*.csv")}


def test_the_dataset_has_no_blank_node(store: Store) -> None:
    assert select(store, "SELECT ?s WHERE { ?s ?p ?o FILTER (ISBLANK(?s) || ISBLANK(?o)) }") == []


def test_how_many_each_source_counts_is_answered_by_the_example_query(store: Store, sample: Path) -> None:
    query = (sample / "data/queries/fieldlabs-by-source.rq").read_text(encoding="utf-8")
    assert [row[3] for row in select(store, query)] == ["45", "46", "47", "44", "41", "47", "45"]


def test_the_rows_of_withdrawn_and_renamed_things_say_what_visitors_are_told(sample: Path, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    metadata = json.loads((sample / "data/csv-metadata.json").read_text(encoding="utf-8"))
    tables = {
        "withdrawn.csv": "finding/q-030,Dubbel,Twice,finding/q-001,2027-01-31",
        "renamed.csv": "place/nl-zh,place/zh,2027-01-31",
    }
    metadata["tables"] = [table for table in metadata["tables"] if table["url"] in tables]
    (folder / "csv-metadata.json").write_text(json.dumps(metadata), encoding="utf-8")
    shutil.copyfile(sample / "data/site.toml", folder / "site.toml")
    for name, row in tables.items():
        header = (sample / "data" / name).read_text(encoding="utf-8")
        assert header.count("\n") == 1, "nothing is withdrawn or renamed yet"
        (folder / name).write_text(f"{header}{row}\n", encoding="utf-8")
    found = {
        str(statement.triple)
        for statement in convert(read_tables(Source(tmp_path, Site.read(tmp_path))), root=tmp_path)
    }
    thing, moved = (f"<https://w3id.org/smart-industry/id/{name}>" for name in ("finding/q-030", "place/nl-zh"))
    day = '"2027-01-31"^^<http://www.w3.org/2001/XMLSchema#date>'
    assert found == {
        f'{thing} <http://www.w3.org/2002/07/owl#deprecated> "true"^^<http://www.w3.org/2001/XMLSchema#boolean>',
        f'{thing} <http://www.w3.org/2000/01/rdf-schema#comment> "Dubbel"@nl',
        f'{thing} <http://www.w3.org/2000/01/rdf-schema#comment> "Twice"@en',
        f"{thing} <http://purl.org/dc/terms/isReplacedBy> <https://w3id.org/smart-industry/id/finding/q-001>",
        f"{thing} <http://purl.org/dc/terms/date> {day}",
        f"{moved} <http://purl.org/dc/terms/isReplacedBy> <https://w3id.org/smart-industry/id/place/zh>",
        f"{moved} <http://purl.org/dc/terms/date> {day}",
    }
