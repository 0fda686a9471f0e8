"""Everything works in a browser that runs no scripts."""

from __future__ import annotations

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.wait import WebDriverWait

from tests.browser.chromium import Browser
from tests.browser.places import PAGES


def test_scripts_are_really_off(plain: Browser) -> None:
    plain.driver.get("data:text/html,<title>off</title><script>document.title = 'on'</script>")
    assert plain.driver.title == "off"


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_every_page_says_what_it_says(plain: Browser, path: str) -> None:
    plain.open(path)
    assert plain.driver.find_element(By.TAG_NAME, "h1").is_displayed()
    assert len(plain.driver.find_element(By.TAG_NAME, "main").text) > 40


def test_the_language_switch_keeps_the_page_and_its_query(plain: Browser) -> None:
    plain.open("/sparql?query=ASK%20%7B%7D")
    plain.driver.find_element(By.CSS_SELECTOR, ".languages a[hreflang=en]").click()
    assert plain.driver.find_element(By.TAG_NAME, "html").get_attribute("lang") == "en"
    assert plain.driver.find_element(By.TAG_NAME, "textarea").get_attribute("value") == "ASK {}"


def test_a_query_is_asked_and_answered(plain: Browser) -> None:
    plain.open("/sparql", "en")
    field = plain.driver.find_element(By.TAG_NAME, "textarea")
    field.send_keys(Keys.CONTROL, "a")
    field.send_keys("SELECT (2 + 3 AS ?five) WHERE {}")
    plain.driver.find_element(By.CSS_SELECTOR, "form.query button").click()
    cell = WebDriverWait(plain.driver, 20).until(lambda driver: driver.find_element(By.CSS_SELECTOR, "main td"))
    assert cell.text == "5"


def test_a_short_query_has_an_address_and_a_long_one_is_answered_all_the_same(plain: Browser) -> None:
    plain.open("/sparql?query=ASK%7B%7D%23" + "x" * 60_000, "en")
    assert plain.driver.find_element(By.TAG_NAME, "h1").text == "This address is too long"
    plain.driver.find_element(By.CSS_SELECTOR, "form.query button").click()
    found = WebDriverWait(plain.driver, 20).until(
        lambda driver: driver.find_element(By.CSS_SELECTOR, ".result .figure")
    )
    assert found.text.startswith("Yes")
    assert (
        len(plain.driver.find_element(By.TAG_NAME, "textarea").get_attribute("value") or "") == len("ASK{}#") + 60_000
    )
    plain.driver.find_element(By.CSS_SELECTOR, ".languages button[value=nl]").click()
    WebDriverWait(plain.driver, 20).until(lambda driver: driver.find_element(By.CSS_SELECTOR, "html[lang=nl] .result"))
    field = plain.driver.find_element(By.TAG_NAME, "textarea")
    field.clear()
    field.send_keys("ASK {}")
    plain.driver.find_element(By.CSS_SELECTOR, "form.query button").click()
    WebDriverWait(plain.driver, 20).until(lambda driver: "query=ASK+%7B%7D" in driver.current_url)


def test_links_lead_from_the_home_page_to_a_thing(plain: Browser) -> None:
    plain.open("/", "en")
    plain.driver.find_element(By.CSS_SELECTOR, ".cards a[href*='/list/hub']").click()
    plain.driver.find_element(By.CSS_SELECTOR, "tbody th a").click()
    assert "/doc/hub/" in plain.driver.current_url
