"""What the engine calls the releases' graphs, and the small graphs that tell which of them are whole, or on their way.

All names are below the site's base, so that several sites may share an engine.
"""

from __future__ import annotations

from secrets import token_hex
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from si_lod.release import Manifest

HAS_PART: Final = "http://purl.org/dc/terms/hasPart"
COMING: Final = "http://www.w3.org/ns/prov#generatedAtTime"
"""Says of a graph in transit by when it is to be on the shelf."""
GOING: Final = "http://www.w3.org/ns/prov#invalidatedAtTime"
"""Says of a graph in transit by when it is to be gone."""
WRITING: Final = "http://www.w3.org/ns/prov#endedAtTime"
"""Says of who takes names out of what is in transit by when it is to have done so."""
YIELDING: Final = "http://www.w3.org/ns/prov#wasInvalidatedBy"
"""Says of who would have done so that it does not, because of another one."""
_DIGITS: Final = 16
_PUSH: Final = 8
"""Random bytes in the name of a graph, by which no two pushes have the same one."""


def release_of(manifest: Manifest) -> str:
    """Return the IRI of a release in the engine: of its version and of its content, since neither changes."""
    return f"{manifest.site.base}release/{manifest.version}#{manifest.dataset[:_DIGITS]}"


def graph_of(manifest: Manifest) -> str:
    """Return the IRI of a graph of the release that there never was before: each push has its own."""
    return f"{release_of(manifest)}-{token_hex(_PUSH)}"


def release_in(graph: str) -> str:
    """Return the IRI of the release that the graph is of; one pushed before each push had its own is named by it."""
    before, mark, fragment = graph.rpartition("#")
    return f"{before}{mark}{fragment.partition('-')[0]}"


def label_of(release: str) -> str:
    """Return the IRI of the graph that says which of the release's graphs is whole."""
    return f"{release}-label"


def shelf_of(base: str) -> str:
    """Return the IRI of the graph that lists what is held of all releases."""
    return f"{base}release#in-engine"


def transit_of(base: str) -> str:
    """Return the IRI of the graph that says which graphs are on their way to the shelf or from it."""
    return f"{base}release#in-transit"


def writer_of(base: str) -> str:
    """Return the IRI of one who takes names out of what is in transit, and there never was before."""
    return f"{transit_of(base)}-{token_hex(_PUSH)}"


def nothing_of(base: str) -> str:
    """Return the IRI of a graph that no engine has: the dataset of who asks for graphs that the release has not."""
    return f"{base}release#nothing"
