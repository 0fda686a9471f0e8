"""No thing disappears: what the release before described is still described, withdrawn or renamed (Cool URIs).

A thing that is no more has no type: it is ``owl:deprecated`` with the reason, or is ``dct:isReplacedBy`` the thing
that it is called now. The site's tables of withdrawn and renamed things say so.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from si_lod.changes.comparison import DUMP
from si_lod.changes.merging import read_lines, subject_of
from si_lod.errors import CannotWrite, Problem
from si_lod.sentences import Translated, told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import Store, Triple

    from si_lod.publish.source.files import Source
    from si_lod.release import Release
    from si_lod.releases import Releases

TYPE: Final = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
DEPRECATED: Final = NamedNode("http://www.w3.org/2002/07/owl#deprecated")
REPLACED: Final = NamedNode("http://purl.org/dc/terms/isReplacedBy")
_TELLING: Final = frozenset({TYPE, DEPRECATED, REPLACED})
_LABELS: Final = frozenset(
    {
        "http://www.w3.org/2000/01/rdf-schema#label",
        "http://www.w3.org/2004/02/skos/core#prefLabel",
        "http://purl.org/dc/terms/title",
        "http://xmlns.com/foaf/0.1/name",
    }
)
_MADE: Final = ("class-partition", "property-partition", "distribution", "catalog-record")
_WITHDRAWN: Final = "data/withdrawn.csv"
_RENAMED: Final = "data/renamed.csv"


def predecessor(source: Source, releases: Releases | None) -> Release | None:
    """Return the release of this site that the next one follows, None if there is none among ``releases``."""
    found = releases.latest() if releases else None
    return found if found and found.manifest.site.base == source.site.base else None


def keep_apart(source: Source, releases: Releases) -> None:
    """Raise CannotWrite if there are releases of another site, whose place those of this one would take."""
    for release in releases.whole():
        base = release.manifest.site.base
        if base != source.site.base:
            message = told(
                "{root}: expected releases of {base}, found {version} of {other}, another site; "
                "publish into another folder with --releases",
                root=releases.root,
                base=source.site.base,
                version=release.manifest.version,
                other=base,
            )
            raise CannotWrite(message)


@dataclass(frozen=True, slots=True)
class Gap:
    """A thing that the release before accounts for and the new one does not: ``name`` is its IRI below ``{base}id/``.

    That of a term of the ontology is below ``{base}``. ``label`` is what it was called there.
    """

    iri: str
    name: str
    label: str

    def problem(self, version: str) -> Problem:
        """Return what there is to do about it, now that release ``version`` has described it."""
        if "#" in self.name:
            message = told(
                "{thing}: expected what release {version} defines to be defined still, found nothing about it; "
                "put it back, with owl:deprecated true and, if it has one, its successor in dct:isReplacedBy",
                thing=self._thing(),
                version=version,
            )
            return Problem("ontology/", 0, "", message)
        message = told(
            "{thing}: expected what release {version} describes to be described still, found nothing about it; "
            "put it back, or give it a row here that begins with {name}, or one in {renamed} if it has another id now",
            thing=self._thing(),
            version=version,
            name=self.name,
            renamed=_RENAMED,
        )
        return Problem(_WITHDRAWN, 0, "", message)

    def _thing(self) -> str:
        return told('{name} ("{label}")', name=self.name, label=self.label) if self.label else self.name


def gaps(before: Release, store: Store, base: str) -> Iterator[Gap]:
    """Yield each thing below ``{base}id/``, and each term of the ontology, that only ``before`` accounts for.

    What a catalogue is made of by itself comes and goes with what it tells of. The old dump is read line by line, so
    memory does not grow with it.
    """
    prefixes = tuple(f"<{start}".encode() for start in (f"{base}id/", f"{before.manifest.site.ontology}#"))
    made = tuple(f"<{base}id/{kind}/".encode() for kind in _MADE)
    ours = (line for line in read_lines(before.path / DUMP) if line.startswith(prefixes) and not line.startswith(made))
    for _, lines in groupby(ours, key=subject_of):
        said = [quad.triple for quad in parse(b"".join(lines), format=RdfFormat.N_QUADS)]
        thing = said[0].subject
        was_told = any(triple.predicate in _TELLING for triple in said)
        if was_told and isinstance(thing, NamedNode) and not _is_told(thing, store):
            yield Gap(thing.value, thing.value.removeprefix(f"{base}id/").removeprefix(base), _label(said))


def _label(said: Iterable[Triple]) -> str:
    """Return what a thing is called, in each language that it is called something in; empty if nothing says."""
    names = [t.object for t in said if t.predicate.value in _LABELS and isinstance(t.object, Literal)]
    texts = {name.language or "": name.value for name in sorted(names, key=lambda name: name.value, reverse=True)}
    return Translated.by_language(texts) if texts else ""


def _is_told(thing: NamedNode, store: Store) -> bool:
    return any(any(store.quads_for_pattern(thing, predicate, None)) for predicate in _TELLING)
