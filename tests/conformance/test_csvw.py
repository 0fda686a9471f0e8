"""The W3C's csv2rdf tests: each passes or is refused, by the metadata's keys or by the cells; none gives wrong triples.

The converter makes no blank nodes, so a test whose metadata states no subject is refused as it stands. To learn
something from those too, they are run a second time with ``aboutUrl`` set to the row's number, and the blank nodes
of the expected graph are given the same names. Of a graph in standard mode only what rows describe is compared,
since that is what minimal mode gives (Generating RDF §4.6).
"""

from __future__ import annotations

import json
import shutil
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, Store, parse

from si_lod.errors import InvalidFiles
from si_lod.publish.csvw import convert, read_metadata

SUITE = "http://www.w3.org/2013/csvw/tests/"
CSVW = "http://www.w3.org/ns/csvw#"
NEGATIVE = "csvt:NegativeRdfTest"
# A minimal graph does not say which row a blank node is, and a query in a table's address is refused by itself.
NOT_COMPARABLE = frozenset({"test029", "test031", "test116", "test237"})
# Values of common properties are not looked at (Metadata §5.8), nor whether a referenced column has its name stated.
UNSEEN = frozenset({104, 134, 135, 136, 137, 138, 139, 140, 141, 142, 143, 144, 146})


@dataclass(frozen=True)
class Case:
    name: str
    kind: str
    metadata: str
    result: str
    minimal: bool

    @property
    def base(self) -> str:
        return SUITE + self.metadata[: self.metadata.rfind("/") + 1]


@pytest.fixture(scope="module")
def cases(w3c: Path) -> list[Case]:
    manifest = json.loads((w3c / "csvw/manifest-rdf.jsonld").read_text(encoding="utf-8"))
    return [_case(entry) for entry in manifest["entries"]]


def _case(entry: dict[str, Any]) -> Case:
    action, option = entry["action"], entry.get("option", {})
    found = [name for name in entry.get("implicit", []) if name.endswith("metadata.json")]
    metadata = action if action.endswith(".json") else option.get("metadata") or next(iter(found), "")
    name = entry["id"].partition("#")[2]
    return Case(name, entry["type"], metadata, entry.get("result", ""), option.get("minimal", False))


def _graph(quads: list[Quad]) -> set[str]:
    store = Store()
    store.extend(quads)
    return {str(quad) for quad in store}


def _expected(case: Case, folder: Path) -> set[str]:
    content = (folder / case.result).read_bytes()
    quads = list(parse(content, format=RdfFormat.TURTLE, base_iri=SUITE + case.result))
    if case.minimal:
        return _graph(quads)
    said = {
        name: [q for q in quads if q.predicate.value == CSVW + name] for name in ("row", "url", "rownum", "describes")
    }
    table_of = {q.object: q.subject for q in said["row"]}
    url = {q.subject: q.object.value for q in said["url"] if isinstance(q.object, NamedNode)}
    number = {q.subject: str(q.object).split('"')[1] for q in said["rownum"]}
    names = {
        q.object: NamedNode(f"{url[table_of[q.subject]]}#row-{number[q.subject]}")
        if str(q.object)[0] == "_"
        else q.object
        for q in said["describes"]
    }
    return _graph([Quad(names[q.subject], q.predicate, q.object) for q in quads if q.subject in names])


def _verdict(case: Case, metadata: Path, folder: Path) -> str:
    try:
        triples = [one.triple for one in convert(read_metadata(metadata, base=case.base), root=metadata.parent)]
    except InvalidFiles:
        return "refused"
    if case.kind == NEGATIVE:
        return "accepted"
    found = _graph([Quad(triple.subject, triple.predicate, triple.object) for triple in triples])
    return "passed" if found == _expected(case, folder) else "wrong"


def test_every_case_passes_or_is_refused(cases: list[Case], w3c: Path) -> None:
    described = [case for case in cases if (w3c / "csvw" / case.metadata).is_file()]
    verdicts = Counter(_verdict(case, w3c / "csvw" / case.metadata, w3c / "csvw") for case in described)
    assert len(cases) == 270
    assert verdicts == {"passed": 7, "refused": 252}


def test_with_a_subject_for_every_row_many_pass_and_none_is_wrong(cases: list[Case], w3c: Path, tmp_path: Path) -> None:
    verdicts: dict[str, str] = {}
    for case in cases:
        source = w3c / "csvw" / case.metadata
        if not source.is_file() or case.name in NOT_COMPARABLE:
            continue
        folder = tmp_path / case.name
        shutil.copytree(source.parent, folder, ignore=shutil.ignore_patterns("*.json", "*.ttl", "*.jsonld", "*.html"))
        (folder / "metadata.json").write_text(_with_subject(source), encoding="utf-8")
        verdicts[case.name] = _verdict(case, folder / "metadata.json", w3c / "csvw")
        shutil.rmtree(folder)
    accepted = {int(name.removeprefix("test")) for name, verdict in verdicts.items() if verdict == "accepted"}
    assert accepted == UNSEEN
    counted = Counter(verdicts.values())
    assert counted["wrong"] == 0
    assert counted["passed"] == 51


def _with_subject(source: Path) -> str:
    text = source.read_text(encoding="utf-8")
    try:
        metadata = json.loads(text)
    except json.JSONDecodeError:
        return text
    if isinstance(metadata, dict):
        metadata.setdefault("aboutUrl", "#row-{_row}")
    return json.dumps(metadata)
