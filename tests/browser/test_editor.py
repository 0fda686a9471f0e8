"""The query page with scripts: the bundled editor, which asks nobody else and does nothing that the policy forbids."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import quote

import pytest
from selenium.webdriver.common.keys import Keys

from tests.browser.chromium import Browser
from tests.browser.conftest import needed
from tests.conftest import ROOT

EDITOR = "document.querySelector('.CodeMirror').CodeMirror"
SECONDS = 20


@pytest.fixture(autouse=True)
def _built() -> None:
    needed(str(ROOT / "src/si_lod/serve/static/editor/yasqe.js"))


def wait(met: Callable[[], object]) -> object:
    """What is met in the end."""
    for _ in range(SECONDS * 10):
        found = met()
        if found:
            return found
        time.sleep(0.1)
    raise AssertionError("it did not come")


def open_editor(browser: Browser, query: str = "ASK {}", language: str = "en") -> None:
    browser.complaints()
    browser.open(f"/sparql?query={quote(query)}", language)
    assert browser.ask("return document.querySelector('.CodeMirror')"), "the editor is on the page"


def test_the_editor_has_the_query_and_the_field_is_hidden(browser: Browser) -> None:
    open_editor(browser, "SELECT * { ?s ?p ?o }")
    assert browser.ask(f"return {EDITOR}.getValue()") == "SELECT * { ?s ?p ?o }"
    assert browser.ask("return document.querySelector('textarea#query').hidden")


def test_nothing_is_asked_of_another_host_and_nothing_is_forbidden(browser: Browser) -> None:
    open_editor(browser)
    browser.ask(f"{EDITOR}.setValue('PREFIX foo: <http://a/> SELECT * {{ ?s a ')")
    browser.ask(f"{EDITOR}.focus(); {EDITOR}.setCursor({{line: 0, ch: 999}})")
    browser.press(Keys.CONTROL, " ")
    asked = browser.ask("return performance.getEntriesByType('resource').map(one => one.name)")
    assert asked
    assert [one for one in asked if not one.startswith(browser.address)] == []
    assert browser.complaints() == []
    assert browser.ask("return localStorage.length + sessionStorage.length") == 0


def test_a_class_is_completed_by_what_people_call_it(browser: Browser) -> None:
    open_editor(browser)
    browser.ask(
        f"{EDITOR}.setValue('SELECT * {{ ?s a field'); {EDITOR}.focus(); {EDITOR}.setCursor({{line: 0, ch: 999}})"
    )
    browser.ask(f"{EDITOR}.autocomplete()")
    shown = wait(
        lambda: browser.ask("return [...document.querySelectorAll('.CodeMirror-hint')].map(e => e.textContent)")
    )
    assert isinstance(shown, list)
    assert any(one.startswith("si:Fieldlab ") and one.endswith(")") for one in shown)
    browser.press(Keys.ENTER)
    text = wait(lambda: "PREFIX si:" in (said := browser.ask(f"return {EDITOR}.getValue()")) and said)
    assert str(text).endswith("SELECT * { ?s a si:Fieldlab")


@pytest.mark.parametrize("prefix", ["si", "rdfs"])
def test_a_prefix_that_is_typed_is_declared_once(browser: Browser, prefix: str) -> None:
    open_editor(browser, "#")
    browser.ask(f"{EDITOR}.setValue(''); {EDITOR}.focus()")
    browser.press(*f"SELECT * {{ ?s {prefix}:a ?o . ?o {prefix}:b ?t }}")
    text = wait(lambda: "?t }" in (said := browser.ask(f"return {EDITOR}.getValue()")) and said)
    assert str(text).count("PREFIX") == 1
    assert str(text).startswith(f"PREFIX {prefix}: <")


def test_the_sign_of_a_mistake_speaks_the_readers_language(browser: Browser) -> None:
    open_editor(browser, "SELECT * { ?s ?p AND ?o }", language="nl")
    sign = "document.querySelector('.CodeMirror .parseErrorIcon')"
    assert str(browser.ask(f"return {sign}.title")).startswith("Vanaf hier is dit geen SPARQL.")
    browser.ask(f"{sign}.dispatchEvent(new MouseEvent('mouseover', {{bubbles: true}}))")
    assert browser.ask("return document.querySelector('.yasqe_tooltip')") is None
    browser.ask(f"{EDITOR}.setValue('ASK {{ ?s ?p ?o }}')")
    assert browser.ask(f"return {sign}") is None
    browser.ask(f"{EDITOR}.setValue('ASK }}')")
    assert str(browser.ask(f"return {sign}.title")).startswith("Vanaf hier is dit geen SPARQL.")


def test_what_is_edited_is_what_is_asked(browser: Browser) -> None:
    open_editor(browser)
    browser.ask(f"{EDITOR}.setValue('SELECT (41 + 1 AS ?n) {{}}')")
    browser.ask("document.querySelector('form.query').requestSubmit()")
    wait(lambda: browser.ask("return document.querySelector('td')?.textContent.trim()") == "42")


def test_the_plain_field_comes_back_with_the_same_text(browser: Browser) -> None:
    open_editor(browser)
    browser.ask(f"{EDITOR}.setValue('ASK {{ ?s ?p 1 }}')")
    browser.ask("document.querySelector('.switch').click()")
    assert browser.ask("return document.querySelector('textarea#query').value") == "ASK { ?s ?p 1 }"
    assert browser.ask("return document.querySelector('.editor').hidden")
    assert not browser.ask("return document.querySelector('textarea#query').hidden")


def test_the_tabulator_leaves_the_editor(browser: Browser) -> None:
    open_editor(browser)
    browser.ask(f"{EDITOR}.focus()")
    browser.press(Keys.TAB)
    assert not browser.ask("return document.querySelector('.CodeMirror').contains(document.activeElement)")


@contextmanager
def meanwhile(browser: Browser, script: str) -> Iterator[None]:
    """While pages wait for the words that the editor completes by, the script runs instead of one that only asks."""
    asking = f"const ask = window.fetch; window.fetch = (...all) => {{ {script} }};"
    added = browser.driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": asking})
    try:
        yield
    finally:
        browser.driver.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", added)


def test_who_is_typing_when_the_editor_comes_types_on_at_the_same_place(browser: Browser) -> None:
    typing = "const area = document.querySelector('textarea'); area.focus(); area.setSelectionRange(3, 3);"
    with meanwhile(browser, f"{typing} return ask(...all)"):
        open_editor(browser, "ASK {}")
    browser.press(" ", "#", "o", "n")
    assert browser.ask(f"return {EDITOR}.getValue()") == "ASK #on {}"


def test_what_comes_without_a_key_is_written_too(browser: Browser) -> None:
    open_editor(browser, "ASK {}")
    browser.ask(f"{EDITOR}.focus(); {EDITOR}.setCursor({{line: 0, ch: 0}})")
    for character in "#abcdefg\n":
        browser.driver.execute_cdp_cmd("Input.insertText", {"text": character})
        time.sleep(0.1)  # as people type: the editor has looked at one when the next comes
    assert wait(lambda: browser.ask(f"return {EDITOR}.getValue()") == "#abcdefg\nASK {}")


def test_the_editor_comes_without_the_words_that_it_would_complete_by(browser: Browser) -> None:
    with meanwhile(browser, "return Promise.reject(new TypeError('the line is down'))"):
        open_editor(browser, "ASK {}")
    assert browser.ask(f"return {EDITOR}.getValue()") == "ASK {}"


def test_the_place_of_an_error_is_marked_in_the_editor(browser: Browser) -> None:
    for before in ("", "# 😀\n", "{} VALUES ?x { '😀😀😀' } "):
        open_editor(browser, f"SELECT * {{ {before}?s ?p ?o FILTER ?o > 1 }}", language="nl")
        assert browser.ask("return document.querySelector('.CodeMirror .there').textContent") == "?o"


def test_a_mistake_far_along_its_line_is_seen_on_a_narrow_screen_without_scrolling(browser: Browser) -> None:
    try:
        browser.resize(320)
        open_editor(browser, f"SELECT * {{ {'?s ?p ?o . ' * 40} FILTER ?o > 1 }} # {'x' * 500}", language="nl")
        for part in ("mark", "ins"):
            there = f"document.querySelector('.place {part}')"
            box = browser.ask(f"return {there}.getBoundingClientRect().toJSON()")
            field = browser.ask(f"return {there}.closest('.place').getBoundingClientRect().toJSON()")
            assert box["right"] <= field["right"]
            assert box["bottom"] - field["top"] < 250
    finally:
        browser.resize(1280)


def test_the_programs_name_the_address_where_the_page_is_served(browser: Browser) -> None:
    open_editor(browser)
    assert f"{browser.address}/sparql" in browser.ask("return document.querySelector('#snippet-curl code').textContent")


LONG = "SELECT (1 AS ?n) {{ VALUES ?x {{ {} }} }}".format('"value"\\n' * 2000)


def test_a_short_query_is_asked_by_an_address_that_says_no_more_than_it_need(browser: Browser) -> None:
    open_editor(browser, language="en")
    browser.ask(f"{EDITOR}.setValue('ASK {{\\n}}')")
    browser.ask("document.querySelector('form.query').requestSubmit()")
    wait(lambda: "%7B%0A%7D" in browser.driver.current_url)
    assert browser.driver.current_url.endswith("/sparql?lang=en&query=ASK+%7B%0A%7D&format=html")


def test_a_long_query_is_asked_and_read_in_another_language(browser: Browser) -> None:
    open_editor(browser, language="en")
    browser.ask(f"{EDITOR}.setValue(`{LONG}`)")
    browser.ask("document.querySelector('form.query').requestSubmit()")
    wait(lambda: browser.ask("return document.querySelectorAll('td').length") == 500)
    wait(lambda: browser.ask("return document.querySelector('.CodeMirror')"))
    browser.ask("document.querySelector('.languages button[value=nl]').click()")
    wait(lambda: browser.ask("return document.documentElement.lang") == "nl")
    assert browser.ask("return document.querySelectorAll('td').length") == 500
    assert browser.complaints() == []


def test_only_the_address_of_a_program_is_changed_not_that_in_its_query(browser: Browser) -> None:
    open_editor(browser, "ASK { <https://w3id.org/smart-industry/sparql> ?p ?o }")
    shown = str(browser.ask("return document.querySelector('#snippet-python code').textContent"))
    assert f'SPARQLWrapper("{browser.address}/sparql")' in shown
    assert "ASK { <https://w3id.org/smart-industry/sparql> ?p ?o }" in shown
