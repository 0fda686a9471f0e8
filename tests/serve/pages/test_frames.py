"""The HTML that frames figures, as a page shows it to be pasted."""

from __future__ import annotations

from dataclasses import replace

from si_lod.serve.pages.charts.embedding import frame
from tests.serve.pages.conftest import BASE, Reader
from tests.serve.pages.page import Page


def test_a_hostile_name_stays_within_the_attribute(english: Reader) -> None:
    (iframe,) = Page(frame(english.view, "orchard/bare", '"><script>alert(1)</script>')).elements
    assert iframe.attributes["title"] == '"><script>alert(1)</script>'
    assert iframe.attributes["src"] == f"{BASE}embed/orchard/bare?lang=en"


def test_where_the_application_runs_is_no_part_of_what_others_paste(english: Reader) -> None:
    view = replace(english.view, root="/at/release/2025.1", home="/at")
    (iframe,) = Page(frame(view, "orchard/bare", "")).elements
    assert iframe.attributes["src"] == f"{BASE}release/2025.1/embed/orchard/bare?lang=en"
