"""Where triples of Turtle documents stand."""

from __future__ import annotations

import io
from typing import IO, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, parse

from si_lod.publish.source.places import Lines, placed
from tests.publish.conftest import Copy

TURTLE = """@prefix e: <http://example.org/> .
e:a e:label "x"@nl
  , "y"@en
  ; e:number 3
  ; e:text \"\"\"one
two\"\"\"
  ; e:inner [ e:deep
    5 ] .

e:b
  a
  e:Class
  .
"""


def test_a_triple_stands_where_its_object_ends_or_a_line_on_after_three_quotes() -> None:
    lines = Lines(io.BytesIO(TURTLE.encode()))
    found = [
        (quad.predicate.value.rpartition("/")[2].rpartition("#")[2], lines.number)
        for quad in parse(cast("IO[bytes]", lines), format=RdfFormat.TURTLE)
    ]
    assert found == [("label", 2), ("label", 3), ("number", 4), ("text", 7), ("deep", 8), ("inner", 8), ("type", 12)]


@given(st.text(alphabet="a\n", max_size=40), st.integers(1, 7))
def test_lines_give_the_whole_file_and_count_it(text: str, size: int) -> None:
    lines, content = Lines(io.BytesIO(text.encode())), b""
    while chunk := lines.read(size):
        content += chunk
        assert lines.number == content.removesuffix(b"\n").count(b"\n") + 1
    assert content.decode() == text


def test_the_documents_of_a_site_are_placed_by_file_and_line(site: Copy) -> None:
    found = {str(statement.triple.object): statement.cell for statement in placed(site.source())}
    cell = found['"Library visits"@en']
    assert (cell.file, cell.line, cell.column) == ("data/dataset.ttl", 8, "")


@pytest.mark.parametrize("room", ["data/dataset.ttl", "ontology/read.ttl", "shapes/count.ttl"])
def test_every_room_has_its_documents_placed(site: Copy, room: str) -> None:
    assert any(statement.cell.file == room for statement in placed(site.source()))
