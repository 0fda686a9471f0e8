"""An HTML page as a search engine reads it: JSON-LD blocks, links and what robots are told."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any, Final

from si_lod.sentences import told

_BLOCK: Final = "application/ld+json"
_OUT: Final = frozenset({"noindex", "none"})
_VALUED: Final = ("max-", "unavailable_after")
"""How directives begin that have a value after a colon."""


@dataclass(slots=True)
class Document:
    """What stands in a page: ``blocks`` of JSON-LD, ``faults`` of those that are none, links by relation."""

    blocks: list[Any] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    links: dict[str, list[str]] = field(default_factory=dict)
    robots: str = ""

    def described(self, kind: str) -> list[dict[str, Any]]:
        """Return the nodes of that schema.org type, also within ``@graph``."""
        nodes = [node for block in self.blocks for node in _nodes(block)]
        return [node for node in nodes if kind in _types(node)]


def keeps_out(directives: str, robot: str) -> bool:
    """Return whether these words keep a robot from indexing a page, as a meta element or X-Robots-Tag has them.

    Words after the name of a robot and a colon are for that one (Google's "Robots meta tag" specification).
    """
    meant = True
    for directive in directives.lower().split(","):
        name, colon, word = directive.rpartition(":")
        if colon and not name.strip().startswith(_VALUED):
            meant = name.strip() in {robot.lower(), "*"}
        if meant and word.strip() in _OUT:
            return True
    return False


def document(content: bytes) -> Document:
    """Return what stands in the page."""
    reader = _Reader()
    reader.feed(content.decode(errors="replace"))
    reader.close()
    return reader.document


def _nodes(block: Any) -> list[dict[str, Any]]:
    if isinstance(block, list):
        return [node for part in block for node in _nodes(part)]
    if not isinstance(block, dict):
        return []
    return [block, *_nodes(block.get("@graph", []))]


def _types(node: dict[str, Any]) -> list[str]:
    found = node.get("@type", [])
    names = found if isinstance(found, list) else [found]
    return [str(name).rpartition("/")[2].rpartition(":")[2] for name in names]


class _Reader(HTMLParser):
    """Collects what matters of a page as it goes by."""

    def __init__(self) -> None:
        super().__init__()
        self.document = Document()
        self._block: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "script" and said.get("type", "").lower() == _BLOCK:
            self._block = []
        elif tag == "link":
            for relation in said.get("rel", "").split():
                self.document.links.setdefault(relation.lower(), []).append(said.get("href", ""))
        elif tag == "meta" and said.get("name", "").lower() in {"robots", "googlebot"}:
            words = said.get("content", "").lower()
            self.document.robots = ", ".join(filter(None, (self.document.robots, words)))

    def handle_data(self, data: str) -> None:
        if self._block is not None:
            self._block.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag != "script" or self._block is None:
            return
        text, self._block = "".join(self._block), None
        try:
            self.document.blocks.append(json.loads(text))
        except ValueError as error:
            self.document.faults.append(str(error))
        except RecursionError:
            self.document.faults.append(told("it is nested too deeply"))
