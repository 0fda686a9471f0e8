"""The version and date of a release are what the data set's Turtle states."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from si_lod.errors import InvalidFiles
from si_lod.publish.edition import Edition

if TYPE_CHECKING:
    from tests.publish.conftest import Copy


def test_version_and_date_are_read_from_the_data_set(site: Copy) -> None:
    assert Edition.read(site.source()) == Edition("1", "2026-02-01")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('dcat:version "1" ;', "", "expected one dcat:version of the data set, found none"),
        ('dcat:version "1"', 'dcat:version "1", "2"', "expected one dcat:version of the data set, found 1 and 2"),
        ('dcat:version "1"', 'dcat:version "../1"', 'found "../1"'),
        ('dcat:version "1"', 'dcat:version "current"', 'found "current"'),
        ('"2026-02-01"^^xsd:date', '"20260201"^^xsd:date', 'dct:issued: expected a date .*, found "20260201"'),
        ('"2026-02-01"^^xsd:date', '"1 February"', 'dct:issued: expected a date .*, found "1 February"'),
        ('dct:issued "2026-02-01"^^xsd:date ;', "", "expected one dct:issued of the data set, found none"),
        ("@prefix dcat", "prefix: dcat", r"data/dataset\.ttl:\d+:\d+: expected Turtle"),
    ],
)
def test_what_is_no_version_or_date_is_refused_by_name(site: Copy, old: str, new: str, message: str) -> None:
    site.replace("data/dataset.ttl", old, new)
    with pytest.raises(InvalidFiles, match=message):
        Edition.read(site.source())


def test_without_the_file_there_is_no_edition(site: Copy) -> None:
    (site.root / "data/dataset.ttl").unlink()
    with pytest.raises(InvalidFiles, match=r"data/dataset\.ttl: expected this file, found none"):
        Edition.read(site.source())
