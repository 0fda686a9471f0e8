"""The W3C's tests of SPARQL 1.1 Query and of its result formats, as the manifests describe them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    RdfFormat,
    Store,
    Triple,
    parse,
    parse_query_results,
)

from si_lod.engine.evaluation import QueryRequest
from si_lod.engine.policy.admission import admit
from si_lod.engine.store.local import LocalEngine

BASE = "http://www.w3.org/2009/sparql/docs/tests/data-sparql11/"
MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
QT = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RESULTS = {
    ".srx": QueryResultsFormat.XML,
    ".srj": QueryResultsFormat.JSON,
    ".csv": QueryResultsFormat.CSV,
    ".tsv": QueryResultsFormat.TSV,
}

Node = NamedNode | BlankNode | Literal | Triple
Row = tuple[tuple[str, Node], ...]


@dataclass(frozen=True)
class Case:
    """One entry of a manifest; ``kind`` is the local name of its type."""

    name: str
    kind: str
    query: Path
    data: tuple[Path, ...] = ()
    graphs: tuple[Path, ...] = ()
    result: Path | None = None

    @property
    def text(self) -> str:
        """The query; the manifest's folder is its base (SPARQL 1.1 §4.1.1)."""
        return f"BASE <{iri(self.query)}>\n{self.query.read_text(encoding='utf-8')}"

    def answer(self, format_: QueryResultsFormat | RdfFormat | None = None) -> bytes:
        """The answer of the engine to the query over the data; raises InvalidQuery as for any client."""
        store = Store()
        for path in self.data:
            load(store, path, DefaultGraph())
        for path in self.graphs:
            load(store, path, NamedNode(iri(path)))
        query = admit(self.text)
        usual = RdfFormat.N_TRIPLES if query.form.is_graph else QueryResultsFormat.JSON
        return LocalEngine(store).answer(QueryRequest(query, format_ or usual)).content


def iri(path: Path) -> str:
    return f"{BASE}{path.parent.name}/{path.name}"


def load(store: Store, path: Path, graph: NamedNode | DefaultGraph) -> None:
    store.load(path.read_bytes(), format=syntax(path), base_iri=iri(path), to_graph=graph)


def syntax(path: Path) -> RdfFormat:
    found = RdfFormat.from_extension(path.suffix.lstrip("."))
    assert found is not None, path
    return found


def cases(suite: Path, name: str) -> Iterator[Case]:
    """The entries of the manifests that the manifest of this name includes."""
    top = Store()
    top.load((suite / name).read_bytes(), format=RdfFormat.TURTLE, base_iri=f"{BASE}{name}")
    for quad in top.quads_for_pattern(None, NamedNode(f"{MF}include"), None):
        for manifest in items(top, quad.object):
            yield from entries(suite / str(manifest).strip("<>").removeprefix(BASE))


def entries(manifest: Path) -> Iterator[Case]:
    store = Store()
    store.load(manifest.read_bytes(), format=RdfFormat.TURTLE, base_iri=iri(manifest))

    def files(subject: Node, predicate: str) -> tuple[Path, ...]:
        found = store.quads_for_pattern(subject, NamedNode(predicate), None)  # type: ignore[arg-type]
        return tuple(manifest.parent / str(quad.object).strip("<>").rpartition("/")[2] for quad in found)

    for quad in store.quads_for_pattern(None, NamedNode(f"{MF}entries"), None):
        for entry in items(store, quad.object):
            action = _value(store, entry, f"{MF}action")
            yield Case(
                name=f"{manifest.parent.name}/{str(entry).strip('<>').rpartition('#')[2]}",
                kind=str(_value(store, entry, f"{RDF}type")).strip("<>").rpartition("#")[2],
                query=next(iter(files(action, f"{QT}query") or files(entry, f"{MF}action"))),
                data=files(action, f"{QT}data"),
                graphs=files(action, f"{QT}graphData"),
                result=next(iter(files(entry, f"{MF}result")), None),
            )


def items(store: Store, head: Node) -> Iterator[Node]:
    """The members of an RDF collection."""
    while head != NamedNode(f"{RDF}nil"):
        yield _value(store, head, f"{RDF}first")
        head = _value(store, head, f"{RDF}rest")


def agrees(case: Case, content: bytes) -> bool:
    """Whether the answer is the expected one: the same solutions or triples, up to the names of blank nodes.

    In CSV and TSV literals are compared as they are written, since that is what these tests are of; elsewhere in the
    one form that a store gives each value.
    """
    expected = case.result
    assert expected is not None
    if expected.suffix == ".csv":
        return equal(cells(content.decode()), cells(expected.read_text(encoding="utf-8")))
    if expected.suffix == ".tsv":
        return equal(written(content), written(expected.read_bytes()))
    if admit(case.text).form.is_graph:
        ours, theirs = parse(content, format=RdfFormat.N_TRIPLES), _parsed(expected)
        return equal([_row(quad.triple) for quad in ours], [_row(quad.triple) for quad in theirs])
    answered = solutions(content, QueryResultsFormat.JSON)
    wanted = (
        solutions(expected.read_bytes(), RESULTS[expected.suffix]) if expected.suffix in RESULTS else told(expected)
    )
    if isinstance(answered, bool) or isinstance(wanted, bool):
        return answered is wanted
    return equal(answered, wanted)


def solutions(content: bytes, format_: QueryResultsFormat) -> list[Row] | bool:
    result = parse_query_results(content, format=format_)
    if isinstance(result, QueryBoolean):
        return bool(result)
    names = [variable.value for variable in result.variables]
    return [_row(zip(names, solution, strict=True)) for solution in result]


def written(content: bytes) -> list[Row]:
    """The solutions of a result in TSV, with each literal as it is written."""
    result = parse_query_results(content, format=QueryResultsFormat.TSV)
    assert not isinstance(result, QueryBoolean)
    names = [variable.value for variable in result.variables]
    rows = [zip(names, solution, strict=True) for solution in result]
    return [tuple(sorted((name, term) for name, term in row if term is not None)) for row in rows]


def cells(text: str) -> list[Row]:
    """The rows of a table in CSV, each cell as it is written."""
    header, *rows = csv.reader(io.StringIO(text))
    terms = ([BlankNode(cell[2:]) if cell.startswith("_:") else Literal(cell) for cell in row] for row in rows)
    return [tuple(sorted(zip(header, row, strict=True))) for row in terms]


def told(path: Path) -> list[Row]:
    """The solutions that a graph of the result set vocabulary describes."""
    store = Store()
    load(store, path, DefaultGraph())
    return [
        _row(
            (str(_value(store, quad.object, f"{RS}variable")), _value(store, quad.object, f"{RS}value"))
            for quad in store.quads_for_pattern(row.object, NamedNode(f"{RS}binding"), None)  # type: ignore[arg-type]
        )
        for row in store.quads_for_pattern(None, NamedNode(f"{RS}solution"), None)
    ]


def equal(ours: list[Row], theirs: list[Row]) -> bool:
    """Whether one renaming of blank nodes makes the rows the same multiset."""
    return len(ours) == len(theirs) and _matched(ours, theirs, {})


def _matched(ours: list[Row], theirs: list[Row], names: dict[BlankNode, BlankNode]) -> bool:
    if not ours:
        return True
    first, *others = ours
    for place, row in enumerate(theirs):
        renamed = _renamed(first, row, names)
        if renamed is not None and _matched(others, [*theirs[:place], *theirs[place + 1 :]], renamed):
            return True
    return False


def _renamed(row: Row, other: Row, names: dict[BlankNode, BlankNode]) -> dict[BlankNode, BlankNode] | None:
    """The renaming by which the one row is the other, if there is one."""
    if [name for name, _ in row] != [name for name, _ in other]:
        return None
    renamed = dict(names)
    for (_, one), (_, another) in zip(row, other, strict=True):
        if isinstance(one, BlankNode) and isinstance(another, BlankNode):
            if renamed.setdefault(one, another) != another:
                return None
        elif one != another:
            return None
    return renamed if len(set(renamed.values())) == len(renamed) else None


def _row(bound: Iterable[tuple[str, Node | None]] | Triple) -> Row:
    pairs = zip("spo", bound, strict=True) if isinstance(bound, Triple) else bound
    return tuple(sorted((str(name), _stored(term)) for name, term in pairs if term is not None))


def _stored(term: Node) -> Node:
    """The term as a store keeps it, which writes each value in one form."""
    if not isinstance(term, Literal):
        return term
    store = Store()
    store.add(Quad(NamedNode("urn:s"), NamedNode("urn:p"), term))
    (kept,) = store.quads_for_pattern(None, None, None)
    stored: Node = kept.object
    return stored


def _parsed(path: Path) -> Iterable[Quad]:
    return parse(path.read_bytes(), format=syntax(path), base_iri=iri(path))


def _value(store: Store, subject: Node, predicate: str) -> Node:
    (quad,) = store.quads_for_pattern(subject, NamedNode(predicate), None)  # type: ignore[arg-type]
    return quad.object
