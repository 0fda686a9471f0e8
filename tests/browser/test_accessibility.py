"""Everyone can use every kind of page: axe finds nothing wrong, in both languages, light and dark, narrow and wide."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import Store
from werkzeug.routing import MapAdapter

from si_lod.releases import Releases
from si_lod.serve.app import create_app
from tests.browser.chromium import Browser
from tests.browser.places import NEEDLESS, PAGES

BASE = "https://w3id.org/smart-industry/"
# Every page is looked at narrow and wide, light and dark, in both languages; each way of looking in one of the two.
# In the dark only the colours are others, so there only what is said of colours is asked.
WAYS = {"nl": (("light", 320), ("dark", 1280)), "en": (("light", 1280), ("dark", 320))}
RULES = {"light": (), "dark": ("cat.color",)}


@pytest.mark.parametrize("language", WAYS)
@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_axe_finds_nothing_wrong(browser: Browser, axe: str, path: str, language: str) -> None:
    browser.open(path, language)
    found = {}
    for scheme, width in WAYS[language]:
        browser.prefer(scheme)
        browser.resize(width)
        found[scheme, width] = browser.violations(axe, *RULES[scheme])
    assert not any(found.values()), found


def test_there_is_a_page_of_every_kind_of_thing(folder: Path) -> None:
    store = Store.read_only(str(folder / "releases/2026.2/store"))
    kinds = {
        quad.subject.value.removeprefix(f"{BASE}id/").partition("/")[0]
        for quad in store
        if not isinstance(quad.subject, str) and str(quad.subject).startswith(f"<{BASE}id/")
    }
    shown = {path.removeprefix("/doc/").partition("/")[0] for path in PAGES.values() if path.startswith("/doc/")}
    assert kinds - shown == {"release"} & kinds


def test_there_is_a_page_of_every_route(folder: Path) -> None:
    routes = create_app(Releases(folder / "releases")).url_map
    adapter = routes.bind("localhost")
    shown = {endpoint(adapter, path) for path in PAGES.values()}
    assert {rule.endpoint for rule in routes.iter_rules() if "<suffix>" not in rule.rule} - shown - NEEDLESS == set()


def endpoint(adapter: MapAdapter, path: str) -> str:
    inner = path.partition("?")[0]
    release, slash, rest = inner.removeprefix("/release/").partition("/")
    found = adapter.match(slash + rest if slash and inner.startswith("/release/") and release else inner)
    return str(found[0])
