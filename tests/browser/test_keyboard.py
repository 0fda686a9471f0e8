"""Whoever has only a keyboard gets everywhere, in the order of the page, and sees where they are."""

from __future__ import annotations

from typing import Any

import pytest
from selenium.webdriver.common.keys import Keys

from tests.browser.chromium import Browser
from tests.browser.places import PAGES

WALKED = [
    name
    for name in PAGES
    if name not in {"ontology", "shapes", "list", "indicator with contradictions", "code list", "structure", "report"}
]
"""All but the longest pages, whose parts are those of the others."""

WATCH = """
const stops = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")]
  .filter(one => one.tabIndex >= 0 && one.type !== "hidden" && (one.checkVisibility() || one.matches(".skip")));
const steps = window.steps = [];
document.addEventListener("focusin", ({target: one}) => {
  const style = getComputedStyle(one), box = one.getBoundingClientRect();
  steps.push({
    stop: stops.indexOf(one), html: one.outerHTML.slice(0, 120),
    visible: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    inside: box.bottom > 0 && box.top < innerHeight && box.width > 0,
  });
});
window.scrollTo(0, 0);
return stops.length
"""
"""Numbers the stops, and notes where the focus comes."""


def walk(browser: Browser) -> list[dict[str, Any]]:
    """Return where the tab key leads, pressed as often as there are stops."""
    stops = int(browser.ask(WATCH))
    browser.press(*[Keys.TAB] * stops)
    steps: list[dict[str, Any]] = browser.ask("return window.steps")
    assert len(steps) == stops > 0, "each press leads somewhere"
    return steps


@pytest.mark.parametrize("name", WALKED)
def test_the_tab_key_reaches_everything_in_the_order_of_the_page(browser: Browser, name: str) -> None:
    browser.open(PAGES[name])
    browser.resize(1280)
    steps = walk(browser)
    assert [step["stop"] for step in steps] == list(range(len(steps))), "no stop is left out or out of order"
    assert [step["html"] for step in steps if not step["visible"]] == [], "every stop shows that it is there"
    assert [step["html"] for step in steps if not step["inside"]] == [], "every stop is in view"


@pytest.mark.parametrize("path", ["/", "/doc/fieldlab/robohouse", "/sparql", "/doc/fieldlab/nowhere"])
def test_the_first_stop_skips_to_the_content(browser: Browser, path: str) -> None:
    browser.open(path)
    browser.press(Keys.TAB)
    assert browser.ask("return document.activeElement.matches('a.skip')")
    browser.press(Keys.ENTER)
    assert browser.ask("return document.activeElement.id") == "content"
    browser.press(Keys.TAB)
    assert browser.ask("return document.querySelector('main').contains(document.activeElement)")
