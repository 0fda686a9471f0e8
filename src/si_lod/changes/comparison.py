"""What a release keeps of how it differs from the one before it: files beside it, and their counts.

::

    changes/
        summary.json    which release was before, and how many things and facts came, went and changed
        changes.nt      the changes as RDF, thing by thing
        changes.txt     the same to people
        changes.rdfp    the same as an RDF Patch

These files follow from both releases; everything else in a release follows from its own files alone.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Final, Self

from pyoxigraph import RdfFormat, serialize

from si_lod.changes.facts import ChangedThing
from si_lod.changes.merging import differences, read_lines
from si_lod.changes.patch import EXTENSION, patch
from si_lod.changes.provenance import Revision
from si_lod.changes.telling import tell
from si_lod.errors import NoRelease
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from si_lod.changes.merging import Difference
    from si_lod.release import Manifest
    from si_lod.settings import Site

FOLDER: Final = "changes"
SUMMARY: Final = "summary.json"
RDF: Final = "changes.nt"
TEXT: Final = "changes.txt"
PATCH: Final = f"changes.{EXTENSION}"
DUMP: Final = "dataset.nq.gz"


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the release before was, and the counts by kind: added, removed, changed; ``results`` of the validation."""

    version: str
    dataset: str
    things: Mapping[str, int]
    facts: Mapping[str, int]
    results: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def read(cls, folder: Path) -> Self | None:
        """Return the comparison of the release in ``folder``, None for a first release; raises NoRelease."""
        path = folder / FOLDER / SUMMARY
        try:
            return cls(**json.loads(path.read_text(encoding="utf-8")))
        except FileNotFoundError:
            return None
        except (OSError, ValueError, TypeError) as error:
            message = told("{path}: expected the summary of a comparison: {error}", path=path, error=error)
            raise NoRelease(message) from None

    def write(self, folder: Path) -> None:
        """Write this comparison into the folder of a release."""
        table: dict[str, Any] = asdict(self)
        path = folder / FOLDER / SUMMARY
        path.write_text(json.dumps(table, indent=2, sort_keys=True) + "\n", encoding="utf-8")


def write_changes(old: Path, manifest: Manifest, new: Path, *, version: str, site: Site) -> Comparison:
    """Write the files of what changed from the release in ``old``, whose manifest is given, to the one in ``new``."""
    (new / FOLDER).mkdir()
    revision = Revision(site.base, manifest.version, version)
    things, facts = (Counter(added=0, removed=0, changed=0) for _ in range(2))
    with (new / FOLDER / RDF).open("wb") as rdf, (new / FOLDER / TEXT).open("wb") as text:

        def passing() -> Iterator[ChangedThing]:
            for thing in map(ChangedThing.of, between(old, new)):
                _count(thing, things, facts)
                text.writelines(f"{line}\n".encode() for line in tell([thing], site))
                yield thing

        triples = revision.triples(passing())
        rdf.writelines(serialize([triple], format=RdfFormat.N_TRIPLES) or b"" for triple in triples)
    with (new / FOLDER / PATCH).open("wb") as file:
        file.writelines(patch(between(old, new), revision.document))
    return Comparison(manifest.version, manifest.dataset, dict(things), dict(facts))


def between(old: Path, new: Path) -> Iterator[Difference]:
    """Yield the differences between the dumps of the releases in two folders; raises NoRelease if one is not whole."""
    return differences(read_lines(old / DUMP), read_lines(new / DUMP))


def _count(thing: ChangedThing, things: Counter[str], facts: Counter[str]) -> None:
    things["changed" if thing.existed and thing.exists else "added" if thing.exists else "removed"] += 1
    for change in thing.changes:
        facts["added" if change.old is None else "removed" if change.new is None else "changed"] += 1
