"""Every kind of page fits its screen, takes the reader's colours, and prints; it asks no one else for anything."""

from __future__ import annotations

import pytest

from tests.browser.chromium import Browser
from tests.browser.places import PAGES

WIDTHS = (320, 480, 768, 1024, 1280, 1920)

SCROLLS = "return [document.documentElement.scrollWidth, document.documentElement.clientWidth]"
UNREACHABLE = """
return [...document.querySelectorAll("main *")].filter(one => {
  const style = getComputedStyle(one);
  return /auto|scroll/.test(style.overflowX) && one.scrollWidth > one.clientWidth + 1 && one.tabIndex < 0
    && !one.querySelector("a[href], button, [tabindex]") && style.display !== "inline";
}).map(one => one.outerHTML.slice(0, 120))
"""
ELSEWHERE = """
return performance.getEntriesByType("resource").map(one => one.name).filter(name => !name.startsWith(location.origin))
"""
GROUND = "return getComputedStyle(document.body).backgroundColor.match(/[0-9]+/g).map(Number)"
ON_SCREEN_ONLY = """
return [...document.querySelectorAll("body > header nav, .skip, form button")]
  .filter(one => one.getClientRects().length).map(one => one.outerHTML.slice(0, 120))
"""
SHOWN = """return document.querySelector("h1").getClientRects().length"""


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_no_page_is_wider_than_its_screen(browser: Browser, path: str) -> None:
    browser.open(path)
    for width in WIDTHS:
        browser.resize(width)
        there, room = browser.ask(SCROLLS)
        assert there <= room, f"{path} at {width} px is {there} px wide"
        assert browser.ask(UNREACHABLE) == [], "what scrolls must be reachable with the keyboard"


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_the_browser_refuses_nothing_of_a_page_and_asks_no_one_else(browser: Browser, path: str) -> None:
    browser.complaints()
    browser.open(path)
    status = browser.ask("return performance.getEntriesByType('navigation')[0].responseStatus")
    errors = [one for one in browser.complaints() if not (status >= 400 and "status of " in one)]
    assert errors == []
    assert browser.ask(ELSEWHERE) == []


def test_a_reader_who_prefers_the_dark_gets_it(browser: Browser) -> None:
    browser.open("/")
    grounds = {}
    for scheme in ("light", "dark"):
        browser.prefer(scheme)
        grounds[scheme] = sum(browser.ask(GROUND)[:3])
    assert grounds["dark"] < 150
    assert grounds["light"] > 600


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_paper_has_what_the_page_says_and_nothing_to_click(browser: Browser, path: str) -> None:
    browser.open(path)
    browser.resize(794)
    browser.prefer("light", media="print")
    assert browser.ask(SHOWN) == 1
    assert browser.ask(ON_SCREEN_ONLY) == []
    browser.prefer("light")


def test_a_page_is_printed(browser: Browser) -> None:
    browser.open("/doc/fieldlab/robohouse")
    assert browser.print().startswith(b"%PDF-")
