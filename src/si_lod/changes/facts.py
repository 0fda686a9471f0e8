"""Differences as people think of them: facts that came, went, or have another value, each with its sources."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Self

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from si_lod.changes.authorship import SOURCES, attributed
from si_lod.changes.change import Change

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from si_lod.changes.change import Term
    from si_lod.changes.merging import Difference

_TYPE: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_ENDS: Final = frozenset({"http://www.w3.org/2002/07/owl#deprecated", "http://purl.org/dc/terms/isReplacedBy"})


@dataclass(frozen=True, slots=True)
class ChangedThing:
    """A thing with all that changed about it, and the IRIs of its sources: of what went, and of what came.

    What is withdrawn or renamed exists no longer, although it is said why.
    """

    iri: str
    existed: bool
    exists: bool
    changes: tuple[Change, ...]
    old_sources: tuple[str, ...] = ()
    new_sources: tuple[str, ...] = ()

    @property
    def own(self) -> tuple[Change, ...]:
        """The changes that people made."""
        return tuple(change for change in self.changes if not change.follows)

    @property
    def following(self) -> tuple[Change, ...]:
        """The changes that follow."""
        return tuple(change for change in self.changes if change.follows)

    def sources_of(self, change: Change) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the sources of the value before and of the value now; none of what came or went, or is a source."""
        named = {term.value for term in (change.old, change.new) if isinstance(term, NamedNode)}
        if not change.is_value or named & {*self.old_sources, *self.new_sources}:
            return (), ()
        return self.old_sources, self.new_sources

    @classmethod
    def of(cls, difference: Difference) -> Self:
        """Return the difference as facts, those that follow last, and sorted by property."""
        old, new = _read(difference.old), _read(difference.new)
        derived = _read(tuple(difference.derived))
        changes = tuple(sorted(attributed(_changes(old, new), (*old, *new), derived), key=_order))
        existed, exists = _is_described(old), _is_described(new)
        if not existed and not exists:
            # It was no more already, or never was: what is said of that is all that changed.
            existed, exists = bool(old), bool(new)
        return cls(
            iri=(old or new)[0].subject.value,  # type: ignore[union-attr]  # dumps have no quoted triples
            existed=existed,
            exists=exists,
            changes=changes,
            old_sources=_sources(old) if any(change.old is not None for change in changes) else (),
            new_sources=_sources(new) if any(change.new is not None for change in changes) else (),
        )


def changed_things(found: Iterable[Difference]) -> Iterator[ChangedThing]:
    """Yield the differences as facts, in the order of the things' IRIs."""
    return map(ChangedThing.of, found)


def _read(lines: tuple[bytes, ...]) -> list[Triple]:
    return [quad.triple for quad in parse(b"".join(lines), format=RdfFormat.N_QUADS)]


def _is_described(triples: list[Triple]) -> bool:
    said = {triple.predicate.value for triple in triples}
    return bool(said) and (_TYPE in said or not said & _ENDS)


def _changes(old: list[Triple], new: list[Triple]) -> Iterator[Change]:
    before, after = _by_property(old), _by_property(new)
    for key in before.keys() | after.keys():
        gone, come = before[key] - after[key], after[key] - before[key]
        if len(before[key]) == len(after[key]) == 1 and gone:
            yield Change(key[0], gone.pop(), come.pop())
        else:
            yield from (Change(key[0], value, None) for value in gone)
            yield from (Change(key[0], None, value) for value in come)


def _by_property(triples: list[Triple]) -> defaultdict[tuple[str, str | None], set[Term]]:
    """Return the values by property and language, since a text has one value in each language."""
    found: defaultdict[tuple[str, str | None], set[Term]] = defaultdict(set)
    for triple in triples:
        language = triple.object.language if isinstance(triple.object, Literal) else None
        found[triple.predicate.value, language].add(triple.object)
    return found


def _order(change: Change) -> tuple[bool, str, str, str]:
    return change.follows, change.predicate, str(change.old or ""), str(change.new or "")


def _sources(triples: list[Triple]) -> tuple[str, ...]:
    found = {t.object.value for t in triples if t.predicate.value in SOURCES and isinstance(t.object, NamedNode)}
    return tuple(sorted(found))
