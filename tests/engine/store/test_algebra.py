"""Groups, held against the algebra's own definition (SPARQL 1.1 §18), and the two places where the store differs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode, RdfFormat, Store

from si_lod.engine.policy.admission import admit
from si_lod.engine.store.local import LocalEngine
from tests.conftest import ROOT
from tests.engine.store.algebra import Both, Bound, Comparison, Condition, Data, Exists, Not, Triples
from tests.engine.store.groups import Bind, Element, Group, Minus, Optional, Selection, Union, Values

NODES = [f"<http://a/{number}>" for number in range(3)]
PREDICATES = [f"<http://p/{number}>" for number in range(2)]
NAMES = ["?a", "?b", "?c", "?d"]
DATA: st.SearchStrategy[Data] = st.frozensets(
    st.tuples(st.sampled_from(NODES), st.sampled_from(PREDICATES), st.sampled_from([*NODES, "1", "2"])),
    min_size=3,
    max_size=12,
)
PATTERNS = st.tuples(
    st.sampled_from([*NAMES, *NAMES, *NODES[:1]]),
    st.sampled_from([*PREDICATES, "?p"]),
    st.sampled_from([*NAMES, *NAMES, *NODES[:1], "1"]),
)
TRIPLES = st.lists(PATTERNS, min_size=1, max_size=2).map(tuple).map(Triples)
COMPARED = st.sampled_from([*NAMES, NODES[0], "1"])
SIMPLE: st.SearchStrategy[Condition] = st.one_of(
    st.builds(Comparison, st.sampled_from(NAMES), st.sampled_from(["=", "!=", ">"]), COMPARED),
    st.builds(Bound, st.sampled_from(NAMES)),
)


def conditions(atoms: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    return st.recursive(
        atoms,
        lambda inner: st.one_of(st.builds(Not, inner), st.builds(Both, inner, inner, st.booleans())),
        max_leaves=3,
    )


ANY = conditions(st.one_of(SIMPLE, st.builds(Exists, TRIPLES, st.booleans())))
PLAIN = conditions(SIMPLE)


@st.composite
def groups(draw: st.DrawFn, depth: int = 2, *, exists: bool = True) -> Group:
    """Return a group; one within another has EXISTS only where ``exists``, see the last test."""
    elements: list[Element] = [draw(TRIPLES)] if draw(st.booleans()) else []
    for _ in range(draw(st.integers(1, 3))):
        kind = draw(st.sampled_from(["triples", "bind", "values", "optional", "minus", "union", "group", "select"]))
        if kind == "bind":
            free = sorted(set(NAMES) - Group(tuple(elements)).names)
            if free:
                name = draw(st.sampled_from(free))
                elements.append(Bind(draw(st.sampled_from([NODES[0], "1", *sorted(set(NAMES) - {name})])), name))
        else:
            elements.append(draw(_element(kind, depth, exists=exists)))
    return Group(tuple(elements), tuple(draw(st.lists(ANY if exists else PLAIN, max_size=2))))


def _element(kind: str, depth: int, *, exists: bool) -> st.SearchStrategy[Element]:
    if kind == "values":
        terms = st.lists(st.sampled_from([*NODES, "1", "UNDEF"]), min_size=1, max_size=3).map(tuple)
        return st.builds(Values, st.sampled_from(NAMES), terms)
    if kind == "triples" or not depth:
        return TRIPLES
    inner = groups(depth - 1, exists=False)
    kept = st.lists(st.sampled_from(NAMES), min_size=1, max_size=3, unique=True).map(tuple)
    made: dict[str, st.SearchStrategy[Element]] = {
        "optional": st.builds(Optional, groups(depth - 1, exists=exists)),
        "minus": st.builds(Minus, inner),
        "union": st.builds(Union, inner, inner),
        "group": inner,
        "select": st.builds(Selection, groups(depth - 1), kept, st.booleans()),
    }
    return made[kind]


def answered(query: str, data: Data) -> list[tuple[str, ...]]:
    store = Store()
    store.load("\n".join(f"{' '.join(triple)} ." for triple in data).encode(), format=RdfFormat.TURTLE)
    found = LocalEngine(store).select(admit(query).plain)
    return sorted(tuple(_term(solution.get(name[1:])) for name in NAMES) for solution in found)


def _term(term: object) -> str:
    return str(term) if term is None or isinstance(term, NamedNode) else str(getattr(term, "value", ""))


@given(group=groups(), data=DATA)
def test_a_query_has_the_solutions_that_the_algebra_defines(group: Group, data: Data) -> None:
    expected = [tuple(solution.get(name, "None") for name in NAMES) for solution in group.solutions(data)]
    assert answered(f"SELECT {' '.join(NAMES)} {group}", data) == sorted(expected)


HUBS: Data = frozenset(
    [
        ("<http://a/h1>", "<http://p/in>", "<http://a/c>"),
        ("<http://a/h2>", "<http://p/in>", "<http://a/c>"),
        ("<http://a/h1>", "<http://p/knows>", "<http://a/l1>"),
        ("<http://a/l1>", "<http://p/at>", "<http://a/c>"),
        ("<http://a/l2>", "<http://p/at>", "<http://a/c>"),
    ]
)
UNKNOWN = Group(
    (Triples((("?b", "<http://p/at>", "?c"),)),),
    (Exists(Triples((("?a", "<http://p/knows>", "?b"),)), is_denied=True),),
)
IN = Triples((("?a", "<http://p/in>", "?c"),))


@pytest.mark.parametrize("inner", [UNKNOWN, Union(UNKNOWN, UNKNOWN), Optional(Group((UNKNOWN,)))])
def test_exists_within_braces_sees_what_is_bound_outside_them_and_that_is_listed(inner: Element) -> None:
    """Where this fails, the store has mended it: take it out of the reference, and let ``groups`` have EXISTS."""
    outer = Group((IN, inner))
    times = 2 if isinstance(inner, Union) else 1
    assert len(outer.solutions(HUBS)) == 2 * times
    assert len(answered(f"SELECT * {outer}", HUBS)) == 3 * times
    reference = (ROOT / "docs/reference/sparql.md").read_text(encoding="utf-8")
    assert "`EXISTS` in a group within braces" in reference


def test_minus_within_exists_takes_what_is_bound_outside_for_shared_and_that_is_listed() -> None:
    """Where this fails, the store has mended it: take it out of the reference."""
    group = "{ <http://a/h1> <http://p/in> ?b MINUS { <http://a/l1> <http://p/at> ?d } }"
    assert len(answered(f"SELECT * {group}", HUBS)) == 1
    assert answered(f"SELECT * {{ ?a <http://p/in> ?c FILTER EXISTS {group} }}", HUBS) == []
    reference = (ROOT / "docs/reference/sparql.md").read_text(encoding="utf-8")
    assert "`MINUS` within `EXISTS`" in reference


def test_a_selection_of_its_own_keeps_exists_within_braces() -> None:
    outer = Group((IN, Selection(UNKNOWN, ("?b", "?c"), is_distinct=False)))
    assert len(answered(f"SELECT * {outer}", HUBS)) == len(outer.solutions(HUBS)) == 2
