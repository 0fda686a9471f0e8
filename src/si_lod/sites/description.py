"""What a site says of itself in ``data/site.toml``, as a frozen value that is passed in."""

from __future__ import annotations

import re
import tomllib
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Final, Self

from si_lod.errors import InvalidFiles, Problem
from si_lod.iris import IriDesign
from si_lod.misreadings import no_toml, reason_of
from si_lod.sentences import told
from si_lod.sites.complaints import complaints

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_PLACE: Final = re.compile(r" \(at line (\d+), column (\d+)\)$")

Texts = dict[str, str]
"""One text per language tag."""


@dataclass(frozen=True, slots=True)
class Site:
    """What a site says of itself in ``data/site.toml``; it travels with each release in the manifest.

    ``lists``, ``unmarked`` and ``ontology`` are IRIs, written relative to the base in the file. ``unmarked`` are
    codes that a reader takes for granted (an exact value, a total), so pages need not spell them out.
    ``headlines`` names the queries in ``data/queries`` whose results open the home page. ``plurals`` has what many
    things of a class are called, ``remarks`` what is to be known of a list of them, and ``tiles`` the column and row of
    a place in the drawing of all places, by IRI.
    ``marks`` says of codes (their IRIs) how a chart draws a value that has them, by one of ``MARKS``.
    """

    base: str
    ontology: str
    languages: tuple[str, ...]
    title: Texts
    description: Texts
    prefixes: Texts = field(default_factory=dict)
    lists: tuple[str, ...] = ()
    unmarked: tuple[str, ...] = ()
    headlines: tuple[str, ...] = ()
    plurals: dict[str, Texts] = field(default_factory=dict)
    remarks: dict[str, Texts] = field(default_factory=dict)
    tiles: dict[str, tuple[int, int]] = field(default_factory=dict)
    marks: Texts = field(default_factory=dict)

    @classmethod
    def read(cls, folder: Path) -> Self:
        """Return the site described in ``folder/data/site.toml``; raises InvalidFiles if it cannot be read."""
        name = "data/site.toml"
        try:
            table = tomllib.loads((folder / name).read_text(encoding="utf-8"))
        except FileNotFoundError:
            message = told("expected this file in the site folder {folder}, found none", folder=folder)
            raise InvalidFiles([Problem(name, 0, "", message)]) from None
        except OSError as error:
            message = told("cannot be read: {reason}", reason=reason_of(error))
            raise InvalidFiles([Problem(name, 0, "", message)]) from None
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
            raise InvalidFiles([_misread(name, str(error))]) from None
        problems = [Problem(name, 0, "", message) for message in complaints(table)]
        if problems:
            raise InvalidFiles(problems)
        return cls.restore(table)

    @classmethod
    def restore(cls, table: Mapping[str, Any]) -> Self:
        """Return the site that ``table`` holds, with its IRIs made absolute and its lists made tuples."""
        base = IriDesign.of(table["base"]).base
        absolute = {name: f"{base}{iri}" if ":" not in iri else iri for name, iri in table.get("prefixes", {}).items()}
        return cls(
            base=base,
            ontology=_absolute(base, table["ontology"]),
            languages=tuple(table["languages"]),
            title=dict(table["title"]),
            description=dict(table["description"]),
            prefixes=absolute,
            lists=tuple(_absolute(base, iri) for iri in table.get("lists", ())),
            unmarked=tuple(_absolute(base, iri) for iri in table.get("unmarked", ())),
            headlines=tuple(table.get("headlines", ())),
            plurals={_absolute(base, iri): dict(texts) for iri, texts in table.get("plurals", {}).items()},
            remarks={_absolute(base, iri): dict(texts) for iri, texts in table.get("remarks", {}).items()},
            tiles={_absolute(base, iri): (place[0], place[1]) for iri, place in table.get("tiles", {}).items()},
            marks={_absolute(base, iri): mark for iri, mark in table.get("marks", {}).items()},
        )

    def store(self) -> dict[str, Any]:
        """Return this site as JSON can hold it, the inverse of ``restore``."""
        return asdict(self)


def _misread(name: str, message: str) -> Problem:
    place = _PLACE.search(message)
    line, column = (int(place[1]), place[2]) if place else (0, "")
    return Problem(name, line, column, told("expected TOML in UTF-8: {error}", error=no_toml(_PLACE.sub("", message))))


def _absolute(base: str, iri: str) -> str:
    return iri if ":" in iri else base + iri
