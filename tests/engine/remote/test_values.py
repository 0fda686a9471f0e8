"""Literals by their value: the same for all forms of one value, and for no other."""

from __future__ import annotations

import struct
from decimal import Decimal
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from si_lod.engine.remote.transfer.comparing import Sent, kinds
from si_lod.engine.remote.transfer.fingerprint import Fingerprint
from si_lod.engine.remote.transfer.values import by_value, kind_of
from si_lod.errors import EndpointFailed

XSD = "http://www.w3.org/2001/XMLSchema#"
DECIMALS = st.from_regex(r"[+-]?([0-9]{1,6}(\.[0-9]{0,6})?|\.[0-9]{1,6})", fullmatch=True)
INTEGERS = st.from_regex(r"[+-]?[0-9]{1,12}", fullmatch=True)
DOUBLES = st.from_regex(r"[+-]?([0-9]{1,6}(\.[0-9]{0,6})?|\.[0-9]{1,6})([eE][+-]?[0-9]{1,2})?", fullmatch=True)


def line(text: str, kind: str) -> bytes:
    return f'<http://a/s> <http://a/p> "{text}"^^<{XSD}{kind}> .\n'.encode()


def same(one: str, other: str, kind: str) -> bool:
    return by_value(line(one, kind)) == by_value(line(other, kind))


@given(DECIMALS, DECIMALS)
def test_decimals_are_the_same_if_their_values_are(one: str, other: str) -> None:
    assert same(one, other, "decimal") is (Decimal(one) == Decimal(other))
    longer = f"{one}000" if "." in one else f"{one}.000"
    assert same(one, longer, "decimal")


@given(INTEGERS, INTEGERS)
def test_integers_are_the_same_if_their_values_are(one: str, other: str) -> None:
    assert same(one, other, "nonNegativeInteger") is (int(one) == int(other))
    assert same(one, f"{one[0]}00{one[1:]}" if one[0] in "+-" else f"00{one}", "integer")


@given(DOUBLES, DOUBLES)
def test_doubles_and_floats_are_the_same_if_their_values_are(one: str, other: str) -> None:
    assert same(one, other, "double") is (repr(float(one)) == repr(float(other)))
    singles = [struct.pack("f", float(text)) for text in (one, other)]
    assert same(one, other, "float") is (singles[0] == singles[1])


@given(DECIMALS)
def test_the_form_of_a_value_is_its_own_form(text: str) -> None:
    for kind in ("decimal", "double", "integer", "date"):
        once = by_value(line(text, kind))
        assert by_value(once) == once


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("1", "true", "boolean"),
        ("0", "false", "boolean"),
        ("INF", "+INF", "double"),
        ("2024-01-02T03:04:05.500Z", "2024-01-02T03:04:05.5+00:00", "dateTime"),
        ("2024-01-02T03:04:05.000", "2024-01-02T03:04:05", "dateTime"),
        ("03:04:05.10", "03:04:05.1", "time"),
        ("2024-01-02-00:00", "2024-01-02Z", "date"),
    ],
)
def test_these_forms_are_of_one_value(one: str, other: str, kind: str) -> None:
    assert same(one, other, kind)


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("true", "false", "boolean"),
        ("TRUE", "true", "boolean"),
        ("-0.0", "0.0", "double"),
        ("1.7976931348623157E308", "1.79769e+308", "double"),
        ("0.30000000000000004", "0.3", "decimal"),
        (".", "0", "decimal"),
        ("", "0", "integer"),
        ("4.0", "4", "integer"),
        ("4,0", "4", "decimal"),
        ("2024", "2024Z", "gYear"),
        ("2024-01-02T03:04:05+01:00", "2024-01-02T02:04:05Z", "dateTime"),
        ("2024-01-02T03:04:05.1234567", "2024-01-02T03:04:05.123456", "dateTime"),
        ("2024-10", "2024-1", "gYearMonth"),
        ("P1Y", "P12M", "duration"),
        ("a ", "a", "string"),
    ],
)
def test_these_forms_are_not_of_one_value(one: str, other: str, kind: str) -> None:
    assert not same(one, other, kind)


def test_another_datatype_is_another_literal() -> None:
    for one, other in (("integer", "decimal"), ("boolean", "integer"), ("int", "integer"), ("double", "float")):
        assert by_value(line("1", one)) != by_value(line("1", other))


@pytest.mark.parametrize(
    "text",
    [
        b'<http://a/s> <http://a/p> "say \\"007\\"^^<http://www.w3.org/2001/XMLSchema#integer> ." .\n',
        b'<http://a/s> <http://a/p> " \\"007"^^<http://www.w3.org/2001/XMLSchema#integer> .\n',
        b'<http://a/s> <http://a/p> "007"@nl .\n',
        b'<http://a/s> <http://a/p> "007"^^<http://a/integer> .\n',
        b"<http://a/s> <http://a/p> <http://www.w3.org/2001/XMLSchema#integer> .\n",
    ],
)
def test_what_has_no_such_literal_stays_as_it_is(text: bytes) -> None:
    assert by_value(text) == text


def test_a_literal_is_named_by_its_datatype() -> None:
    assert [kind_of(line("1", "integer")), kind_of(b"<http://a/s> <http://a/p> <http://a/o> .\n")] == [
        "xsd:integer",
        "",
    ]


FORMS = st.lists(st.tuples(st.integers(0, 999), st.booleans()), unique_by=lambda each: each[0], min_size=1, max_size=30)


@given(FORMS)
def test_what_is_written_otherwise_is_counted_and_what_is_changed_is_refused(forms: list[tuple[int, bool]]) -> None:
    sent = [line(str(number), "decimal") for number, _ in forms]
    found = [line(f"{number}.0" if differs else str(number), "decimal") for number, differs in forms]
    held = Sent(BytesIO(b"".join(sent)), Fingerprint.of(sent), may_differ=True)
    count = sum(differs for _, differs in forms)
    assert held.compared("x", lambda: iter(found)) == ({"xsd:decimal": count} if count else {})
    with pytest.raises(EndpointFailed, match="not all the same"):
        held.compared("x", lambda: iter(found[1:]))
    with pytest.raises(EndpointFailed, match=r'sent and not found: none; found and not sent: .*"1000"'):
        held.compared("x", lambda: iter([*found, line("1000.0", "decimal")]))
    strict = Sent(held.file, held.fingerprint, may_differ=False)
    if count:
        with pytest.raises(
            EndpointFailed,
            match=rf"literals are written otherwise than they were sent \({count} xsd:decimal\).* --by-value",
        ):
            strict.compared("x", lambda: iter(found))


def test_kinds_are_told_with_the_commonest_first() -> None:
    found = [line("1.0", "decimal"), line("2.0", "decimal"), line("1.0", "double")]
    sent = [line("1", "decimal"), line("2", "decimal"), line("1", "double")]
    held = Sent(BytesIO(b"".join(sent)), Fingerprint.of(sent), may_differ=True)
    assert kinds(held.compared("x", lambda: iter(found))) == "2 xsd:decimal, 1 xsd:double"
