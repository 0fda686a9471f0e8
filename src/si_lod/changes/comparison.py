"""What a release keeps of how it differs from the one before it: files beside it, and their counts.

::

    changes/
        summary.json     which release was before, and how many things and facts came, went and changed
        changes.nt       the changes as RDF, thing by thing, those that people changed before those that only follow
        changes.txt      the same to people; changes.nl.txt in Dutch
        changes.rdfp     the same as an RDF Patch

These files follow from both releases; everything else in a release follows from its own files alone.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, replace
from itertools import chain
from typing import TYPE_CHECKING, Any, Final, Self

from pyoxigraph import RdfFormat, parse, serialize

from si_lod.changes.consequences import Consequences
from si_lod.changes.counting import Counts
from si_lod.changes.facts import changed_things
from si_lod.changes.merging import differences, read_lines
from si_lod.changes.patch import EXTENSION, patch
from si_lod.changes.provenance import Revision
from si_lod.changes.recollection import recall
from si_lod.changes.telling import FOLLOWING, aftermath, summary, tell
from si_lod.errors import NoRelease
from si_lod.sentences import LANGUAGES, in_language, say, told

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from si_lod.changes.facts import ChangedThing
    from si_lod.changes.merging import Difference
    from si_lod.release import Manifest
    from si_lod.sites import Site

FOLDER: Final = "changes"
SUMMARY: Final = "summary.json"
RDF: Final = "changes.nt"
TEXT: Final = "changes.txt"
PATCH: Final = f"changes.{EXTENSION}"
DUMP: Final = "dataset.nq.gz"


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the release before was, and how many ``things`` and ``facts`` people added, removed and changed since.

    ``following`` counts the ``facts`` that follow from that, the ``things`` that they are about, and those among these
    of which nothing else changed, which are ``alone``;
    ``results`` those of the validation.
    """

    version: str
    dataset: str
    things: Mapping[str, int]
    facts: Mapping[str, int]
    following: Mapping[str, int]
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
    folder = new / FOLDER
    folder.mkdir()
    revision = Revision(site.base, manifest.version, version)
    counts = Counts()
    with (folder / RDF).open("wb") as rdf:
        triples = revision.triples(counts.passing(_changed(old, new)))
        rdf.writelines(serialize([triple], format=RdfFormat.N_TRIPLES) or b"" for triple in triples)
    for language in LANGUAGES:
        with (folder / in_language(TEXT, language)).open("w", encoding="utf-8") as text:
            text.writelines(f"{line}\n" for line in _told(folder, counts, site, language))
    with (folder / PATCH).open("wb") as file:
        file.writelines(patch(between(old, new), revision.document))
    return Comparison(
        manifest.version, manifest.dataset, dict(counts.things), dict(counts.facts), dict(counts.following)
    )


def between(old: Path, new: Path) -> Iterator[Difference]:
    """Yield the differences between the dumps of the releases in two folders; raises NoRelease if one is not whole."""
    before, after = Consequences.of(old), Consequences.of(new)
    for difference in differences(read_lines(old / DUMP), read_lines(new / DUMP)):
        subject = difference.subject
        yield replace(difference, derived=before.about(subject) | after.about(subject))


def _changed(old: Path, new: Path) -> Iterator[ChangedThing]:
    """Yield the things that people changed and then those that only follow; comparing twice needs no memory."""
    return chain(
        (thing for thing in changed_things(between(old, new)) if thing.own),
        (thing for thing in changed_things(between(old, new)) if not thing.own),
    )


def _told(folder: Path, counts: Counts, site: Site, language: str) -> Iterator[str]:
    def recalled() -> Iterator[ChangedThing]:
        return recall(quad.triple for quad in parse(path=str(folder / RDF), format=RdfFormat.N_TRIPLES))

    yield say(summary(counts.facts), language)
    yield say(aftermath(counts.following), language)
    if counts.facts.total():
        yield ""
        yield from tell(recalled(), site)
    if counts.following["facts"]:
        yield from ("", say(FOLLOWING, language), "")
        yield from tell(recalled(), site, following=True)
