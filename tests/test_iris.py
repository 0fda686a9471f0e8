"""The IRI design mints and parses from one pattern."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from si_lod.errors import InvalidSetting
from si_lod.iris import IriDesign, Space

DESIGN = IriDesign.of("https://data.example.org/orchards/")
SLUG = st.from_regex(r"[a-z0-9]{1,8}([.-][a-z0-9]{1,8}){0,2}", fullmatch=True)
REFERENCE = st.lists(SLUG, min_size=1, max_size=4).map("/".join)


@given(space=st.sampled_from(Space), reference=REFERENCE)
def test_what_is_minted_is_parsed_to_the_same(space: Space, reference: str) -> None:
    assert DESIGN.parse(DESIGN.mint(space, reference)) == (space, reference)


@given(text=st.text(max_size=30))
def test_a_text_is_minted_only_if_it_parses_back(text: str) -> None:
    try:
        iri = DESIGN.mint(Space.THING, text)
    except ValueError:
        return
    assert DESIGN.parse(iri) == (Space.THING, text)


@given(text=st.text(max_size=40))
def test_whatever_parses_can_be_minted_again(text: str) -> None:
    iri = DESIGN.base + text
    parsed = DESIGN.parse(iri)
    assert parsed is None or DESIGN.mint(*parsed) == iri


@pytest.mark.parametrize(
    "iri",
    [
        "https://other.example.org/orchards/id/tree/1",
        "https://data.example.org/orchards/id/",
        "https://data.example.org/orchards/id/tree/",
        "https://data.example.org/orchards/id//tree",
        "https://data.example.org/orchards/id/a b",
        "https://data.example.org/orchards/id/../doc/x",
        "https://data.example.org/orchards/elsewhere/tree",
    ],
)
def test_an_iri_that_the_design_does_not_mint_is_not_parsed(iri: str) -> None:
    assert DESIGN.parse(iri) is None


@pytest.mark.parametrize(
    "base",
    [
        "",
        "data.example.org/",
        "https://data.example.org",
        "ftp://data.example.org/",
        "https:///x/",
        "https://a.org/?q/",
    ],
)
def test_a_base_that_cannot_be_one_is_refused_with_an_example(base: str) -> None:
    with pytest.raises(InvalidSetting, match=r"ends in a slash.*https://data\.example\.org/"):
        IriDesign.of(base)
