"""The sample's catalogue against the official shapes of DCAT-AP 3.0.1 and DCAT-AP-NL, standing alone.

What is left are the warnings that nobody outside the EU's institutions can avoid, each named here with its number.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pyshacl
import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import RDF, SH

from tests.sharing import sample_releases

FILES = {
    "dcat-ap-3.0.1": (
        "shapes.ttl",
        "range.ttl",
        "shapes_recommended.ttl",
        "mdr-vocabularies.shape.ttl",
        "deprecateduris.ttl",
    ),
    "dcat-ap-nl-3.0.0": (
        "dcat-ap-nl-SHACL.ttl",
        "dcat-ap-nl-SHACL-klassebereik.ttl",
        "dcat-ap-nl-SHACL-klassebereik-codelijsten.ttl",
        "dcat-ap-nl-SHACL-aanbevolen.ttl",
    ),
    "dcat-ap-nl-3.0.1": (
        "dcat-ap-nl-SHACL.ttl",
        "dcat-ap-nl-SHACL-klassebereik.ttl",
        "dcat-ap-nl-SHACL-klassebereik-codelijsten.ttl",
        "dcat-ap-nl-SHACL-aanbevolen.ttl",
    ),
}
CASES = [(folder, name) for folder, names in FILES.items() for name in names]
UNAVOIDABLE = {
    # The publisher would have to be a corporate body of the EU.
    "mdr-vocabularies.shape.ttl": {"publisher"},
    # The EU's own node for a country has no box and no centre.
    "shapes_recommended.ttl": {"bbox", "centroid"},
    # A file is no service, and a service no file.
    "dcat-ap-nl-SHACL-aanbevolen.ttl": {"accessService", "downloadURL"},
}


@pytest.fixture(scope="module")
def catalogue(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Graph:
    return Graph().parse(sample_releases(tmp_path_factory, sample).current().path / "catalog.nt")


def test_the_official_files_are_all_asked() -> None:
    assert len(CASES) == 13


@pytest.mark.parametrize(("folder", "name"), CASES, ids=[f"{folder}/{name}" for folder, name in CASES])
def test_the_catalogue_conforms_but_for_what_nobody_can_avoid(
    catalogue: Graph, shapes_folder: Path, folder: str, name: str
) -> None:
    shapes = Graph().parse(shapes_folder / folder / name)
    assert len(shapes) > 10
    _, report, _ = pyshacl.validate(catalogue, shacl_graph=shapes)
    assert isinstance(report, Graph)
    found = Counter(
        (
            str(report.value(result, SH.resultSeverity)).rpartition("#")[2],
            str(report.value(result, SH.resultPath)).replace("#", "/").rpartition("/")[2],
        )
        for top in report.subjects(RDF.type, SH.ValidationReport)
        for result in report.objects(top, SH.result)
    )
    assert {severity for severity, _ in found} <= {"Warning"}
    assert {path for _, path in found} == UNAVOIDABLE.get(name, set())


def test_a_data_set_without_a_title_is_found(catalogue: Graph, shapes_folder: Path) -> None:
    spoiled = Graph()
    spoiled += catalogue
    dct_title = URIRef("http://purl.org/dc/terms/title")
    spoiled.remove((URIRef("https://w3id.org/smart-industry/id/dataset/monitor"), dct_title, None))
    shapes = Graph().parse(shapes_folder / "dcat-ap-3.0.1/shapes.ttl")
    conforms, _, _ = pyshacl.validate(spoiled, shacl_graph=shapes)
    assert not conforms
