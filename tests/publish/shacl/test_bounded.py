"""pySHACL in a process of its own: the same results, each constraint in its time, and an end to whatever has none."""

from __future__ import annotations

import re
import signal
import threading
from pathlib import Path

import pytest
from pyoxigraph import Store
from pyshacl.constraints import ALL_CONSTRAINT_COMPONENTS

from si_lod.errors import InvalidFiles, Problem
from si_lod.publish.shacl.core import validation
from si_lod.publish.shacl.core.bounded import Bounded
from si_lod.publish.shacl.places import NOWHERE
from si_lod.publish.shacl.report import ValidationReport
from si_lod.sentences import say
from tests.publish.shacl.test_sets import DATA, HEAD, shapes_of, store_of

EX = "https://data.example.org/def#"
PRODUCT = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o . ?p ?q ?r FILTER (?a = 1)"
ENDLESS = {
    "a query in a property shape": (
        (
            "ex:S sh:targetNode ex:a ; sh:property ex:P . ex:P sh:path ex:size ; "
            f'sh:sparql [ sh:select "SELECT $this WHERE {{ {PRODUCT} }}" ] .'
        ),
        "P: sh:select: takes longer than 1 seconds over all",
    ),
    "a query of a component of the site's own": (
        (
            "ex:C a sh:ConstraintComponent ; sh:parameter [ sh:path ex:foo ] ; sh:validator ex:V . "
            f'ex:V a sh:SPARQLAskValidator ; sh:ask "ASK {{ {PRODUCT} }}" . '
            "ex:S a sh:NodeShape ; sh:targetNode ex:a ; ex:foo 1 ."
        ),
        "V: sh:ask: takes longer than 1 seconds over all",
    ),
    "a pattern that tries everything": (
        f'ex:S a sh:NodeShape ; sh:targetNode "{"a" * 60}b" ; sh:pattern "^(a+)+$" .',
        "S: sh:pattern: takes longer than 1 seconds, so it was ended",
    ),
}


def problem_of(shapes: str, store: Store | None = None) -> Problem:
    with pytest.raises(InvalidFiles) as caught:
        list(Bounded(1, NOWHERE).validate(store or store_of(HEAD + DATA), shapes_of(HEAD + shapes)))
    (problem,) = caught.value.problems
    return problem


EVERY = """
ex:S a sh:NodeShape ; sh:targetClass ex:Thing ; sh:nodeKind sh:Literal ; sh:class ex:Sub ; sh:closed true ;
  sh:ignoredProperties ( rdf:type ) ; sh:in ( ex:b ) ; sh:hasValue ex:z ;
  sh:not [ sh:class ex:Sub ] ; sh:or ( [ sh:hasValue ex:b ] [ sh:in ( ex:a ex:b ) ] ) ; sh:node ex:N ;
  sh:and ( [ sh:class ex:Sub ] ) ; sh:xone ( [ sh:class ex:Thing ] [ sh:class ex:Sub ] ) ; sh:property ex:P, ex:L .
ex:N sh:property [ sh:path [ sh:zeroOrMorePath ex:next ] ; sh:maxCount 2 ] .
ex:P sh:path ex:size ; sh:datatype xsd:string ; sh:minCount 3 ; sh:maxCount 1 ; sh:minInclusive 2 ; sh:maxInclusive 2 ;
  sh:minExclusive 2 ; sh:maxExclusive 2 ; sh:equals ex:next ; sh:disjoint ex:size ; sh:lessThan ex:size ;
  sh:lessThanOrEquals ex:next ; sh:qualifiedValueShape [ sh:in ( 2 ) ] ; sh:qualifiedMinCount 2 ;
  sh:sparql [ sh:select "SELECT $this ?value WHERE { $this $PATH ?value FILTER (?value > 1) }" ] .
ex:L sh:path ex:label ; sh:pattern "^b" ; sh:minLength 2 ; sh:maxLength 1 ; sh:languageIn ( "nl" ) ;
  sh:uniqueLang true ; sh:message "no {$this}"@en, "geen"@nl .
"""


def test_every_constraint_gives_there_what_it_gives_here() -> None:
    store, shapes = store_of(f'{HEAD}{DATA} ex:a ex:label "x"@en, "y"@en .'), shapes_of(HEAD + EVERY)
    here = ValidationReport.of(validation.validate(store, shapes))
    there = ValidationReport.of(Bounded(60, NOWHERE).validate(store, shapes))
    assert there == here
    components = {result.component.rpartition("#")[2] for result in here.results}
    known = {
        component.__name__.replace("BasedConstraint", "ConstraintComponent") for component in ALL_CONSTRAINT_COMPONENTS
    }
    # A property constraint has no results of its own, and pySHACL names one component by its parameter.
    assert known - components <= {"PropertyConstraintComponent", "QualifiedValueShapeConstraintComponent"}
    assert len(here.results) > 40


@pytest.mark.parametrize("case", ENDLESS)
def test_what_has_no_end_is_ended_and_told_at_its_shape_in_both_languages(case: str) -> None:
    shapes, expected = ENDLESS[case]
    problem = problem_of(shapes)
    assert problem.message.startswith(EX + expected)
    assert "SI_LOD_PUBLISH_SECONDS" in problem.message
    assert "duurt" in say(problem.message, "nl")


def test_the_time_is_that_of_all_focus_nodes_together() -> None:
    slow = "aaaaaaaaaaaaaaaaaaaaaaaab"
    nodes = ", ".join(f'"{number}{slow}"' for number in range(200))
    problem = problem_of(f'ex:S a sh:NodeShape ; sh:targetNode {nodes} ; sh:pattern "^[0-9]*(a+)+$" .')
    assert problem.message.startswith(f"{EX}S: sh:pattern: takes longer than 1 seconds")


def test_it_is_ended_whichever_thread_asks() -> None:
    found: list[str] = []
    shapes = ENDLESS["a pattern that tries everything"][0]
    asking = threading.Thread(target=lambda: found.append(problem_of(shapes).message))
    asking.start()
    asking.join()
    assert found
    assert signal.getsignal(signal.SIGALRM) is signal.SIG_DFL


def test_shapes_that_ask_for_one_another_are_told_by_name() -> None:
    problem = problem_of(
        "ex:A a sh:NodeShape ; sh:targetNode ex:a ; sh:node ex:B . ex:B a sh:NodeShape ; sh:node ex:A ."
    )
    assert re.search(rf"never come to an end.*: {EX}A and {EX}B;", problem.message)
    assert "komen nooit aan een eind" in say(problem.message, "nl")


def test_what_pyshacl_refuses_is_told_at_the_nearest_shape_that_has_a_name() -> None:
    problem = problem_of("ex:S a sh:NodeShape ; sh:targetNode ex:a ; sh:property [ sh:path [ ex:odd ex:p ] ] .")
    assert problem.message.startswith(f"{EX}S: expected shapes that SHACL allows: ")


def test_a_process_that_is_killed_is_told_as_such(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "pyshacl.py").write_text(f"import os\nos.kill(os.getpid(), {int(signal.SIGKILL)})\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    problem = problem_of("ex:S a sh:NodeShape ; sh:targetNode ex:a ; sh:minCount 1 .")
    assert "was ended from outside: Killed" in problem.message


def test_nothing_of_it_stays(tmp_path: Path) -> None:
    before = set(Path("/proc/self/fd").iterdir())
    problem_of(ENDLESS["a pattern that tries everything"][0])
    assert set(Path("/proc/self/fd").iterdir()) == before
    assert not list(tmp_path.iterdir())
