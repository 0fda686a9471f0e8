"""Which literals Virtuoso writes otherwise than it was sent, and which it changes; the page in docs says the same."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize

from si_lod.engine.remote.holding.graphstore import GraphStore
from si_lod.engine.remote.looking.reading import everything, lines_of
from si_lod.engine.remote.looking.transcript import triples
from si_lod.engine.remote.speaking.exchange import Exchange
from si_lod.engine.remote.transfer.comparing import Sent
from si_lod.engine.remote.transfer.fingerprint import Fingerprint
from si_lod.errors import EndpointFailed, EngineFailed
from tests.engines.virtuoso import Virtuoso

XSD = "http://www.w3.org/2001/XMLSchema#"
GRAPH = "http://a/g"

KEPT = [
    *(("boolean", text) for text in ("true", "false")),
    *(("integer", text) for text in ("0", "-4", "2147483647", "-2147483648")),
    *(("decimal", text) for text in ("4", "0.1", "-0.05", "12100", "1234567.891", "123456789012345678901234567890.5")),
    *(("nonNegativeInteger", text) for text in ("5", "0")),
    *(("date", text) for text in ("2024-02-29", "1900-02-28", "2024-01-02Z", "2024-01-02+01:00", "0001-01-01")),
    *(("dateTime", text) for text in ("2024-01-02T03:04:05", "2024-01-02T03:04:05Z", "2024-01-02T03:04:05.123456")),
    *(("time", text) for text in ("03:04:05", "03:04:05Z")),
    *(("gYear", text) for text in ("2024", "0001")),
    *(("gYearMonth", text) for text in ("2024-01",)),
    *(("anyURI", text) for text in ("http://a/é",)),
    *(("string", text) for text in ("", " a ", "a\nb\r\tc", "q\"'\\", "é 漢 😀", "\\u0041", "x" * 500_000)),
]
REWRITTEN = [
    ("boolean", "1"),
    ("integer", "007"),
    ("integer", "+5"),
    ("decimal", "4.0"),
    ("decimal", "800.50"),
    ("decimal", ".5"),
    ("double", "1e3"),
    ("double", "100"),
    ("float", "1.0E0"),
    ("time", "03:04:05.5"),
]
CHANGED = [
    ("integer", "2147483648"),
    ("integer", "99999999999999999999"),
    ("integer", "bad"),
    ("decimal", "0.000000000000000000000000000001"),
    ("double", "3.14159265358979"),
    ("date", "-0044-03-15"),
    ("dateTime", "2024-01-02T03:04:05.1234567"),
    ("gYear", "-0044"),
    ("duration", "P1Y"),
]


@pytest.fixture(scope="module")
def virtuoso(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Virtuoso]:
    with Virtuoso(tmp_path_factory.mktemp("virtuoso")) as made:
        yield made


def lines(literals: list[tuple[str, str]]) -> bytes:
    said = NamedNode("http://a/said")
    return serialize(  # type: ignore[return-value]  # there is no output to write to
        [
            Triple(NamedNode(f"http://a/{number}"), said, Literal(text, datatype=NamedNode(XSD + kind)))
            for number, (kind, text) in enumerate(literals)
        ],
        format=RdfFormat.N_TRIPLES,
    )


def put(engine: Virtuoso, content: bytes, *, may_differ: bool) -> dict[str, int]:
    """Put the lines there and return what is written otherwise, in the graph and in answers to queries."""
    store = GraphStore(engine.store, engine.credentials, 60.0)
    store.put(GRAPH, BytesIO(content), len(content))
    sent = Sent(BytesIO(content), Fingerprint.of(BytesIO(content)), may_differ)

    def kept() -> Iterator[bytes]:
        with store.get(GRAPH) as arrival:
            assert arrival is not None
            yield from lines_of(triples(arrival))

    exchange = Exchange(engine.query, engine.credentials)
    return dict(
        sent.compared(engine.store, kept) | sent.compared(engine.query, lambda: everything(exchange, GRAPH, 60.0))
    )


def test_what_is_kept_to_the_letter(virtuoso: Virtuoso) -> None:
    assert put(virtuoso, lines(KEPT), may_differ=False) == {}


@pytest.mark.parametrize(("kind", "text"), REWRITTEN)
def test_what_keeps_its_value_in_another_form_is_taken_only_by_value(virtuoso: Virtuoso, kind: str, text: str) -> None:
    content = lines([(kind, text)])
    with pytest.raises(EndpointFailed, match=rf"written otherwise than they were sent \(1 xsd:{kind}\)"):
        put(virtuoso, content, may_differ=False)
    assert put(virtuoso, content, may_differ=True) == {f"xsd:{kind}": 1}


@pytest.mark.parametrize(("kind", "text"), CHANGED)
def test_what_loses_its_value_is_never_taken(virtuoso: Virtuoso, kind: str, text: str) -> None:
    with pytest.raises(EndpointFailed, match="not all the same"):
        put(virtuoso, lines([(kind, text)]), may_differ=True)


def test_names_are_kept_in_every_script(virtuoso: Virtuoso) -> None:
    names = [
        "http://a/é/漢",
        "http://a/%C3%A9",
        "http://a/~b(c),d;e?f=g&h#i",
        "urn:x:y",
        "http://a/it's",
        "http://a/007",
    ]
    content = "".join(f'<{name}> <{name}> "{name}"@nl-nl .\n' for name in names).encode()
    assert put(virtuoso, content, may_differ=False) == {}


def test_a_result_that_is_cut_off_by_a_setting_is_no_answer(tmp_path: Path) -> None:
    with Virtuoso(tmp_path, more="ResultSetMaxRows = 5") as engine:
        content = lines([("integer", str(number)) for number in range(20)])
        with pytest.raises(EndpointFailed, match="not all the same"):
            put(engine, content, may_differ=True)
        exchange = Exchange(engine.query, engine.credentials)
        with pytest.raises(EngineFailed, match="raise its own limits of time and rows"):
            list(everything(exchange, GRAPH, 60.0))
