"""A string of the table becomes the lexical form that the store would write, or a message that helps."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, Store

from si_lod.errors import InvalidFiles
from si_lod.publish.csvw.datatypes.builtins import find
from si_lod.publish.csvw.datatypes.datatype import Datatype
from si_lod.publish.csvw.datatypes.decimals import BOUNDS
from si_lod.publish.csvw.datatypes.lexical import XSD
from si_lod.publish.csvw.documents.descriptors import Descriptor
from si_lod.publish.csvw.documents.objects import Members, parse
from si_lod.publish.csvw.faults import Faults
from si_lod.publish.csvw.metadata.datatype_descriptors import read_datatype

# The store keeps the lexical form of these and gives it the datatype that they derive from.
REWRITTEN = {f"{XSD}{name}": f"{XSD}integer" for name in BOUNDS} | {f"{XSD}dateTimeStamp": f"{XSD}dateTime"}


def datatype(described: object) -> Datatype:
    faults = Faults()
    members = parse(json.dumps({"datatype": described}))
    assert isinstance(members, Members)
    found = read_datatype(Descriptor(members, "", file="m.json", faults=faults), "datatype")
    faults.settle()
    assert found
    return found


def canonical(described: object, text: str) -> str:
    return datatype(described).canonical(datatype(described).base.tidy(text))


def message(described: object, text: str) -> str:
    with pytest.raises(ValueError, match="expected") as caught:
        canonical(described, text)
    return str(caught.value)


def fault(described: object) -> str:
    with pytest.raises(InvalidFiles) as caught:
        datatype(described)
    return str(caught.value)


DIGITS = st.text("0123456789", min_size=1, max_size=25)
SIGN = st.sampled_from(["", "+", "-"])
NUMBER = st.tuples(SIGN, DIGITS, st.just("."), DIGITS | st.just("")).map("".join)
INTEGER = st.tuples(SIGN, DIGITS).map("".join)
ZONE = st.sampled_from(["", "Z", "+00:00", "-00:00", "+14:00", "-05:30"])
DATE = st.dates().map(dt.date.isoformat)
TIME = st.times().map(dt.time.isoformat) | st.sampled_from(["24:00:00", "12:00:00.500", "00:00:00.000"])
SPAN = st.tuples(*[st.integers(0, 99)] * 3).map(lambda part: f"T{part[0]}H{part[1]}M{part[2]}.50S")
SAMPLES: dict[str, st.SearchStrategy[str]] = {
    "string": st.text(max_size=5),
    "anyURI": st.sampled_from(["https://a.org/b", "../c", ""]),
    "language": st.sampled_from(["nl", "en-GB"]),
    "token": st.text("ab c", max_size=5),
    "normalizedString": st.text("ab\n\t ", max_size=5),
    "anyAtomicType": st.text(max_size=5),
    "Name": st.sampled_from(["a", "é-1", ":b"]),
    "NMTOKEN": st.sampled_from(["1a", "-"]),
    "html": st.text(max_size=5),
    "xml": st.sampled_from(["<a/>", "b <c>d</c>", "&amp;"]),
    "json": st.sampled_from(["{}", "[1, 2]", "null"]),
    "boolean": st.sampled_from(["true", "false", "1", "0"]),
    "decimal": NUMBER | INTEGER,
    "double": NUMBER | st.floats().map(str).map(lambda text: text.replace("inf", "INF").replace("nan", "NaN")),
    "float": NUMBER | st.floats(width=32).map(str).map(lambda text: text.replace("inf", "INF").replace("nan", "NaN")),
    "date": st.tuples(DATE, ZONE).map("".join),
    "time": st.tuples(TIME, ZONE).map("".join),
    "dateTime": st.tuples(DATE, st.just("T"), TIME, ZONE).map("".join),
    "dateTimeStamp": st.tuples(DATE, st.just("T"), TIME, ZONE.filter(bool)).map("".join),
    "gYear": st.tuples(st.sampled_from(["2020", "-0044", "12020", "0000"]), ZONE).map("".join),
    "gYearMonth": st.tuples(st.sampled_from(["2020-01", "-0044-12"]), ZONE).map("".join),
    "gMonth": st.tuples(st.just("--02"), ZONE).map("".join),
    "gMonthDay": st.tuples(st.just("--02-29"), ZONE).map("".join),
    "gDay": st.tuples(st.just("---31"), ZONE).map("".join),
    "duration": SPAN.map(lambda span: f"-P1Y14M40D{span}"),
    "dayTimeDuration": SPAN.map(lambda span: f"P1D{span}"),
    "yearMonthDuration": st.integers(0, 40).map(lambda months: f"P1Y{months}M"),
    "hexBinary": st.binary(max_size=4).map(bytes.hex),
    "base64Binary": st.sampled_from(["", "YQ==", "Y Q = ="]),
    "long": INTEGER,
    "positiveInteger": st.integers(1).map(str),
    "negativeInteger": st.integers(max_value=-1).map(str),
    "nonPositiveInteger": st.sampled_from(["-0", "-7"]),
    "nonNegativeInteger": DIGITS,
    "int": st.integers(-(2**31), 2**31 - 1).map(str),
    "short": st.integers(-(2**15), 2**15 - 1).map(str),
    "byte": st.integers(-128, 127).map("{:+04}".format),
    "unsignedLong": st.integers(0, 2**64 - 1).map(str),
    "unsignedInt": st.integers(0, 2**32 - 1).map(str),
    "unsignedShort": st.integers(0, 2**16 - 1).map(str),
    "unsignedByte": st.integers(0, 255).map(str),
    "integer": INTEGER,
}


def round_trip(literal: Literal) -> Literal:
    store, node = Store(), NamedNode("urn:x")
    store.add(Quad(node, node, literal))
    (quad,) = store
    assert isinstance(quad.object, Literal)
    return quad.object


@pytest.mark.parametrize("name", SAMPLES)
@settings(max_examples=60)
@given(data=st.data())
def test_what_is_written_is_what_the_store_gives_back(name: str, data: st.DataObject) -> None:
    text = data.draw(SAMPLES[name])
    described = datatype(name)
    try:
        value = described.canonical(described.base.tidy(text))
    except ValueError:
        # Only what is out of the datatype's bounds may be refused here.
        assert name == "long" or (name in {"double", "float"} and len(text) > 20)
        return
    literal = Literal(value, datatype=NamedNode(described.iri))
    stored = round_trip(literal)
    assert stored.value == value
    # An integer of more than 64 bits stays what it is.
    kept = name in BOUNDS and not -(2**63) <= int(value) < 2**63
    assert stored.datatype.value == (described.iri if kept else REWRITTEN.get(described.iri, described.iri))
    assert described.canonical(value) == value


def test_every_datatype_that_is_known_is_in_the_round_trip() -> None:
    assert all(find(name) for name in SAMPLES)
    assert set(BOUNDS) < set(SAMPLES)
    assert find("QName") is None


@given(NUMBER | INTEGER)
@example("-0.0")
@example("5.")
@example(".5")
def test_a_decimal_keeps_its_value(text: str) -> None:
    assert Decimal(canonical("decimal", text)) == Decimal(text)


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("decimal", "10.50", "10.5"),
        ("decimal", "010", "10"),
        ("decimal", "+5", "5"),
        ("decimal", "10.0", "10"),
        ("decimal", "-0.0", "0"),
        ("decimal", "0.00000000000000000000010", "0.0000000000000000000001"),
        ("integer", "007", "7"),
        ("boolean", "1", "true"),
        ("double", "1.50E3", "1500"),
        ("number", "1e-7", "0.0000001"),
        ("float", "16777217", "16777216"),
        ("dateTime", "2020-01-31T24:00:00", "2020-02-01T00:00:00"),
        ("datetime", "2020-01-31T00:00:00+00:00", "2020-01-31T00:00:00Z"),
        ("date", "2020-02-29", "2020-02-29"),
        ("duration", "PT60M", "PT1H"),
        ("hexBinary", "0fb8", "0FB8"),
        ("binary", "Y Q = =", "YQ=="),
        ("token", "  a \n b ", "a b"),
        ("normalizedString", "a\n\tb", "a  b"),
        ("decimal", " 5 ", "5"),
    ],
)
def test_a_value_has_one_lexical_form(name: str, text: str, expected: str) -> None:
    assert canonical(name, text) == expected


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("decimal", "n/a"),
        ("decimal", "1e5"),
        ("decimal", "."),
        ("decimal", "\u0661"),
        ("integer", "1.0"),
        ("byte", "128"),
        ("positiveInteger", "0"),
        ("unsignedInt", "-1"),
        ("boolean", "yes"),
        ("boolean", "TRUE"),
        ("double", "1E999"),
        ("double", "inf"),
        ("date", "2021-02-29"),
        ("date", "31-12-2020"),
        ("date", "2020-1-1"),
        ("date", "2020-01-01+15:00"),
        ("dateTime", "2020-01-01"),
        ("dateTime", "2020-01-01T25:00:00"),
        ("dateTimeStamp", "2020-01-01T00:00:00"),
        ("gYear", "20"),
        ("gYear", "02020"),
        ("gMonthDay", "--02-30"),
        ("gDay", "---32"),
        ("duration", "P"),
        ("duration", "P1DT"),
        ("dayTimeDuration", "P1Y"),
        ("hexBinary", "abc"),
        ("base64Binary", "a"),
        ("anyURI", "https://a.org/b c"),
        ("language", "en us"),
        ("json", "{"),
        ("xml", "<a>"),
        ("xml", "</x><x>"),
        ("Name", "1a"),
        ("NMTOKEN", "a b"),
    ],
)
def test_what_is_not_of_the_datatype_is_refused_with_what_was_expected_and_found(name: str, text: str) -> None:
    assert message(name, text).startswith(
        f"expected {datatype(name).base.expected}, found {json.dumps(text, ensure_ascii=False)}"
    )


def test_a_message_is_plain_short_and_helps() -> None:
    assert message("decimal", "n/a") == 'expected a decimal, found "n/a"'
    assert message("date", "x") == 'expected a date such as 2020-01-31, found "x"'
    assert message("decimal", "10,5").endswith(
        "write it with a decimal point, or say decimalChar and groupChar in the format"
    )
    long = message("decimal", "x" * 1_000_000)
    assert len(long) < 200
    assert long.endswith("(1,000,000 characters)")
    assert message({"base": "string", "format": "[a-z]+"}, "a b") == 'expected text in the form [a-z]+, found "a b"'


@pytest.mark.parametrize(
    ("described", "text", "expected"),
    [
        ({"base": "decimal", "format": {"decimalChar": ",", "groupChar": "."}}, "1.234.567,50", "1234567.5"),
        ({"base": "decimal", "format": {"decimalChar": ","}}, "-0,5", "-0.5"),
        ({"base": "decimal", "format": "#,##0.00"}, "1,234.50", "1234.5"),
        ({"base": "decimal", "format": "#,##,##0"}, "12,34,567", "1234567"),
        (
            {"base": "decimal", "format": {"pattern": "#.##0,0#", "decimalChar": ",", "groupChar": "."}},
            "1.234,5",
            "1234.5",
        ),
        ({"base": "decimal", "format": "0.#%"}, "12.5%", "0.125"),
        ({"base": "decimal", "format": "0‰"}, "5‰", "0.005"),
        ({"base": "integer", "format": "000"}, "007", "7"),
        ({"base": "double", "format": "0.0#E0"}, "1.5E3", "1500"),
        ({"base": "double", "format": "0.0"}, "NaN", "NaN"),
        ({"base": "boolean", "format": "ja|nee"}, "nee", "false"),
        ({"base": "date", "format": "dd-MM-yyyy"}, "31-01-2020", "2020-01-31"),
        ({"base": "date", "format": "d/M/yyyy"}, "1/2/2020", "2020-02-01"),
        ({"base": "date", "format": "M.d.yyyy"}, "2.1.2020", "2020-02-01"),
        ({"base": "date", "format": "yyyyMMdd"}, "20200131", "2020-01-31"),
        ({"base": "date", "format": "yyyy-MM-ddXXX"}, "2020-01-31+00:00", "2020-01-31Z"),
        ({"base": "time", "format": "HHmm"}, "0930", "09:30:00"),
        ({"base": "time", "format": "HH:mm:ss.SSS"}, "09:30:05.25", "09:30:05.25"),
        ({"base": "dateTime", "format": "dd/MM/yyyy HH:mm"}, "31/01/2020 09:30", "2020-01-31T09:30:00"),
        (
            {"base": "dateTime", "format": "yyyy-MM-ddTHH:mm:ss X"},
            "2020-01-31T09:30:00 +01",
            "2020-01-31T09:30:00+01:00",
        ),
        ({"base": "gYear", "format": "20.."}, "2020", "2020"),
    ],
)
def test_a_format_says_how_the_table_writes_a_value(described: object, text: str, expected: str) -> None:
    assert canonical(described, text) == expected


@pytest.mark.parametrize(
    ("described", "text"),
    [
        ({"base": "decimal", "format": {"decimalChar": ",", "groupChar": "."}}, "1..5"),
        ({"base": "decimal", "format": {"decimalChar": ","}}, "1.5"),
        ({"base": "decimal", "format": "#,##0.00"}, "12,34.50"),
        ({"base": "decimal", "format": "#,##0.00"}, "1,234.5"),
        ({"base": "decimal", "format": "0"}, "1E5"),
        ({"base": "integer", "format": "000"}, "07"),
        ({"base": "boolean", "format": "Y|N"}, "y"),
        ({"base": "date", "format": "dd-MM-yyyy"}, "31-02-2020"),
        ({"base": "date", "format": "dd-MM-yyyy"}, "2020-01-31"),
        ({"base": "string", "format": "a|b"}, "ab"),
        ({"base": "string", "format": "\\d"}, "\u0661"),
        ({"base": "decimal", "minimum": "0"}, "-0.01"),
        ({"base": "decimal", "maxExclusive": 5}, "5"),
        ({"base": "integer", "minExclusive": "5"}, "5"),
        ({"base": "double", "minimum": 0}, "NaN"),
        ({"base": "date", "minimum": "2020-01-01"}, "2019-12-31"),
        ({"base": "date", "format": "d-M-yyyy", "maximum": "31-12-2020"}, "1-1-2021"),
        ({"base": "gYear", "minimum": "1900"}, "0190"),
        ({"base": "dateTime", "maximum": "2020-01-01T00:00:00Z"}, "2020-01-01T00:00:00-01:00"),
        ({"base": "time", "minimum": "09:00:00"}, "08:59:59.9"),
        ({"base": "string", "length": 2}, "a"),
        ({"base": "string", "maxLength": 2}, "abc"),
        ({"base": "base64Binary", "minLength": 2}, "YQ=="),
    ],
)
def test_a_value_outside_its_format_or_its_facets_is_refused(described: object, text: str) -> None:
    assert json.dumps(text, ensure_ascii=False) in message(described, text)


@given(st.dates(), st.dates())
def test_bounds_follow_the_calendar(first: dt.date, second: dt.date) -> None:
    described = datatype({"base": "date", "minimum": first.isoformat()})
    assert described.facets[0].holds(second.isoformat()) == (second >= first)


@pytest.mark.parametrize(
    ("described", "expected"),
    [
        ("decimel", 'expected a datatype of CSVW, found "decimel"; is "decimal" meant?'),
        ({"base": "QName"}, 'expected a datatype of CSVW, found "QName"'),
        ({"base": "string", "format": "[a"}, "expected a regular expression"),
        ({"base": "string", "format": "[[a]"}, "expected a regular expression"),
        ({"base": "string", "format": 5}, "datatype: format: expected a string, found 5"),
        ({"base": "boolean", "format": "Y"}, "expected two different texts with a bar"),
        ({"base": "date", "format": "dd-MM-yy"}, "expected a date format of CSVW"),
        ({"base": "date", "format": "dd-MM/yyyy"}, "expected a date format of CSVW"),
        ({"base": "decimal", "format": "a0"}, "expected a number pattern"),
        ({"base": "decimal", "format": {"pattern": "0", "groupCharacter": "."}}, 'is "groupChar" meant?'),
        ({"base": "decimal", "format": {"decimalChar": ",", "groupChar": ","}}, "two different characters"),
        ({"base": "decimal", "minimum": "x"}, 'datatype: minimum: expected a decimal, found "x"'),
        ({"base": "decimal", "minimum": True}, "minimum: expected a decimal, found true"),
        ({"base": "string", "minimum": 1}, "a bound of a string is not implemented"),
        ({"base": "duration", "minimum": "P1D"}, "a bound of a duration is not implemented"),
        ({"base": "decimal", "length": 1}, "a decimal has no length"),
        ({"base": "string", "length": -1}, "expected a number that is not negative"),
        ({"base": "string", "length": True}, "expected a whole number, found true"),
        ({"base": "string", "pattern": "x"}, "pattern: is not a key that CSVW has here"),
        ({"base": "string", "length": 2, "minLength": 3}, "minLength: leaves no value beside length"),
        ({"base": "string", "length": 2, "maxLength": 1}, "length: leaves no value beside maxLength"),
        ({"base": "integer", "minimum": 2, "maximum": 1}, "minInclusive: leaves no value beside maxInclusive"),
        (
            {"base": "date", "minimum": "2020-01-01", "maxExclusive": "2020-01-01"},
            "leaves no value beside maxExclusive",
        ),
        ({"base": "integer", "minInclusive": 1, "minExclusive": 1}, "expected this or minExclusive, found both"),
        ({"base": "integer", "@id": f"{XSD}int"}, "@id: expected an IRI of your own"),
        (7, "expected an object, found 7"),
    ],
)
def test_a_datatype_that_is_none_is_refused_by_its_key(described: object, expected: str) -> None:
    assert expected in fault(described)


def test_a_datatype_of_ones_own_gives_the_literals_its_iri() -> None:
    assert datatype({"@id": "http://a/d", "base": "decimal"}).iri == "http://a/d"
