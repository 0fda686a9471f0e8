"""Booleans that an engine writes as digits, read as words however the answer is cut on its way."""

from __future__ import annotations

import json
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import QueryResultsFormat, QuerySolutions, parse_query_results

from si_lod.engine.remote.speaking.arrival import IN_MEMORY, gathered
from si_lod.engine.remote.speaking.booleans import Worded

XSD = "http://www.w3.org/2001/XMLSchema#"
TERMS = st.one_of(
    st.tuples(st.sampled_from(["boolean", "integer"]), st.sampled_from(["0", "1", "true", "10"])),
    st.tuples(st.just(""), st.text(st.characters(blacklist_categories=["Cs"]), max_size=20)),
    # What looks like one, in a string
    st.tuples(st.just(""), st.just(f'"type": "typed-literal", "datatype": "{XSD}boolean", "value": "1"')),
)


@dataclass
class Pieces:
    """An answer in pieces of a size."""

    content: bytes
    size: int

    def read(self, _size: int = -1) -> bytes:
        piece, self.content = self.content[: self.size], self.content[self.size :]
        return piece

    def whole(self, most: int = IN_MEMORY) -> bytes:
        return gathered(self, most)


def told(kind: str, text: str) -> str:
    """Return the literal as Virtuoso 7.2 writes it."""
    value = json.dumps(text)
    if not kind:
        return f'{{ "o": {{ "type": "literal", "value": {value} }}}}'
    return f'{{ "o": {{ "type": "typed-literal", "datatype": "{XSD}{kind}", "value": {value} }}}}'


@given(st.lists(TERMS, max_size=12), st.integers(1, 400), st.integers(1, 50))
def test_digits_become_words_and_nothing_else_changes(terms: list[tuple[str, str]], size: int, asked: int) -> None:
    rows = ",\n".join(told(*term) for term in terms)
    content = f'{{ "head": {{ "vars": ["o"] }}, "results": {{ "bindings": [ {rows} ] }} }}'.encode()
    read = Worded(Pieces(content, size))
    whole = b"".join(iter(lambda: read.read(asked), b""))
    found = parse_query_results(whole, format=QueryResultsFormat.JSON)
    assert isinstance(found, QuerySolutions)
    words = {"0": "false", "1": "true"}
    expected = [words.get(text, text) if kind == "boolean" else text for kind, text in terms]
    assert [solution["o"].value for solution in found] == expected
    assert Worded(Pieces(content, size)).whole() == whole
