"""Which release this is to be: the version and date that the site's Turtle states, never the clock's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final, Self

from pyoxigraph import Literal, RdfFormat, parse

from si_lod.errors import InvalidFiles, Problem
from si_lod.releases import VERSION
from si_lod.sentences import listed, told

if TYPE_CHECKING:
    from si_lod.publish.source import Source

_FILE: Final = "data/dataset.ttl"
_VERSION: Final = "http://www.w3.org/ns/dcat#version"
_ISSUED: Final = "http://purl.org/dc/terms/issued"


@dataclass(frozen=True, slots=True)
class Edition:
    """A version (dcat:version, DCAT 3 §11.1) and the date on which it is issued (dct:issued, an xsd:date)."""

    version: str
    issued: str

    @classmethod
    def read(cls, source: Source) -> Self:
        """Return what ``data/dataset.ttl`` states of the one resource with a dcat:version.

        Raises InvalidFiles if the file is missing or no Turtle, or if it does not state exactly one usable
        version and date.
        """
        try:
            quads = list(parse(path=str(source.root / _FILE), format=RdfFormat.TURTLE))
        except FileNotFoundError:
            message = told("expected this file in the site folder {folder}, found none", folder=source.root)
            raise InvalidFiles([_problem(message)]) from None
        except OSError as error:
            raise InvalidFiles([_problem(told("cannot be read: {reason}", reason=error.strerror or error))]) from None
        except SyntaxError as error:
            raise InvalidFiles(
                [Problem(_FILE, error.lineno or 0, "", told("expected Turtle: {error}", error=error.msg))]
            ) from None
        versioned = {quad.subject for quad in quads if quad.predicate.value == _VERSION}
        stated = {
            name: sorted(
                quad.object.value
                for quad in quads
                if quad.subject in versioned and quad.predicate.value == iri and isinstance(quad.object, Literal)
            )
            for name, iri in (("dcat:version", _VERSION), ("dct:issued", _ISSUED))
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

    @classmethod
    def _of(cls, version: str, issued: str) -> Self:
        problems = []
        if not VERSION.fullmatch(version) or version == "current":
            problems.append(
                _problem(
                    told(
                        'dcat:version: expected letters and digits joined by "." or "-", found "{version}"',
                        version=version,
                    )
                )
            )
        try:
            date.fromisoformat(issued)
        except ValueError:
            problems.append(
                _problem(
                    told('dct:issued: expected a date such as "2026-01-31"^^xsd:date, found "{issued}"', issued=issued)
                )
            )
        if problems:
            raise InvalidFiles(problems)
        return cls(version, issued)


def _problem(message: str) -> Problem:
    return Problem(_FILE, 0, "", message)
