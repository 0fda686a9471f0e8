"""The catalogue of the release before: what it said of each thing, when, and with which files."""

from __future__ import annotations

import filecmp
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Self

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from si_lod.publish.catalogue.dumps import FOLDER
from si_lod.publish.catalogue.terms import DCAT, DCT, VOID
from si_lod.release import CATALOG_FILE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from pyoxigraph import NamedNode as Node

    from si_lod.publish.catalogue.dumps import Dump

ISSUED: Final = f"{DCT}issued"
MODIFIED: Final = f"{DCT}modified"
VERSION: Final = f"{DCAT}version"
COUNTED: Final = frozenset({f"{VOID}classPartition", f"{VOID}propertyPartition"})
_JUDGED: Final = "http://www.w3.org/ns/dqv#hasQualityMetadata"
"""What leads to the report of the release, which is another in each."""
_ASIDE: Final = COUNTED | {ISSUED, MODIFIED, VERSION, _JUDGED}


@dataclass(frozen=True, slots=True)
class Earlier:
    """The catalogue of the release before: what it said, and its files; of ``values`` only others say anything."""

    folder: Path | None = None
    about: Mapping[Node, frozenset[Triple]] = field(default_factory=dict)
    values: frozenset[Triple] = frozenset()

    @classmethod
    def read(cls, folder: Path | None, values: Iterable[Triple] = ()) -> Self:
        """Return the catalogue of the release in ``folder``, or one that says nothing if there is none."""
        path = folder / CATALOG_FILE if folder else None
        if folder is None or path is None or not path.is_file():
            return cls()
        about: dict[Node, set[Triple]] = defaultdict(set)
        for quad in parse(path=str(path), format=RdfFormat.N_TRIPLES):
            if isinstance(quad.subject, NamedNode):
                about[quad.subject].add(quad.triple)
        return cls(folder, {node: frozenset(triples) for node, triples in about.items()}, frozenset(values))

    def date(self, node: Node, predicate: str) -> str:
        """Return the date of ``node``, or an empty text."""
        return max(self.texts(node, predicate), default="")

    def texts(self, node: Node, predicate: str) -> list[str]:
        """Return the literals that it gave ``node`` for ``predicate``."""
        found = (triple.object for triple in self.about.get(node, ()) if triple.predicate.value == predicate)
        return [term.value for term in found if isinstance(term, Literal)]

    def says(self, node: Node, triples: Iterable[Triple]) -> bool:
        """Return whether it said the same of ``node``, dates and counts aside."""
        return _undated(self.about.get(node, ())) - self.values == _undated(triples) - self.values

    def holds(self, dump: Dump) -> bool:
        """Return whether it had a file of the same name with the same bytes."""
        file = self.folder / FOLDER / dump.name if self.folder else None
        return file is not None and file.is_file() and filecmp.cmp(file, dump.path, shallow=False)


def _undated(triples: Iterable[Triple]) -> frozenset[Triple]:
    return frozenset(triple for triple in triples if triple.predicate.value not in _ASIDE)
