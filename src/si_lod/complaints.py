"""What an endpoint says when it does not answer, as a text that people can read: it may be anything, of any length."""

from __future__ import annotations

import ast
import json
import re
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Final

from si_lod.engine.diagnosis.stopping.place import place
from si_lod.errors import InvalidSyntax
from si_lod.foreign import STEERING
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import Message

_MOST: Final = 1000
"""How many characters of it are told."""
_LINES: Final = 12
_READ: Final = 64 * 1024
"""How many bytes of it are looked at."""
_UNREADABLE: Final = re.compile("[\x00\ufffd]")
_MARKUP: Final = re.compile(r"\s*<(?:!doctype|\?xml|html|[a-zA-Z][\w:]*[\s>])", re.IGNORECASE)
_SILENT: Final = frozenset(["script", "style", "template", "svg"])
_MEMBERS: Final = ("detail", "message", "error", "title")
"""Where problem details (RFC 9457 §3.1) and other objects of JSON have what went wrong."""


@dataclass(frozen=True, slots=True)
class Complaint:
    """What is said, and the place in the query as lines that show it, where it is known."""

    said: str
    drawn: str = ""

    @classmethod
    def of(cls, content: bytes, headers: Message, query: str) -> Complaint:
        """Return what the content of an answer to ``query`` says, read by the media type that it has or looks like."""
        kind = headers.get_content_type()
        text = _text(content[:_READ], headers)
        if not text.strip():
            return cls(told("it does not say why"))
        if len(_UNREADABLE.findall(text)) * 10 > len(text):
            return cls(told("it says so in {size} bytes of {kind}, which are no text", size=len(content), kind=kind))
        if members := _members(text):
            return cls(_bounded(_first(members)), _drawn(members, query))
        if "html" in kind or "xml" in kind or _MARKUP.match(text):
            return cls(_bounded(_without_markup(text)) or told("it sends a page without words"))
        return cls(_bounded(text))


def content_of(error: Exception) -> bytes:
    """Return the content of the answer that SPARQLWrapper refused, which it puts behind words of its own, as Python."""
    _, _, literal = str(error.args[0] if error.args else "").partition("Response:\n")
    try:
        content = ast.literal_eval(literal.strip())
    except (ValueError, SyntaxError):
        return b""
    return content if isinstance(content, bytes) else b""


def _text(content: bytes, headers: Message) -> str:
    try:
        text = content.decode(headers.get_content_charset() or "utf-8", errors="replace")
    except LookupError:
        text = content.decode(errors="replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _members(text: str) -> dict[str, object]:
    """Return the members of an object of JSON, if it says what went wrong."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) and _first(found) else {}


def _first(members: dict[str, object]) -> str:
    return next((said for name in _MEMBERS if isinstance(said := members.get(name), str) and said.strip()), "")


def _drawn(members: dict[str, object], query: str) -> str:
    """Return the place in the query that the details tell, drawn; nothing where they tell none that it has."""
    line, column, token = members.get("line"), members.get("column"), members.get("token", "")
    if not isinstance(line, int) or not isinstance(column, int) or not 1 <= line <= query.count("\n") + 1:
        return ""
    found = place(query, InvalidSyntax("", line=line, column=column, token=token if isinstance(token, str) else ""))
    return found.drawn() if found else ""


def _bounded(text: str) -> str:
    """Return the beginning of the text, without what would steer a terminal and without empty lines."""
    clean = STEERING.sub("\N{REPLACEMENT CHARACTER}", text)
    lines = [line.rstrip() for line in clean.split("\n") if line.strip()]
    said = "\n".join(lines[:_LINES])
    return said if len(lines) <= _LINES and len(said) <= _MOST else f"{said[:_MOST]} …"


def _without_markup(text: str) -> str:
    reader = _Words()
    reader.feed(text)
    reader.close()
    return "\n".join(reader.words())


class _Words(HTMLParser):
    """The words of a page, without what a browser does not show."""

    def __init__(self) -> None:
        super().__init__()
        self._found: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002  the library's way to call it
        self._silent += tag in _SILENT

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in _SILENT and self._silent > 0

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._found.append(data)

    def words(self) -> Iterator[str]:
        """Yield what is shown, each run of it as a line without runs of blanks, and none twice in a row."""
        before = ""
        for each in (" ".join(data.split()) for data in self._found):
            if each and each != before:
                yield each
                before = each
