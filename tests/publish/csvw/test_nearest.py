"""What may be meant is suggested only where it may be."""

from __future__ import annotations

import pytest

from si_lod.publish.csvw.faults import nearest

DAYS = ["2017-01-03", "2017-01-30", "2018-03-01"]


@pytest.mark.parametrize(
    ("word", "words", "found"),
    [
        ("30-01-2017", DAYS, '"2017-01-30"'),
        ("1/3/2018", DAYS, '"2018-03-01"'),
        ("31-01-2017", DAYS, ""),
        ("03-01-2018", [*DAYS, "2018-01-03"], ""),
        ("2099", ["2009", "2019", "2029"], ""),
        ("places.csv", ["visits.csv", "reports.csv", "pieces.csv"], '"pieces.csv"'),
        ("places.csv", ["visits.csv", "reports.csv"], ""),
        ("https://a.example/data/places.csv", ["https://a.example/data/visits.csv"], ""),
        ("hil", ["hill", "mill-hill"], '"hill"'),
    ],
)
def test_the_word_that_may_be_meant_is_named(word: str, words: list[str], found: str) -> None:
    assert nearest(word, words) == found
