"""Authorship: which changes people made, and which follow from those or keep the books of the release."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import Triple

    from si_lod.changes.change import Change, Term

SOURCES: Final = ("http://www.w3.org/ns/prov#wasDerivedFrom", "http://purl.org/dc/terms/source")
"""The properties that say where what is said of a thing comes from."""

_TYPE: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_VERSION: Final = "http://www.w3.org/ns/dcat#version"
_CATALOGUE: Final = NamedNode("http://www.w3.org/ns/dcat#Catalog")
_BOOKKEEPING: Final = frozenset({_VERSION, "http://purl.org/dc/terms/issued", "http://purl.org/dc/terms/modified"})
"""What an editor must raise with every release of a catalogue and of whatever has a version of DCAT.

It tells nothing of the facts.
"""


def attributed(changes: Iterable[Change], said: Iterable[Triple], derived: Iterable[Triple]) -> Iterator[Change]:
    """Yield the changes of one thing, of which ``said`` is all that was and is said, with those marked that follow.

    ``derived`` is what nobody stated.
    """
    followed = _followed(said, derived)
    return _echoed([_marked(change, followed) for change in changes])


def _followed(statements: Iterable[Triple], derived: Iterable[Triple]) -> set[tuple[str, Term]]:
    """Return what was derived, and the bookkeeping of a catalogue and of what has a version."""
    found = {(triple.predicate.value, triple.object) for triple in derived}
    said = {(triple.predicate.value, triple.object) for triple in statements}
    if (_TYPE, _CATALOGUE) in said or any(predicate == _VERSION for predicate, _ in said):
        found |= {(predicate, value) for predicate, value in said if predicate in _BOOKKEEPING}
    return found


def _marked(change: Change, followed: set[tuple[str, Term]]) -> Change:
    terms = [term for term in (change.old, change.new) if term is not None]
    return replace(change, follows=all((change.predicate, term) in followed for term in terms))


def _echoed(changes: list[Change]) -> Iterator[Change]:
    """Yield the changes; a source that a cell names, and with it the list of all sources, was changed once."""
    own = [change for change in changes if not change.follows and change.predicate not in SOURCES]
    gone, come = {change.old for change in own} | {None}, {change.new for change in own} | {None}
    for change in changes:
        is_echo = change.predicate in SOURCES and change.old in gone and change.new in come
        yield replace(change, follows=True) if is_echo else change
