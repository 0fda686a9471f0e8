"""The version and date of a release are what the data set's Turtle states."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from si_lod.errors import InvalidFiles, Level
from si_lod.publish.road import check, publish
from si_lod.publish.source.edition import Edition
from si_lod.releases import Releases

if TYPE_CHECKING:
    from pathlib import Path

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
        ('dcat:version "1"', f'dcat:version "{"9" * 65}"', "at most 64 characters"),
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


@pytest.mark.parametrize(
    ("today", "count"), [("2026-01-30", 1), ("2026-01-31", 0), ("2026-02-01", 0), ("2027-01-01", 0)]
)
def test_a_day_after_tomorrow_is_remarked_on(today: str, count: int) -> None:
    remarks = list(Edition("1", "2026-02-01").remarks(date.fromisoformat(today)))
    assert len(remarks) == count
    assert all(remark.level is Level.WARNING for remark in remarks)


def test_a_day_far_ahead_is_a_warning_when_it_is_checked_and_published(site: Copy, tmp_path: Path) -> None:
    site.replace("data/dataset.ttl", "2026-02-01", "9998-02-01")
    releases = Releases(tmp_path / "releases")
    for verdict in (check(site.source(), releases), publish(site.source(), releases).verdict):
        assert verdict is not None
        (remark,) = verdict.remarks
        assert "dct:issued: expected the day on which this is published, found 9998-02-01" in str(remark)
