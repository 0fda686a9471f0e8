"""The words of a page, each with the language that a reader is told it is in (HTML §3.2.6.2)."""

from __future__ import annotations

from dataclasses import dataclass
from html.parser import HTMLParser

_VOID = frozenset({"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})
_SPOKEN = ("alt", "aria-label", "data-label", "placeholder", "title")
_UNSPOKEN = frozenset({"script", "style", "code", "pre", "textarea", "option"})


@dataclass(frozen=True, slots=True)
class Words:
    """A piece of text between two tags, or in an attribute that is read to people.

    ``spoken`` says that it is language, not code; ``data``, that the page sets it apart as what the data say (``bdi``).
    """

    text: str
    language: str
    spoken: bool
    data: bool


class Listener(HTMLParser):
    """Gathers the words of a page; a mark within a text does not part it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.heard: list[Words] = []
        self._open: list[tuple[str, str]] = [("", "")]
        self._said = ""
        self.feed(html)
        self.close()
        self._pause()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "mark":
            return
        self._pause()
        attributes = dict(attrs)
        language = attributes.get("lang")
        language = self._open[-1][1] if language is None else language
        if tag not in _VOID:
            self._open.append((tag, language))
        for name in _SPOKEN:
            self._hear(attributes.get(name) or "", language, spoken=True)

    def handle_endtag(self, tag: str) -> None:
        if tag == "mark":
            return
        self._pause()
        while len(self._open) > 1 and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        self._said += data

    def _pause(self) -> None:
        """Hear what was said up to here."""
        spoken = not any(tag in _UNSPOKEN for tag, _ in self._open)
        self._hear(self._said, self._open[-1][1], spoken=spoken)
        self._said = ""

    def _hear(self, text: str, language: str, *, spoken: bool) -> None:
        words = " ".join(text.split())
        if words:
            self.heard.append(Words(words, language, spoken, any(tag == "bdi" for tag, _ in self._open)))
