"""Chromium without a window, driven by WebDriver, and by its own protocol for what WebDriver has no word for."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.print_page_options import PrintOptions
from selenium.webdriver.support.wait import WebDriverWait

QUIET = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
)
"""Nothing but the page is fetched, and what a page looks like does not hang on the machine."""

SETTLED = "return !window.Yasqe || document.querySelector('.switch') !== null"
"""Whether the editor of the query page, which comes when its words have come, is in the place of the field."""

VIOLATIONS = """
const [tags, done] = arguments, only = tags.length ? {runOnly: tags} : {};
axe.run(document, {resultTypes: ["violations"], ...only}).then(found => done(found.violations.map(
  one => [one.id, one.help, ...one.nodes.map(node => node.target.join(" ") + " " + node.html.slice(0, 200))].join(" | ")
)));
"""


@dataclass(frozen=True, slots=True)
class Browser:
    """One window, and the service whose pages it shows."""

    driver: webdriver.Chrome
    address: str

    def open(self, path: str, language: str = "nl") -> None:
        """Show the page at ``path`` in ``language``, with all that its scripts add to it."""
        self.driver.get(f"{self.address}{path}{'&' if '?' in path else '?'}lang={language}")
        WebDriverWait(self.driver, 20).until(lambda driver: driver.execute_script(SETTLED))

    def resize(self, width: int, height: int = 900) -> None:
        """Make the page ``width`` CSS pixels wide."""
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)

    def prefer(self, scheme: str, media: str = "screen", **features: str) -> None:
        """Have the reader prefer a colour scheme, ``light`` or ``dark``, and whatever else (Media Queries 5)."""
        wanted = {"prefers-color-scheme": scheme, **{name.replace("_", "-"): value for name, value in features.items()}}
        told = [{"name": name, "value": value} for name, value in wanted.items()]
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": media, "features": told})

    def ask(self, script: str, *arguments: object) -> Any:
        """Return what a script answers."""
        return self.driver.execute_script(script, *arguments)

    def violations(self, axe: str, *tags: str) -> list[str]:
        """Return what axe finds wrong with the page as it is shown, by all its rules or by those with the tags."""
        if not self.ask("return 'axe' in window"):
            self.ask(axe)
        found: list[str] = self.driver.execute_async_script(VIOLATIONS, tags)
        return found

    def complaints(self) -> list[str]:
        """Return what the browser itself found wrong since it was last asked: errors, and what a policy forbade."""
        log: list[dict[str, str]] = self.driver.get_log("browser")  # type: ignore[no-untyped-call]  # in selenium itself
        return [entry["message"] for entry in log]

    def press(self, *keys: str) -> None:
        """Press the keys, one after another."""
        ActionChains(self.driver, duration=0).send_keys(*keys).perform()

    def print(self) -> bytes:
        """Return the page on paper, as PDF."""
        options = PrintOptions()
        options.page_width, options.page_height = 21.0, 29.7
        return base64.b64decode(self.driver.print_page(options))


@contextmanager
def browsing(chromium: str, driver: str, address: str, *, scripts: bool = True) -> Iterator[Browser]:
    """Give a browser that shows the pages at ``address``, without scripts of theirs if they are not wanted."""
    options = Options()
    options.binary_location = chromium
    for argument in QUIET:
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    if not scripts:
        options.add_experimental_option("prefs", {"profile.managed_default_content_settings.javascript": 2})
    window = webdriver.Chrome(options=options, service=Service(driver))
    try:
        window.set_script_timeout(120)
        yield Browser(window, address)
    finally:
        window.quit()
