"""Tidying changes how a table is written and never what it says."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from si_lod.errors import InvalidFiles
from si_lod.publish.csvw.records.formulas import is_formula
from si_lod.publish.csvw.tidying import is_kept, tidied

from .conftest import Bench, Json, table

ID: Json = {"name": "id", "titles": {"nl": "sleutel", "en": "key"}}
CELL = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")
    | st.sampled_from(",;'\"\n\r\t \ufeff"),
    max_size=6,
).filter(lambda text: not is_formula(text))


def tidy(bench: Bench, *, sort: bool = False) -> str:
    (only,) = bench.read().tables
    return tidied(only, bench.root, sort=sort).decode(only.dialect.encoding)


@pytest.fixture
def pair(bench: Bench) -> Bench:
    bench.describe(table("t.csv", ID, {"name": "x", "suppressOutput": False}, primaryKey="id"))
    return bench


@pytest.mark.parametrize(
    "content",
    [
        'sleutel,x\r\n"b","1"\r\na,"2,5"\r\n',
        '\ufeff"id","x"\nb,1\na,"2,5"',
        "id;x\nb;1\na;2,5\n",
        "key\tx\nb\t1\na\t2,5\n",
        'id,x\n\nb,1\n,\na,"2,5"\n,\n\n',
        'id,x,,\nb,1,,\na,"2,5",,\n,,,\n,,,\n',
        'id,x\nb,1,,\na,"2,5"\n,,\n',
        'x,id\n1,b\n"2,5",a\n',
        "x;key;;\n1;b;;\n2,5;a;;\n",
    ],
)
def test_however_a_spreadsheet_saves_a_table_it_is_tidied_into_the_same_bytes(pair: Bench, content: str) -> None:
    pair.write("t.csv", content)
    assert tidy(pair) == 'id,x\nb,1\na,"2,5"\n'


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("id,x,,\nb,1,,\n", "1: expected 2 columns, found 2 empty ones after them"),
        ("id,x\nb,1,\n", "2: expected 2 cells, found 3, of which the last are empty"),
        ("id,x\nb,1\n,,,\n", "3: expected 2 cells, found an empty line; remove it, or"),
        ("id,x\nb,1\n,\n", "3: expected a row, found only empty cells; remove it, or"),
        ("x,id\n1,b\n", '1:x: expected column "id" here, in the order of the metadata'),
        ("id;x\nb;1\n", "1: expected the columns id, x, found one column"),
    ],
)
def test_what_tidying_mends_is_told_with_that_advice(pair: Bench, content: str, found: str) -> None:
    pair.write("t.csv", content)
    (problem,) = pair.problems()
    assert problem.startswith(f"data/t.csv:{found}")
    assert "run si-lod tidy" in problem
    pair.write("t.csv", tidy(pair))
    assert len(pair.lines()) == 2


@pytest.mark.parametrize("content", ["x,y\n1,b\n", "id,id\n1,b\n", "id,x\nb,1,,2\n", "id\nb\n"])
def test_columns_are_neither_made_up_nor_left_out(pair: Bench, content: str) -> None:
    pair.write("t.csv", content)
    with pytest.raises(InvalidFiles):
        tidy(pair)


def test_rows_keep_the_editors_order_unless_sorting_is_asked_for(pair: Bench) -> None:
    pair.write("t.csv", "id,x\nb,1\na,2\n")
    assert tidy(pair) == "id,x\nb,1\na,2\n"
    assert tidy(pair, sort=True) == "id,x\na,2\nb,1\n"


def test_no_row_is_moved_or_left_out_where_iris_are_made_of_rows_numbers(bench: Bench) -> None:
    bench.describe(
        {"url": "t.csv", "tableSchema": {"aboutUrl": "#{_row}", "columns": [ID, {"name": "x"}], "primaryKey": "id"}}
    )
    bench.write("t.csv", "id,x\nb,1\n,\na,2\n")
    assert tidy(bench, sort=True) == "id,x\nb,1\n,\na,2\n"


def test_the_dialect_that_the_metadata_state_stays(bench: Bench) -> None:
    bench.describe(
        table("t.csv", ID, {"name": "x"}), dialect={"delimiter": ";", "quoteChar": "'", "encoding": "iso-8859-1"}
    )
    bench.write("t.csv", "'id';x\r\n'a';'é;''s'\r\n".encode("iso-8859-1"))
    assert tidy(bench) == "id;x\na;'é;''s'\n"


def test_a_table_that_is_none_is_refused_with_every_problem(pair: Bench) -> None:
    pair.write("t.csv", 'id,x\na\nb,"open\n')
    with pytest.raises(InvalidFiles) as caught:
        tidy(pair)
    assert [problem.line for problem in caught.value.problems] == [2, 3]


@pytest.mark.parametrize("dialect", [{"skipRows": 1}, {"skipColumns": 1}, {"commentPrefix": "#"}])
def test_a_file_that_holds_more_than_its_table_is_not_to_be_tidied(bench: Bench, dialect: Json) -> None:
    bench.describe(table("t.csv", ID), dialect=dialect)
    (only,) = bench.read().tables
    assert is_kept(only)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(CELL, CELL), max_size=5),
    st.sampled_from(
        [{}, {"delimiter": ";"}, {"header": False}, {"trim": True}, {"quoteChar": "'", "skipBlankRows": True}]
    ),
    st.booleans(),
)
def test_what_was_converted_before_is_converted_after(
    bench: Bench,
    rows: list[tuple[str, str]],
    dialect: Json,
    mark: bool,  # noqa: FBT001
) -> None:
    bench.describe(
        {"url": "t.csv", "dialect": dialect, "tableSchema": {"aboutUrl": "#{_row}", "columns": [ID, {"name": "x"}]}}
    )
    quote, delimiter = str(dialect.get("quoteChar", '"')), str(dialect.get("delimiter", ","))
    lines = [] if dialect.get("header") is False else [("id", "x")]
    cells = [[quote + cell.replace(quote, quote * 2) + quote for cell in row] for row in [*lines, *rows]]
    text = "".join(f"{delimiter.join(row)}\r\n" for row in cells)
    bench.write("t.csv", ("\ufeff" if mark else "") + text)
    before = bench.lines()
    (only,) = bench.read().tables
    content = tidied(only, bench.root)
    bench.write("t.csv", content)
    assert bench.lines() == before
    assert tidied(only, bench.root) == content
