"""The example query that says what has changed since a release."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest
from pyoxigraph import QuerySolutions, RdfFormat, Store

from si_lod.publish.dataset.queries import evaluate

SAID = """
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix : <https://w3id.org/smart-industry/id/> .
:changed a dcat:Dataset ; dct:title "Changed"@en, "Anders"@nl ; dcat:version "2" ;
    dct:issued "2025-05-01"^^xsd:date ; dct:modified "2026-05-01"^^xsd:date .
:kept a dcat:Dataset ; dct:title "Kept"@en ; dcat:version "1" ; dct:issued "2025-05-01"^^xsd:date .
:table a dcat:Distribution ; dct:title "Table"@en ; dct:modified "2026-05-01"^^xsd:date ;
    dcat:mediaType <https://www.iana.org/assignments/media-types/text/csv> .
:packed a dcat:Distribution ; dct:title "Packed"@en ; dct:modified "2026-05-01"^^xsd:date ;
    dcat:mediaType <https://www.iana.org/assignments/media-types/text/csv> ;
    dcat:compressFormat <https://www.iana.org/assignments/media-types/application/gzip> .
:gone owl:deprecated true ; dct:date "2026-04-01"^^xsd:date ; dct:isReplacedBy :kept .
:old dct:isReplacedBy :new ; dct:date "2026-03-01"^^xsd:date .
:before owl:deprecated true ; dct:date "2025-03-01"^^xsd:date .
"""


@pytest.mark.parametrize(
    ("since", "found"),
    [
        ("2026-01-01", ["changed: data set", "table: table", "gone: withdrawn", "old: renamed"]),
        ("2026-04-01", ["changed: data set", "table: table"]),
        ("2026-05-01", []),
    ],
)
def test_it_tells_what_is_of_a_later_date_and_what_became_of_it(since: str, found: list[str], sample: Path) -> None:
    store = Store()
    store.load(SAID.encode(), format=RdfFormat.TURTLE)
    text = (sample / "data/queries/changed-since.rq").read_text(encoding="utf-8")
    assert '"2026-01-01"' in text
    rows = cast("QuerySolutions", evaluate(store, text.replace("2026-01-01", since)))
    assert [f"{row['what'].value.rpartition('/')[2]}: {row['kind'].value}" for row in rows] == found
