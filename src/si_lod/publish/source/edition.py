"""Which release this is to be: the version and date that the site's Turtle states, never the clock's."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, Self

from pyoxigraph import Literal, NamedNode

from si_lod.errors import InvalidFiles, Level, NoRelease, Problem
from si_lod.publish.source.documents import read_turtle
from si_lod.publish.source.files import digest
from si_lod.release import MANIFEST, Manifest
from si_lod.sentences import listed, told
from si_lod.versions import LONGEST, is_version

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import Triple

    from si_lod.publish.source.files import Source
    from si_lod.release import Release
    from si_lod.releases import Releases

EDITION_FILE: Final = "data/dataset.ttl"
_VERSION: Final = "http://www.w3.org/ns/dcat#version"
_ISSUED: Final = "http://purl.org/dc/terms/issued"
_DATA_SET: Final = NamedNode("http://www.w3.org/ns/dcat#Dataset")
_TYPE: Final = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")


@dataclass(frozen=True, slots=True)
class Edition:
    """A version (dcat:version, DCAT 3 §11.1) and the date on which it is issued (dct:issued, an xsd:date)."""

    version: str
    issued: str

    @classmethod
    def read(cls, source: Source) -> Self:
        """Return what ``data/dataset.ttl`` states of the one data set with a dcat:version.

        Raises InvalidFiles if the file is missing or no Turtle, or if it does not state exactly one usable
        version and date.
        """
        problems: list[Problem] = []
        triples = read_turtle(source.root / EDITION_FILE, EDITION_FILE, problems)
        if problems:
            raise InvalidFiles(problems)
        versioned = set(versioned_data_sets(triples))
        stated = {
            name: sorted(
                triple.object.value
                for triple in triples
                if triple.subject in versioned and triple.predicate.value == iri and isinstance(triple.object, Literal)
            )
            for name, iri in (("dcat:version", _VERSION), ("dct:issued", _ISSUED))
            if versioned or iri == _VERSION
        }
        problems = [
            _problem(
                told(
                    "expected one {name} of the data set, found {found}",
                    name=name,
                    found=listed(values) or told("none"),
                )
            )
            for name, values in stated.items()
            if len(values) != 1
        ]
        if problems:
            raise InvalidFiles(problems)
        return cls._of(*(values[0] for values in stated.values()))

    @staticmethod
    def fault(message: str) -> Problem:
        """Return what is wrong with the edition as a problem of the file that states it."""
        return _problem(message)

    def predecessor(self, releases: Releases) -> Release | None:
        """Return the release that this one follows: for one that is made anew, that which it followed at first."""
        return releases.before(self.version, self.issued) if releases.holds(self.version) else releases.latest()

    def forerunner(self, releases: Releases) -> Release | None:
        """Return the last release issued before this one, whatever is served since.

        It is what harvesters may have seen, so catalogue and feeds go on from there, also after a rollback.
        """
        if releases.holds(self.version):
            return releases.before(self.version, self.issued)
        return next(reversed(releases.whole()), None)

    def order(self, releases: Releases) -> Iterator[Problem]:
        """Yield a problem if this edition says to be of an earlier day than the last release, served or not.

        One that is made anew takes the place that it had.
        """
        last = None if releases.holds(self.version) else self.forerunner(releases)
        if last and self.issued < last.manifest.issued:
            message = told(
                "dct:issued: expected {day}, the day of release {version}, or a later one, found {issued}; releases "
                "stand in the order of their days",
                day=last.manifest.issued,
                version=last.manifest.version,
                issued=self.issued,
            )
            yield _problem(message)

    def remarks(self, today: date) -> Iterator[Problem]:
        """Yield a warning if this edition says to be of a day after tomorrow; it is tomorrow already elsewhere.

        No error: whether the same files may be published must not depend on a machine's clock.
        """
        if self.issued > (today + timedelta(days=1)).isoformat():
            message = told(
                "dct:issued: expected the day on which this is published, found {issued}, which is still to come, and "
                "no release of an earlier day can follow; mend it unless it is meant",
                issued=self.issued,
            )
            yield Problem(EDITION_FILE, 0, "", message, Level.WARNING)

    def conflict(self, source: Source, releases: Releases) -> Iterator[Problem]:
        """Yield a problem if the version is published already, with other content than the site has now."""
        if (content := _content(releases, self.version)) and content != source.digest():
            message = told(
                "{version} is published already, with other content, and a release never changes; "
                "raise dcat:version and dct:issued in {file} and publish again",
                version=self.version,
                file=EDITION_FILE,
            )
            yield _problem(message)

    @classmethod
    def _of(cls, version: str, issued: str) -> Self:
        problems = []
        if not is_version(version):
            problems.append(
                _problem(
                    told(
                        'dcat:version: expected letters and digits joined by "." or "-", at most {most} characters, '
                        'found "{version}"',
                        most=LONGEST,
                        version=version,
                    )
                )
            )
        if not _is_date(issued):
            problems.append(
                _problem(
                    told('dct:issued: expected a date such as "2026-01-31"^^xsd:date, found "{issued}"', issued=issued)
                )
            )
        if problems:
            raise InvalidFiles(problems)
        return cls(version, issued)


def versioned_data_sets(triples: Iterable[Triple]) -> list[NamedNode]:
    """Return the data sets of which ``triples`` state a version; of anything else it is not that of a release."""
    triples = list(triples)
    data_sets = {each.subject for each in triples if (each.predicate, each.object) == (_TYPE, _DATA_SET)}
    found = dict.fromkeys(each.subject for each in triples if each.predicate.value == _VERSION)
    return [node for node in found if node in data_sets and isinstance(node, NamedNode)]


def _is_date(text: str) -> bool:
    """Return whether the text is an xsd:date without a time zone; the library takes other forms of ISO 8601 too."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _content(releases: Releases, version: str) -> str:
    """Return the digest of what was published as that version, as far as it is left; empty if nothing tells."""
    folder = releases.root / version
    with suppress(NoRelease):
        return Manifest.read(folder / MANIFEST).content
    return digest(folder / "files") if (folder / "files").is_dir() else ""


def _problem(message: str) -> Problem:
    return Problem(EDITION_FILE, 0, "", message)
