"""A validation result is traced to the cell that made its triple, and nothing is guessed."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode, Triple

from si_lod.publish.csvw import Cell, Statement
from si_lod.publish.judgement.trace import Trace
from si_lod.publish.shacl.report import SH, Node, ValidationResult

EX = "https://data.example.org/"
A, B, C = (NamedNode(f"{EX}{name}") for name in "abc")
SIZE, NEXT, TYPE, LABEL = (NamedNode(f"{EX}def#{name}") for name in ("size", "next", "type", "label"))

STATEMENTS = [
    Statement(Triple(A, SIZE, Literal("1")), Cell("data/t.csv", 2, "size")),
    Statement(Triple(A, SIZE, Literal("2")), Cell("data/more.csv", 7, "value")),
    Statement(Triple(A, NEXT, B), Cell("data/t.csv", 2, "next")),
    Statement(Triple(C, TYPE, A), Cell("data/t.csv", 3, "kind")),
    Statement(Triple(C, NEXT, NamedNode(f"{EX}nowhere")), Cell("data/t.csv", 3, "next")),
]


def traced(focus: Node, path: NamedNode | None, value: Node | None) -> Cell | None:
    result = ValidationResult(f"{SH}Violation", focus, path, value, NamedNode(f"{EX}s"), f"{SH}X", ())
    return Trace.of([result], STATEMENTS).cell(result)


def test_a_value_is_traced_to_the_cell_that_states_it() -> None:
    assert traced(A, SIZE, Literal("1")) == Cell("data/t.csv", 2, "size")
    assert traced(A, SIZE, Literal("2")) == Cell("data/more.csv", 7, "value")


def test_too_many_values_are_traced_to_the_last() -> None:
    assert traced(A, SIZE, None) == Cell("data/more.csv", 7, "value")


def test_a_missing_value_is_traced_to_the_row_in_the_column_that_makes_such_triples() -> None:
    assert traced(C, SIZE, None) == Cell("data/t.csv", 3, "size")


def test_a_derived_value_is_traced_to_the_row_of_its_subject() -> None:
    assert traced(A, LABEL, Literal("derived")) == Cell("data/t.csv", 2, "")


def test_a_result_without_a_path_is_traced_to_the_row() -> None:
    assert traced(C, None, C) == Cell("data/t.csv", 3, "")


def test_a_node_that_nothing_describes_is_traced_to_the_cell_that_mentions_it() -> None:
    nowhere = NamedNode(f"{EX}nowhere")
    assert traced(nowhere, None, nowhere) == Cell("data/t.csv", 3, "next")


def test_what_no_table_says_has_no_cell() -> None:
    assert traced(NamedNode(f"{EX}def#Term"), LABEL, None) is None
