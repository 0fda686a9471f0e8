"""A page as a test reads it."""

from __future__ import annotations

from dataclasses import dataclass
from html.parser import HTMLParser

_BLOCKS = frozenset({"dd", "dt", "h1", "h2", "h3", "li", "p", "section", "summary", "td", "th", "tr"})
_VOID = frozenset({"area", "br", "col", "hr", "img", "input", "link", "meta"})


@dataclass
class Element:
    """An element with its attributes, and all text inside it."""

    tag: str
    attributes: dict[str, str]
    text: str = ""


class Page(HTMLParser):
    """A parsed page: every element in the order of the document."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.html = html
        self.elements: list[Element] = []
        self.open: list[Element] = []
        self.misplaced: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.elements.append(element)
        if tag not in _VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1].tag != tag:
            self.misplaced.append(tag)
            return
        self.open.pop()
        self.handle_data(" " if tag in _BLOCKS else "")

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.text += data

    def all(self, tag: str, **attributes: str) -> list[Element]:
        """Return the elements ``tag`` that have each of ``attributes``, a class among others."""
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        return [
            element
            for element in self.elements
            if element.tag == tag
            and all(
                value in [*element.attributes.get(n, "").split(), element.attributes.get(n)]
                for n, value in wanted.items()
            )
        ]

    def texts(self, tag: str, **attributes: str) -> list[str]:
        """Return the text of those elements, with its white space made single."""
        return [" ".join(element.text.split()) for element in self.all(tag, **attributes)]
