"""Finding the metadata of a table from its own address, on disk and nowhere else (Model §5)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from si_lod.errors import Problem
from si_lod.publish.csvw.documents.home import Home
from si_lod.publish.csvw.faults import Faults, excerpt, named
from si_lod.publish.csvw.metadata.embedded import embedded
from si_lod.publish.csvw.metadata.groups import read_metadata
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from si_lod.publish.csvw.metadata.tables import TableGroup


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of tables: where it is, the IRI that it stands for, and where metadata are looked for.

    ``locations`` are templates relative to the table, as a site's ``/.well-known/csvm`` states them (Model §5.3).
    """

    path: Path
    iri: str
    locations: Sequence[str] = ("{+url}-metadata.json", "csv-metadata.json")

    def discover(self, url: str, *, linked: str = "") -> TableGroup:
        """Return the lenient group that describes the table at ``url``, relative to the folder.

        The metadata are the first of those ``linked`` to it and those at the locations that exist and name the
        table; a document that does not is passed over with a warning. Without any, the table's header is all there
        is. Raises InvalidFiles as ``read_metadata`` does.
        """
        home = Home(self.path, self.iri, self.path, Faults(lenient=True))
        address = urljoin(self.iri, url)
        passed: list[Problem] = []
        places = [place.replace("{+url}", address) for place in self.locations]
        for place in [linked, *places] if linked else places:
            path = self._document(urljoin(address, place))
            if path is None:
                continue
            group = read_metadata(path, base=urljoin(address, "."), root=self.path, lenient=True)
            if any(table.url == address for table in group.tables):
                return replace(group, warnings=(*passed, *group.warnings))
            message = told("expected a description of {url}, found none; the document is passed over", url=excerpt(url))
            passed.append(Problem(named(path, self.path), 0, "", message))
        return replace(embedded(home.file(address) or self.path, address), warnings=tuple(passed))

    def _document(self, address: str) -> Path | None:
        """Return the file at an address; with a query there is none, since the query is no part of a file's name."""
        path = Home(self.path, self.iri, self.path, Faults()).file(address)
        return path if path and path.is_file() else None
