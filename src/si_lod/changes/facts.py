"""Differences as people think of them: facts that came, went, or have another value, each with its sources."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Self

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from si_lod.changes.merging import Difference

Term = NamedNode | BlankNode | Literal | Triple
SOURCES: Final = ("http://www.w3.org/ns/prov#wasDerivedFrom", "http://purl.org/dc/terms/source")
"""The properties that say where what is said of a thing comes from."""

_TYPE: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_VERSION: Final = "http://www.w3.org/ns/dcat#version"
_BOOKKEEPING: Final = frozenset({_VERSION, "http://purl.org/dc/terms/issued", "http://purl.org/dc/terms/modified"})
"""What an editor must raise with every release of whatever has a version of DCAT, and tells nothing of the facts."""
_ENDS: Final = frozenset({"http://www.w3.org/2002/07/owl#deprecated", "http://purl.org/dc/terms/isReplacedBy"})


@dataclass(frozen=True, slots=True)
class Change:
    """One fact before and after; None where there is none, both where a property has one value and it is another.

    ``follows`` says that nobody wrote it: it was derived from what people wrote, or keeps the books of the release.
    """

    predicate: str
    old: Term | None
    new: Term | None
    follows: bool = False

    @property
    def is_value(self) -> bool:
        """Whether it is the value that changed, and not a fact that came or went."""
        return self.old is not None and self.new is not None


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

    @classmethod
    def of(cls, difference: Difference) -> Self:
        """Return the difference as facts, those that follow last, and sorted by property."""
        old, new = _read(difference.old), _read(difference.new)
        followed = _followed(old, new, _read(tuple(difference.derived)))
        changes = tuple(sorted((_marked(change, followed) for change in _changes(old, new)), key=_order))
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


def _followed(old: list[Triple], new: list[Triple], derived: list[Triple]) -> set[tuple[str, Term]]:
    """Return the facts that nobody wrote: what was derived, and the bookkeeping of what has a version."""
    found = {(triple.predicate.value, triple.object) for triple in derived}
    said = {(triple.predicate.value, triple.object) for triple in (*old, *new)}
    if any(predicate == _VERSION for predicate, _ in said):
        found |= {(predicate, value) for predicate, value in said if predicate in _BOOKKEEPING}
    return found


def _marked(change: Change, followed: set[tuple[str, Term]]) -> Change:
    terms = [term for term in (change.old, change.new) if term is not None]
    return replace(change, follows=all((change.predicate, term) in followed for term in terms))


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
