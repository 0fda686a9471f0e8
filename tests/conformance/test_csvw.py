"""The W3C's csv2rdf tests: all of them pass, read leniently; read strictly, each passes or is refused, none is wrong.

The converter speaks minimal mode. Where the suite expects a graph in standard mode, what its rows describe is taken
out of it, since that is what minimal mode gives (Generating RDF §4.4, §4.6); the pairs of tests that the suite has in
both modes prove that this is the same. Graphs are compared by their canonical form, blank nodes and all (RDFC-1.0),
literals by the one lexical form that the store gives a value. A test that expects a warning passes only with one.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import BlankNode, CanonicalizationAlgorithm, Dataset, Literal, NamedNode, Quad, RdfFormat, Store, parse

from si_lod.errors import InvalidFiles, Problem
from si_lod.publish.csvw import Folder, convert, read_metadata

SUITE = "http://www.w3.org/2013/csvw/tests/"
CSVW = "http://www.w3.org/ns/csvw#"
NEGATIVE, WARNED = "csvt:NegativeRdfTest", "csvt:ToRdfTestWithWarnings"
# What /.well-known/csvm says at the site of the suite.
LOCATIONS = ("{+url}-metadata.json", "csv-metadata.json", "{+url}.json", "csvm.json")
# The same tables, expected in standard and in minimal mode.
PAIRS = (("test028", "test029"), ("test030", "test031"), ("test032", "test033"), ("test034", "test035"))
# A validator has to refuse these, for a primary key of two rows, and a converter may warn of them.
KEYS = {"test232", "test234"}


@dataclass(frozen=True)
class Case:
    name: str
    kind: str
    action: str
    user: str
    linked: str
    result: str
    minimal: bool

    @classmethod
    def of(cls, entry: dict[str, Any]) -> Case:
        option = entry.get("option", {})
        linked = entry.get("httpLink", "").partition(">")[0].lstrip("<")
        return cls(
            name=entry["id"].partition("#")[2],
            kind=entry["type"],
            action=entry["action"],
            user=option.get("metadata", ""),
            linked=linked,
            result=entry.get("result", ""),
            minimal=option.get("minimal", False),
        )

    @property
    def document(self) -> str:
        """The metadata to begin with; nothing when a table is, whose metadata are then to be found."""
        return self.user or (self.action if self.action.endswith(".json") else "")


@dataclass(frozen=True)
class Outcome:
    graph: list[str]
    warnings: tuple[Problem, ...] = ()
    problems: tuple[Problem, ...] = ()


@pytest.fixture(scope="module")
def suite(w3c: Path) -> Path:
    return w3c / "csvw"


@pytest.fixture(scope="module")
def cases(suite: Path) -> dict[str, Case]:
    manifest = json.loads((suite / "manifest-rdf.jsonld").read_text(encoding="utf-8"))
    return {case.name: case for case in map(Case.of, manifest["entries"])}


@pytest.fixture(scope="module")
def outcomes(cases: dict[str, Case], suite: Path) -> dict[str, Outcome]:
    return {name: run(case, suite) for name, case in cases.items()}


def run(case: Case, suite: Path, *, lenient: bool = True) -> Outcome:
    folder, _, name = case.action.rpartition("/")
    warnings: list[Problem] = []
    try:
        if case.document:
            home = case.document.rpartition("/")[0]
            base = f"{SUITE}{home}/" if home else SUITE
            group = read_metadata(suite / case.document, base=base, root=suite, lenient=lenient)
        else:
            iri = f"{SUITE}{folder}/" if folder else SUITE
            group = Folder(suite / folder, iri, LOCATIONS).discover(name, linked=case.linked)
        statements = list(convert(group, root=suite, warnings=warnings))
    except InvalidFiles as error:
        return Outcome([], problems=error.problems)
    return Outcome(canonical([Quad(*one.triple) for one in statements]), (*group.warnings, *warnings))


def canonical(quads: list[Quad]) -> list[str]:
    """The graph's N-Quads, sorted, with canonical literals and labels: the same for every isomorphic graph."""
    store = Store()
    store.extend(quads)
    graph = Dataset(store)
    graph.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return sorted(map(str, graph))


def graph(case: Case, suite: Path, base: str) -> list[Quad]:
    return list(parse((suite / case.result).read_bytes(), format=RdfFormat.TURTLE, base_iri=base))


def expected(case: Case, suite: Path) -> list[str]:
    quads = graph(case, suite, SUITE + case.result)
    return canonical(quads if case.minimal else described(quads))


def described(quads: list[Quad]) -> list[Quad]:
    """What rows describe in a graph of standard mode, with the lists that this mentions."""
    wanted = [quad.object for quad in quads if quad.predicate == NamedNode(f"{CSVW}describes")]
    known = set()
    found: list[Quad] = []
    while wanted:
        subject = wanted.pop()
        if subject in known or isinstance(subject, Literal):
            continue
        known.add(subject)
        found += [quad for quad in quads if quad.subject == subject]
        wanted += [quad.object for quad in quads if quad.subject == subject and isinstance(quad.object, BlankNode)]
    return found


def verdict(case: Case, outcome: Outcome, suite: Path) -> str:
    if outcome.problems:
        return "passed" if case.kind == NEGATIVE else "refused"
    if case.kind == NEGATIVE:
        return "accepted"
    if case.kind == WARNED and not outcome.warnings:
        return "silent"
    return "passed" if outcome.graph == expected(case, suite) else "wrong"


def test_every_case_passes(cases: dict[str, Case], outcomes: dict[str, Outcome], suite: Path) -> None:
    verdicts = {name: verdict(case, outcomes[name], suite) for name, case in cases.items()}
    assert {name: told for name, told in verdicts.items() if told != "passed"} == {}
    assert Counter(case.kind for case in cases.values()) == {"csvt:ToRdfTest": 76, WARNED: 136, NEGATIVE: 58}


def test_no_case_is_warned_of_that_the_standard_does_not_warn_of(
    cases: dict[str, Case], outcomes: dict[str, Outcome]
) -> None:
    warned = {name for name, case in cases.items() if case.kind == "csvt:ToRdfTest" and outcomes[name].warnings}
    assert warned == KEYS


def test_a_strict_reading_passes_a_case_or_refuses_it_by_name(cases: dict[str, Case], suite: Path) -> None:
    verdicts: Counter[str] = Counter()
    for case in cases.values():
        if case.document and (suite / case.document).is_file():
            outcome = run(case, suite, lenient=False)
            assert all(problem.message for problem in outcome.problems)
            verdicts[verdict(case, outcome, suite)] += 1
    assert verdicts == {"passed": 62, "refused": 183}


@pytest.mark.parametrize(("standard", "minimal"), PAIRS)
def test_what_rows_describe_in_standard_mode_is_the_graph_of_minimal_mode(
    cases: dict[str, Case], suite: Path, standard: str, minimal: str
) -> None:
    # The folders differ, so the graphs are read as if they lay in one.
    first, second = (graph(cases[name], suite, SUITE) for name in (standard, minimal))
    assert canonical(described(first)) == canonical(second)
