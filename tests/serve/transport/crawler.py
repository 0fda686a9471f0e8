"""A crawler that follows whatever an answer points to, and says what is broken, foreign or outside the deployment."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

if TYPE_CHECKING:
    from tests.serve.transport.client import Got

_TARGETS = {"href", "src", "action", "data", "poster", "formaction", "srcset"}
_LINK = re.compile(r"<([^>]*)>")


class Links(HTMLParser):
    """What a page's elements point to."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.anchors: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.anchors |= {value for name, value in attrs if name == "id" and value}
        # What search engines and citations are told is canonical, and so is the IRI that a page shows.
        canonical = tag == "link" and dict(attrs).get("rel") in {"canonical", "cite-as"}
        self.found += [value for name, value in attrs if name in _TARGETS and value and not canonical]


def points_to(got: Got) -> Iterator[str]:
    """Yield every reference in the answer's headers and, if it is a page or a drawing, in its content."""
    for name in ("location", "content-location"):
        if name in got.headers:
            yield got.headers[name]
    for link in got.headers.get("link", "").split(", <"):
        if not re.search(r'rel="(canonical|cite-as|type|license|describes)"', link):
            yield from _LINK.findall(link if link.startswith("<") else f"<{link}")
    yield from linked(got)


def linked(got: Got) -> list[str]:
    """Return what the elements of the answer point to if it is a page or a drawing."""
    is_page = got.headers.get("content-type", "").startswith(("text/html", "image/svg"))
    return Links(got.text).found if is_page else []


@dataclass
class Crawl:
    """A walk from ``start``; ``ask`` gets an address below ``origin``, which readers see, with an Accept header.

    Addresses elsewhere are left alone if they are in ``told``, which is all that the data tell: no address of the
    deployment may be among them, nor one that a request brought in. No page may lead to an address below ``base``,
    which is where the site's IRIs are and not where it runs.
    """

    origin: str
    start: str
    ask: Callable[[str, str], Got]
    told: str
    base: str
    most: int = 400
    seen: set[str] = field(default_factory=set)
    problems: list[str] = field(default_factory=list)
    anchors: dict[str, set[str]] = field(default_factory=dict)
    pointed: set[tuple[str, str, str]] = field(default_factory=set)

    def walk(self) -> None:
        """Visit everything that is reached, each address once."""
        waiting = [self.start]
        while waiting and len(self.seen) < self.most:
            address = waiting.pop(0)
            if address in self.seen:
                continue
            self.seen.add(address)
            got = self.ask(address.removeprefix(self.origin), "text/html,*/*;q=0.1")
            if got.status >= 400 and got.status != 410:  # what is withdrawn says so where it was
                self.problems.append(f"{got.status} {address}")
                continue
            if got.headers.get("content-type", "").startswith("text/html"):
                self.anchors[address] = Links(got.text).anchors
            waiting += [found for found in self._onward(address, got) if found not in self.seen]
        self.problems += sorted(
            f"no place #{fragment} in {target}, which {address} points to"
            for target, fragment, address in self.pointed
            if target in self.anchors and unquote(fragment) not in self.anchors[target]
        )

    def _onward(self, address: str, got: Got) -> Iterator[str]:
        links = set(linked(got))
        for reference in points_to(got):
            target, fragment = urldefrag(urljoin(address, reference))
            if fragment:
                self.pointed.add((target, fragment, address))
            if urlsplit(target).scheme not in {"http", "https"}:
                continue
            if target.startswith(self.start):
                yield target
            elif reference.startswith(self.base) and reference in links:
                self.problems.append(f"where the IRIs are: {target} at {address}")
            # What is said by http may be linked by https, where the same is.
            elif f"<{target}" not in self.told and f"<http:{target.removeprefix('https:')}" not in self.told:
                self.problems.append(f"foreign: {target} at {address}")
