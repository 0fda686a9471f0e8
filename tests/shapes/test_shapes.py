"""The site's shapes, each file with cases that conform and cases that do not, found by folder.

``valid.<what>.ttl`` conforms; ``invalid.<why>.ttl`` gives exactly the results in ``invalid.<why>.report.txt``.
``pytest tests/shapes --approve`` rewrites the reports: look at what changed before you commit it.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store
from rdflib import SH, Graph

from si_lod.publish.shacl.core import validation
from si_lod.publish.shacl.gate import Gate
from si_lod.publish.shacl.report import SH as SHACL
from si_lod.publish.shacl.report import ValidationReport
from si_lod.publish.shacl.shapes import Shapes
from si_lod.sites import Site

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
FILES = sorted(path for path in (ROOT / "shapes").glob("*.ttl") if path.name != "prefixes.ttl")
VALID = sorted(HERE.glob("*/valid.*.ttl"))
INVALID = sorted(HERE.glob("*/invalid.*.ttl"))


@cache
def shapes(name: str) -> Shapes:
    return Shapes.read([ROOT / "shapes" / f"{name}.ttl", ROOT / "shapes/prefixes.ttl"])


@cache
def report(case: Path) -> ValidationReport:
    store = Store()
    for path in (case, *sorted((ROOT / "ontology").glob("*.ttl"))):
        store.load(path=str(path), format=RdfFormat.TURTLE)
    return Gate(store, validation.validate).validate(shapes(case.parent.name))


def shorten(term: object) -> str:
    """Return the term with the site's prefixes, or a dash for none."""
    text = "-" if term is None else str(term)
    for prefix, iri in sorted(Site.read(ROOT).prefixes.items(), key=lambda item: -len(item[1])):
        text = re.sub(rf"<{re.escape(iri)}([^<>]*)>", rf"{prefix}:\1", text)
    return text


def text(case: Path) -> str:
    return "".join(
        f"{result.severity.removeprefix(SHACL)}  {shorten(result.source_shape)}  {shorten(result.focus_node)}  "
        f"{shorten(result.path)}  {shorten(result.value)}\n    {result.message('en')}\n    {result.message('nl')}\n"
        for result in report(case).results
    )


def name(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


@pytest.mark.parametrize("case", VALID, ids=name)
def test_a_valid_case_conforms(case: Path) -> None:
    assert text(case) == ""


@pytest.mark.parametrize("case", INVALID, ids=name)
def test_an_invalid_case_gives_exactly_its_approved_report(case: Path, approve: bool) -> None:  # noqa: FBT001
    approved = case.with_suffix(".report.txt")
    if approve:
        approved.write_text(text(case), encoding="utf-8")
    assert report(case).results
    assert text(case) == approved.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_shapes_file_has_cases_of_both_kinds(path: Path) -> None:
    assert [case for case in VALID if case.parent.name == path.stem]
    assert [case for case in INVALID if case.parent.name == path.stem]


def test_each_folder_of_cases_has_its_shapes_file() -> None:
    assert {case.parent.name for case in (*VALID, *INVALID)} == {path.stem for path in FILES}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_message_is_provoked_by_some_case(path: Path) -> None:
    graph = Graph().parse(path)
    told = {
        message.value
        for case in INVALID
        if case.parent.name == path.stem
        for result in report(case).results
        for message in result.messages
    }
    for message in graph.objects(None, SH.message):
        pattern = re.sub(r"\\\{\\?[$?]\w+\\\}", ".*", re.escape(str(message)))
        assert any(re.fullmatch(pattern, one, re.DOTALL) for one in told), f"no case provokes: {message}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_message_is_said_in_both_languages(path: Path) -> None:
    graph = Graph().parse(path)
    for subject in set(graph.subjects(SH.message, None)):
        assert sorted(getattr(message, "language", "") for message in graph.objects(subject, SH.message)) == [
            "en",
            "nl",
        ]
