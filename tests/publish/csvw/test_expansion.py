"""A row's values become an IRI as RFC 6570 and RFC 3986 have it."""

from __future__ import annotations

import re
from urllib.parse import unquote, urljoin

import pytest
import uritemplate
from hypothesis import example, given
from hypothesis import strategies as st

from si_lod.publish.csvw.templates.expansion import expander
from si_lod.publish.csvw.templates.template import Value, read_template

BASE = "https://example.org/data/table.csv"
# The variables of RFC 6570 §3.2.
VALUES: dict[str, Value] = {
    "count": ("one", "two", "three"),
    "dom": ("example", "com"),
    "dub": "me/too",
    "hello": "Hello World!",
    "half": "50%",
    "var": "value",
    "who": "fred",
    "base": "http://example.com/home/",
    "path": "/foo/bar",
    "list": ("red", "green", "blue"),
    "x": "1024",
    "y": "768",
    "empty": "",
    "undef": None,
}


def expand(text: str, values: dict[str, Value], base: str = BASE) -> str:
    template = read_template(text)
    names = tuple(values)
    return expander(template, {name: names.index(name) for name in names}, base)(tuple(values.values()))


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("{var}", "value"),
        ("{hello}", "Hello%20World%21"),
        ("{half}", "50%25"),
        ("{x,y}", "1024,768"),
        ("{x,hello,y}", "1024,Hello%20World%21,768"),
        ("{var:3}", "val"),
        ("{var:30}", "value"),
        ("{list}", "red,green,blue"),
        ("{list*}", "red,green,blue"),
        ("{x,empty}", "1024,"),
        ("{x,undef}", "1024"),
        ("{+hello}", "Hello%20World!"),
        ("{+half}", "50%25"),
        ("{+path:6}/here", "/foo/b/here"),
        ("{+x,hello,y}", "1024,Hello%20World!,768"),
        ("{#x,hello,y}", "#1024,Hello%20World!,768"),
        ("{#path:6}/here", "#/foo/b/here"),
        ("{#undef}", ""),
        ("{.who,who}", ".fred.fred"),
        ("{/var,x}/here", "/value/1024/here"),
        ("{/list*}", "/red/green/blue"),
        ("{;x,y,empty}", ";x=1024;y=768;empty"),
        ("{?x,y}", "?x=1024&y=768"),
        ("{&x,y,empty}", "&x=1024&y=768&empty="),
        ("{?list*}", "?list=red&list=green&list=blue"),
    ],
)
def test_an_expression_expands_as_in_the_examples_of_the_standard(expression: str, expected: str) -> None:
    assert expand(f"http://a/{expression}", VALUES) == f"http://a/{expected}"


@given(st.text(st.characters(exclude_categories=["Cs"])))
@example("100%25 ö b")
@example("..")
@example("a/../b?c#d")
def test_a_simple_expansion_loses_nothing_and_leaves_only_what_an_iri_may_hold(text: str) -> None:
    iri = expand("http://a/x{v}", {"v": text})
    assert unquote(iri.removeprefix("http://a/x")) == text
    assert iri == uritemplate.expand("http://a/x{v}", v=text)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("https://a.org/b?c=d#e", "https://a.org/b?c=d#e"),
        ("https://a.org/b c", "https://a.org/b%20c"),
        ("https://a.org/%20ö 5%", "https://a.org/%20%C3%B6%205%25"),
    ],
)
def test_a_reserved_expansion_encodes_what_is_to_be_encoded_and_nothing_twice(value: str, expected: str) -> None:
    assert expand("{+v}", {"v": value}) == expected


# Empty segments, queries and fragments are left out: urljoin drops those, which RFC 3986 §5.3 does not.
SEGMENT = st.text("ab.-/?#:", min_size=1, max_size=6).filter(lambda text: not re.search(r"[?#](#|$)|//|^/", text))


@given(
    st.sampled_from(["../id/{+v}", "../id/x{+v}", "x{+v}", "#{v}", "..{+v}", "a/b/../{+v}", "{#v}", "/{+v}"]), SEGMENT
)
@example("../id/{+v}", "../x")
@example("../id/{+v}", "..")
def test_resolving_the_start_once_makes_no_difference(template: str, value: str) -> None:
    assert expand(template, {"v": value}) == urljoin(BASE, uritemplate.expand(template, v=value))


@pytest.mark.parametrize("value", ["www.example.org", "/a", "", "//a.org/b", "a b:c"])
def test_an_iri_that_is_all_from_the_cells_has_to_be_absolute(value: str) -> None:
    with pytest.raises(ValueError, match="relative"):
        expand("{+v}", {"v": value})


def test_a_prefixed_name_of_the_context_is_completed() -> None:
    assert expand("rdf:type", {}) == "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
    assert expand("schema:{v}", {"v": "name"}) == "http://schema.org/name"
    assert expand("{+v}", {"v": "dc:title"}) == "http://purl.org/dc/terms/title"
    assert expand("urn:x:{v}", {"v": "1"}) == "urn:x:1"


@pytest.mark.parametrize("text", ["a{b", "a}b", "{}", "{a b}", "{a{b}}", "{|a}", "{a:0}", "{a,}", "{a-b}", "{_name,a}"])
def test_a_template_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="expected"):
        read_template(text)
