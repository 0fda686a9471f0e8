"""The way from the home page to a page, and the page's JSON-LD as a whole (schema.org BreadcrumbList)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from si_lod.serve.pages.structured.about import worded
from si_lod.serve.pages.words.wording import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from si_lod.serve.pages.structured.about import Node
    from si_lod.serve.view import View


@dataclass(frozen=True, slots=True)
class Step:
    """A page on the way; ``address`` is its IRI."""

    name: Text
    address: str


def home_step(view: View) -> Step:
    """Return the home page as the first step of a trail."""
    return Step(Text(view.words(view.manifest.site.title)), view.manifest.site.base)


def graph(nodes: Iterable[Node], steps: Sequence[Step]) -> Node:
    """Return the JSON-LD of a page: the nodes that say something, and the trail if it has more than one step."""
    told: list[Node] = [node for node in nodes if node]
    if len(steps) > 1:
        told.append({"@type": "BreadcrumbList", "itemListElement": list(_items(steps))})
    return {"@context": "https://schema.org/", "@graph": told}


def _items(steps: Sequence[Step]) -> Iterable[dict[str, Any]]:
    for position, step in enumerate(steps, 1):
        yield {"@type": "ListItem", "position": position, "name": worded(step.name), "item": step.address}
