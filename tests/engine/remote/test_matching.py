"""Look-ups of many patterns at once: what each finds alone, in few questions."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, Store

from si_lod.engine.policy.admission import admit
from si_lod.engine.remote.looking.matching import BLOCK, blocks
from si_lod.engine.remote.looking.wording import patterns_text
from si_lod.engine.store.local import LocalEngine
from si_lod.errors import EngineFailed
from si_lod.releases import Releases
from tests.engine.remote.conftest import Opening, push
from tests.engine.remote.machine import Oxigraph, disturbed
from tests.engine.remote.test_wording import NASTY, TEXTS

NODES = [NamedNode(f"http://a/{number}") for number in range(4)]
Term = NamedNode | Literal
Pattern = tuple[NamedNode | None, NamedNode | None, Term | None]

terms = st.sampled_from(NODES) | (TEXTS | NASTY).map(Literal) | TEXTS.map(lambda text: Literal(text, language="nl"))


@st.composite
def alike(draw: st.DrawFn) -> list[Pattern]:
    """Patterns that have the same terms given, at least one."""
    given_ = draw(st.tuples(st.booleans(), st.booleans(), st.booleans()).filter(any))
    parts: tuple[st.SearchStrategy[Term], ...] = (st.sampled_from(NODES), st.sampled_from(NODES), terms)
    pattern = st.tuples(*(part if is_given else st.none() for part, is_given in zip(parts, given_, strict=True)))
    return draw(st.lists(pattern, min_size=1, max_size=5))


@given(
    st.lists(st.tuples(st.sampled_from(NODES), st.sampled_from(NODES), terms), max_size=12),
    alike(),
    st.none() | st.integers(1, 3),
)
def test_the_query_for_several_patterns_finds_for_each_what_fits_it(
    facts: list[tuple[NamedNode, NamedNode, Term]], patterns: list[Pattern], most: int | None
) -> None:
    store = Store()
    store.extend(Quad(*fact) for fact in facts)
    text = patterns_text(patterns, most)
    assert admit(text).text == text
    found = store.query(text)
    assert isinstance(found, QuerySolutions)
    places = [int(solution["n"].value) for solution in found]
    fitting = [len(list(store.quads_for_pattern(*pattern))) for pattern in patterns]
    expected = [count if most is None else min(count, most) for count in fitting]
    assert [places.count(place) for place in range(len(patterns))] == expected


@given(st.lists(st.tuples(*[st.none() | st.sampled_from(NODES)] * 3)), st.integers(1, 5))
def test_a_block_is_of_patterns_that_are_alike_and_no_longer_than_may_be(patterns: list[Pattern], size: int) -> None:
    made = list(blocks(patterns, size))
    assert sorted(map(repr, patterns)) == sorted(repr(pattern) for block in made for pattern in block)
    for block in made:
        assert 1 <= len(block) <= size
        assert len({tuple(term is None for term in pattern) for pattern in block}) == 1


@pytest.fixture
def held(two: Releases, oxigraph: Oxigraph) -> Oxigraph:
    push(two, oxigraph.store)
    return oxigraph


def counting(answers: list[int], answer: bytes) -> Iterator[bytes]:
    answers.append(len(answer))
    yield answer


def test_many_patterns_of_every_kind_find_what_each_finds_in_the_store_of_the_release_in_few_questions(
    two: Releases, held: Oxigraph, opening: Opening
) -> None:
    here, answers = LocalEngine(two.open("2").store()), list[int]()
    triples = list(here.match(None, None, None))
    patterns: list[Pattern] = [(None, None, None), (NamedNode("http://a/nothing"), None, None)]
    for triple, kept in product(triples[:60], product((True, False), repeat=3)):
        subject, predicate, obj = (term if keeps else None for term, keeps in zip(triple, kept, strict=True))
        patterns.append((subject, predicate, obj))
    expected = [sorted(map(str, found)) for found in here.match_each(patterns)]
    with disturbed(held.port, lambda answer: counting(answers, answer)) as port:
        engine = opening(f"http://127.0.0.1:{port}/query")
        answers.clear()
        assert [sorted(map(str, found)) for found in engine.match_each(patterns)] == expected
        # For each kind a block, and one look at the shelf at the end.
        assert len(patterns) > 2 * BLOCK
        assert len(answers) <= 8 + 1
        answers.clear()
        assert [sorted(map(str, found)) for found in engine.match_each(patterns)] == expected
        assert [sorted(map(str, engine.match(*pattern))) for pattern in patterns] == expected
        assert list(engine.match_each([])) == []
        assert answers == [], "all of it was remembered, of whatever way it is asked"
        for found, whole in zip(engine.match_each(patterns, most=2), expected, strict=True):
            some = list(map(str, found))
            assert len(some) == min(2, len(whole))
            assert set(some) <= set(whole)


def test_an_answer_that_is_of_no_pattern_is_none(held: Oxigraph, opening: Opening) -> None:
    def astray(answer: bytes) -> Iterator[bytes]:
        yield answer.replace(b'"value":"1"', b'"value":"7"')

    with disturbed(held.port, astray) as port:
        engine = opening(f"http://127.0.0.1:{port}/query")
        label = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
        with pytest.raises(EngineFailed, match="is not one to a query"):
            engine.match_each([(None, NODES[0], None), (None, label, None)])
