"""The Link header (RFC 8288)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import urljoin

_LINK: Final = re.compile(r'<([^<>]*)>((?:\s*;\s*[\w!#$&+.^`|~*-]+\s*(?:=\s*(?:"(?:[^"\\]|\\.)*"|[^\s",;]+))?)*)')
_PARAMETER: Final = re.compile(r';\s*([\w*-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s",;]+))')


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a Link header (RFC 8288 §3)."""

    target: str
    relations: tuple[str, ...]
    media_type: str = ""


def links(header: str, base: str) -> list[Link]:
    """Return the links of a header; what has no angle brackets is none.

    >>> links('</a>; rel="item"; type="text/csv"', "https://example.org/")
    [Link(target='https://example.org/a', relations=('item',), media_type='text/csv')]
    """
    found = []
    for target, said in _LINK.findall(header):
        parameters = {name.lower(): quoted or bare for name, quoted, bare in _PARAMETER.findall(said)}
        relations = tuple(parameters.get("rel", "").lower().split())
        found.append(Link(urljoin(base, target), relations, parameters.get("type", "")))
    return found
