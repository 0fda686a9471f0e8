"""The account of a check, in the forms that people and programs read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from si_lod.cli.rendering import RENDERERS
from si_lod.cli.rendering.account import Account
from si_lod.cli.rendering.plain import plain, tally
from si_lod.cli.rendering.rules import NAMED
from si_lod.errors import Level, Problem
from si_lod.publish.starting import start
from si_lod.sentences import Translated, say, told
from tests.test_sentences import CATALOGUES, entries

WRONG = Problem("data/a.csv", 3, "x", told("expected TOML in UTF-8: {error}", error="n/a"))
AGAIN = Problem("data/a.csv", 9, "x", told("expected TOML in UTF-8: {error}", error="?"))
SYNTAX = Problem("ontology/o.ttl", 7, "12", told("expected Turtle: {error}", error="a dot"))
SHAPE = Problem(
    "data/b.csv", 2, "y", Translated.by_language({"nl": "te veel", "en": "too many"}), Level.WARNING, "count-number"
)
WORTH_KNOWING = Problem("data/b.csv", 0, "", "all is counted", Level.NOTE, "count-note")
FILES = ("data/a.csv", "data/b.csv", "data/c.csv", "ontology/o.ttl")


@pytest.fixture
def account(tmp_path: Path) -> Account:
    return Account.of(tmp_path, FILES, [SYNTAX, WORTH_KNOWING, SHAPE, AGAIN, WRONG])


def bare(account: Account, *levels: Level, language: str = "en") -> list[str]:
    return click.unstyle(plain(account, language, *levels)).splitlines()


def test_people_read_errors_by_file_and_line_and_then_what_is_less_grave(account: Account) -> None:
    assert bare(account, *Level) == [
        "errors",
        "data/a.csv:3:x: expected TOML in UTF-8: n/a",
        "data/a.csv:9:x: expected TOML in UTF-8: ?",
        "ontology/o.ttl:7:12: expected Turtle: a dot",
        "",
        "warnings",
        "data/b.csv:2:y: too many",
        "",
        "notes",
        "data/b.csv: all is counted",
    ]
    assert bare(account, Level.WARNING, language="nl") == ["waarschuwingen", "data/b.csv:2:y: te veel"]


def test_everything_is_counted(account: Account) -> None:
    assert tally(account) == "3 errors and 1 warning and 1 note in 3 files"
    assert say(tally(account), "nl") == "3 fouten en 1 waarschuwing en 1 opmerking in 3 bestanden"
    assert tally(Account.of(Path(), FILES, ())) == "no problems in 4 files"


def test_the_same_fault_in_many_rows_is_told_once_with_its_places() -> None:
    lines = [2, 3, 4, 8, 11, 12, 40]
    many = [Problem("a.csv", line, "x", told("expected Turtle: {error}", error=line)) for line in lines]
    other = Problem("a.csv", 9, "y", "another fault")
    assert bare(Account.of(Path(), (), [*many, other]), Level.ERROR) == [
        "a.csv:2:x: expected Turtle: 2",
        "    and 6 more like it, in lines 3-4, 8, 11-12, 40",
        "a.csv:9:y: another fault",
    ]
    assert len(bare(Account.of(Path(), (), many[:5]), Level.ERROR)) == 5, "a few are told in full"


def test_faults_of_whole_files_are_folded_too() -> None:
    many = [Problem("o.ttl", 0, "", told("expected Turtle: {error}", error=number)) for number in range(7)]
    assert bare(Account.of(Path(), (), many), Level.ERROR)[1] == "    and 6 more like it"


def test_a_thousand_places_do_not_fill_the_screen() -> None:
    many = [Problem("a.csv", line, "x", told("expected Turtle: {error}", error="")) for line in range(2, 4000, 2)]
    shown = bare(Account.of(Path(), (), many), Level.ERROR)
    assert len(shown) == 2
    assert len(shown[1]) < 400
    assert shown[1].endswith(", ...")


def test_json_has_the_keys_that_are_documented(account: Account) -> None:
    found = json.loads(RENDERERS["json"](account, "nl"))
    assert set(found) == {"fit", "release", "counts", "files", "problems", "unjudged"}
    assert (found["fit"], found["release"]) == (False, None)
    assert found["counts"] == {"error": 3, "warning": 1, "note": 1}
    assert found["files"] == list(FILES)
    assert found["problems"][0] == {
        "file": "data/a.csv",
        "line": 3,
        "column": "x",
        "level": "error",
        "rule": "expected-toml-in-utf-8",
        "message": "verwachtte TOML in UTF-8: n/a",
    }
    assert found["problems"][2] == {
        "file": "data/b.csv",
        "line": None,
        "column": None,
        "level": "note",
        "rule": "count-note",
        "message": "all is counted",
    }


def test_sarif_has_what_the_standard_requires(account: Account) -> None:
    log = json.loads(RENDERERS["sarif"](account, "en"))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["count-note", "count-number", "expected-toml-in-utf-8", "expected-turtle"]
    assert {run["originalUriBaseIds"]["SITE"]["uri"][:8], run["originalUriBaseIds"]["SITE"]["uri"][-1]} == {
        "file:///",
        "/",
    }
    for result, problem in zip(run["results"], account.problems, strict=True):
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"], "SARIF §3.27.6"
        assert result["level"] == problem.level
        assert result["message"]["text"] == problem.message
        assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == problem.file


def places(account: Account) -> list[dict[str, Any]]:
    log = json.loads(RENDERERS["sarif"](account, "en"))
    return [result["locations"][0] for result in log["runs"][0]["results"]]


def test_sarif_counts_characters_in_documents_and_names_columns_of_tables() -> None:
    year = Problem("data/a.csv", 3, "2024", "a column that is called a number")
    table, turtle = places(Account.of(Path(), (), [year, SYNTAX]))
    assert table["physicalLocation"]["region"] == {"startLine": 3}
    assert table["logicalLocations"] == [{"name": "2024", "kind": "member"}]
    assert turtle["physicalLocation"]["region"] == {"startLine": 7, "startColumn": 12}
    assert "logicalLocations" not in turtle


def test_sarif_gives_no_region_for_a_file_as_a_whole_and_writes_its_name_as_a_uri() -> None:
    (place,) = places(Account.of(Path(), (), [Problem("data/een tabel.csv", 0, "", "x")]))
    assert place == {"physicalLocation": {"artifactLocation": {"uri": "data/een%20tabel.csv", "uriBaseId": "SITE"}}}


@pytest.fixture
def orchard(tmp_path: Path) -> Path:
    list(start(tmp_path / "orchard", base="https://orchards.example/", title="Orchards"))
    return tmp_path / "orchard"


def marked(root: Path, *problems: Problem) -> list[str]:
    """What a program would mark of each problem's line."""
    found = []
    for place in places(Account.of(root, (), problems)):
        physical = place["physicalLocation"]
        line = (
            (root / physical["artifactLocation"]["uri"])
            .read_text("utf-8-sig")
            .splitlines()[physical["region"]["startLine"] - 1]
        )
        region = physical["region"]
        found.append(line[region["startColumn"] - 1 : region["endColumn"] - 1])
    return found


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_sarif_marks_the_cell_of_a_table_in_its_line(mark: str, orchard: Path) -> None:
    rows = 'c-1,"north, or ""nearly""",2024,120,yearbook-2024,né\r\nc-2,,2024,x,,\r\n'
    (orchard / "data/counts.csv").write_text(
        f"{mark}id,place,year,number,report,note\r\n{rows}", encoding="utf-8", newline=""
    )
    wrong = [
        Problem("data/counts.csv", line, column, "")
        for line, column in (
            (1, "year"),
            (2, "id"),
            (2, "note"),
            (2, "place"),
            (3, "number"),
            (3, "place"),
            (3, "report"),
        )
    ]
    assert marked(orchard, *wrong) == ["year", "c-1", "né", '"north, or ""nearly"""', "x", "", ""]


def test_sarif_marks_no_characters_where_the_metadata_cannot_be_read(orchard: Path) -> None:
    (orchard / "data/csv-metadata.json").write_text("{", encoding="utf-8")
    (place,) = places(Account.of(orchard, (), [Problem("data/counts.csv", 2, "place", "")]))
    assert place["physicalLocation"]["region"] == {"startLine": 2}


def test_a_rule_of_a_cell_has_a_name_and_a_description_that_say_something() -> None:
    found = told("expected {expected}, found {text}{hint}", expected="a year", text='"x"', hint="")
    empty = told("expected {expected}, found {found}; the column is required", expected="a year", found="an empty cell")
    lost = told("{what}, found {found}{hint}", what="expected a row of a.csv", found='"x"', hint="")
    account = Account.of(Path(), (), [Problem("data/b.csv", 2, "y", text) for text in (found, empty, lost)])
    (run,) = json.loads(RENDERERS["sarif"](account, "nl"))["runs"]
    assert {rule["id"]: rule["shortDescription"]["text"] for rule in run["tool"]["driver"]["rules"]} == {
        "cell-datatype": "elke cel bevat wat het datatype van de kolom vraagt",
        "cell-required": "geen cel van een verplichte kolom is leeg",
        "reference": "elke rij waarnaar een andere rij verwijst, staat in haar tabel",
    }


def test_every_kind_that_has_a_name_of_its_own_is_told_somewhere() -> None:
    known = {key for key, _ in entries(CATALOGUES[0])}
    assert set(NAMED) <= known


def test_junit_has_a_case_for_every_error_and_for_every_file_without_one(account: Account) -> None:
    suites = ET.fromstring(RENDERERS["junit"](account, "nl"))  # noqa: S314 - made here
    assert suites.attrib == {"tests": "5", "failures": "3", "errors": "0"}, "as many failures as errors are counted"
    cases = {case.attrib["name"]: case for case in suites.iter("testcase")}
    assert [*cases] == [
        "a.csv:3:x: expected-toml-in-utf-8",
        "a.csv:9:x: expected-toml-in-utf-8",
        "b.csv",
        "c.csv",
        "o.ttl:7:12: expected-turtle",
    ]
    assert {case.attrib["file"] for case in cases.values()} == set(FILES)
    failed = cases["a.csv:9:x: expected-toml-in-utf-8"]
    assert (failed.attrib["line"], failed.findtext("failure")) == ("9", AGAIN.said("nl"))
    failure = failed.find("failure")
    assert failure is not None
    assert failure.attrib == {"type": "expected-toml-in-utf-8", "message": "verwachtte TOML in UTF-8: ?"}
    assert cases["b.csv"].find("failure") is None, "a warning is published"
    assert cases["b.csv"].findtext("system-out") == "data/b.csv: all is counted\ndata/b.csv:2:y: te veel"
    assert not list(cases["c.csv"])


@given(st.lists(st.sampled_from([WRONG, AGAIN, SYNTAX, SHAPE, WORTH_KNOWING])))
def test_junit_has_as_many_failures_as_there_are_errors(problems: list[Problem]) -> None:
    account = Account.of(Path(), FILES, problems)
    suites = ET.fromstring(RENDERERS["junit"](account, "en"))  # noqa: S314 - made here
    assert len(list(suites.iter("failure"))) == int(suites.attrib["failures"]) == account.counts[Level.ERROR]
    assert len(list(suites.iter("testcase"))) == int(suites.attrib["tests"])


def test_junit_counts_a_problem_that_is_in_no_file_of_the_site() -> None:
    suites = ET.fromstring(  # noqa: S314 - made here
        RENDERERS["junit"](Account.of(Path(), (), [Problem("shapes/", 0, "", "no shapes")]), "en")
    )
    assert suites.attrib["tests"] == "1"


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30), st.sampled_from(sorted(RENDERERS)))
def test_whatever_is_in_a_cell_every_form_stays_readable(text: str, form: str) -> None:
    account = Account.of(Path(), (), [Problem("a.csv", 2, text, told("expected Turtle: {error}", error=text))])
    shown = RENDERERS[form](account, "nl")
    assert ET.fromstring(shown) if form == "junit" else json.loads(shown)  # noqa: S314 - made here
