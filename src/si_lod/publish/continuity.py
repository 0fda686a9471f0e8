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
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import Store

    from si_lod.publish.csvw import Damage
    from si_lod.publish.source import Source
    from si_lod.release import Release
    from si_lod.releases import Releases

_TYPE: Final = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_DEPRECATED: Final = NamedNode("http://www.w3.org/2002/07/owl#deprecated")
_REPLACED: Final = NamedNode("http://purl.org/dc/terms/isReplacedBy")
_TELLING: Final = frozenset({_TYPE, _DEPRECATED, _REPLACED})
_LABELS: Final = frozenset(
    {
        "http://www.w3.org/2000/01/rdf-schema#label",
        "http://www.w3.org/2004/02/skos/core#prefLabel",
        "http://purl.org/dc/terms/title",
        "http://xmlns.com/foaf/0.1/name",
    }
)
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

    ``label`` is what it was called there.
    """

    iri: str
    name: str
    label: str

    def problem(self, version: str) -> Problem:
        """Return what there is to do about it, now that release ``version`` has described it."""
        message = told(
            "{thing}: expected what release {version} describes to be described still, found nothing about it; "
            "put it back, or give it a row here that begins with {name}, or one in {renamed} if it has another id now",
            thing=f'{self.name} ("{self.label}")' if self.label else self.name,
            version=version,
            name=self.name,
            renamed=_RENAMED,
        )
        return Problem(_WITHDRAWN, 0, "", message)


def gaps(before: Release, store: Store, base: str) -> Iterator[Gap]:
    """Yield each thing below ``{base}id/`` that ``before`` accounts for and ``store`` does not.

    The old dump is read line by line, so memory does not grow with it.
    """
    prefix = f"<{base}id/".encode()
    ours = (line for line in read_lines(before.path / DUMP) if line.startswith(prefix))
    for _, lines in groupby(ours, key=subject_of):
        said = [quad.triple for quad in parse(b"".join(lines), format=RdfFormat.N_QUADS)]
        thing = said[0].subject
        was_told = any(triple.predicate in _TELLING for triple in said)
        if was_told and isinstance(thing, NamedNode) and not _is_told(thing, store):
            names = [t.object.value for t in said if t.predicate.value in _LABELS and isinstance(t.object, Literal)]
            yield Gap(thing.value, thing.value.removeprefix(f"{base}id/"), min(names, default=""))


def lost_successors(store: Store, base: str, damage: Damage) -> Iterator[Problem]:
    """Yield a problem for each thing below ``{base}id/`` that is no more and whose successor leads nowhere.

    One that what could not be read may describe is not complained about.
    """
    for quad in store.quads_for_pattern(None, _REPLACED, None):
        thing, successor = quad.subject, quad.object
        if not isinstance(thing, NamedNode) or not thing.value.startswith(f"{base}id/") or _has_type(thing, store):
            continue
        if damage and any(
            damage.may_describe(node.value) for node in (thing, successor) if isinstance(node, NamedNode)
        ):
            continue
        if not isinstance(successor, NamedNode) or not _lasts(successor, store):
            table = _WITHDRAWN if any(store.quads_for_pattern(thing, _DEPRECATED, None)) else _RENAMED
            message = told(
                "{thing}: expected a successor that is described, found {successor}; name one that is, or none",
                thing=thing.value.removeprefix(base),
                successor=successor,
            )
            yield Problem(table, 0, "", message)


def _lasts(node: NamedNode, store: Store) -> bool:
    """Return whether following successors from ``node`` leads to a thing that is described, whatever the detours."""
    seen: set[NamedNode] = set()
    waiting = [node]
    while waiting:
        here = waiting.pop()
        if here in seen:
            continue
        seen.add(here)
        if _has_type(here, store) or any(store.quads_for_pattern(here, _DEPRECATED, None)):
            return True
        following = store.quads_for_pattern(here, _REPLACED, None)
        waiting += [quad.object for quad in following if isinstance(quad.object, NamedNode)]
    return False


def _is_told(thing: NamedNode, store: Store) -> bool:
    return any(any(store.quads_for_pattern(thing, predicate, None)) for predicate in _TELLING)


def _has_type(thing: NamedNode, store: Store) -> bool:
    return any(store.quads_for_pattern(thing, _TYPE, None))
