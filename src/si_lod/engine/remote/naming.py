"""What the engine calls a release's graph, and the shelf: the graph that tells which releases are whole there.

Both names are below the site's base, so that several sites may share an engine.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from si_lod.release import Manifest

HAS_PART: Final = "http://purl.org/dc/terms/hasPart"
MARK: Final = "http://purl.org/dc/terms/identifier"
"""What the shelf says of a graph, and no two pushes of it have in common."""
_DIGITS: Final = 16


def graph_of(manifest: Manifest) -> str:
    """Return the IRI of the graph of a release: of its version and of its content, since neither changes."""
    return f"{manifest.site.base}release/{manifest.version}#{manifest.dataset[:_DIGITS]}"


def shelf_of(base: str) -> str:
    """Return the IRI of the graph that says of each release's graph in the engine that it is whole."""
    return f"{base}release#in-engine"


def nothing_of(base: str) -> str:
    """Return the IRI of a graph that no engine has: the dataset of who asks for graphs that the release has not."""
    return f"{base}release#nothing"
