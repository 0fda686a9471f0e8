"""What the built-in datatypes are called in messages to editors, and an example of each."""

from __future__ import annotations

from typing import Final

from si_lod.sentences import told

_EXAMPLES: Final = {
    "date": "2020-01-31",
    "dateTime": "2020-01-31T09:30:00",
    "dateTimeStamp": "2020-01-31T09:30:00Z",
    "time": "09:30:00",
    "gYear": "2020",
    "gYearMonth": "2020-01",
    "gMonth": "--01",
    "gMonthDay": "--01-31",
    "gDay": "---31",
    "duration": "P1Y6M",
    "dayTimeDuration": "P1DT12H",
    "yearMonthDuration": "P1Y6M",
    "boolean": "true",
    "language": "en-GB",
    "hexBinary": "0FB7",
    "anyURI": "https://www.w3.org/",
}

_NOUNS: Final = {
    "decimal": told("a decimal"),
    "double": told("a double"),
    "integer": told("an integer"),
    "nonNegativeInteger": told("a nonNegativeInteger"),
    "positiveInteger": told("a positiveInteger"),
    "date": told("a date"),
    "dateTime": told("a dateTime"),
    "time": told("a time"),
    "gYear": told("a gYear"),
    "gYearMonth": told("a gYearMonth"),
    "duration": told("a duration"),
    "boolean": told("a boolean"),
    "language": told("a language"),
    "anyURI": told("an anyURI"),
}
"""The datatypes that tables mostly have, for which other languages have words of their own."""


def noun_of(name: str) -> str:
    """Return what a value of the datatype is: ``a decimal``."""
    if name in _NOUNS:
        return _NOUNS[name]
    return told("an {name}", name=name) if name[0] in "aeiou" else told("a {name}", name=name)


def expected_of(name: str) -> str:
    """Return what a value of the datatype should be, with an example: ``a date such as 2020-01-31``."""
    example = _EXAMPLES.get(name)
    return told("{noun} such as {example}", noun=noun_of(name), example=example) if example else noun_of(name)
