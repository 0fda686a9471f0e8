"""What people changed since the release before: thing by thing, each value before and now, with the sources of both.

What follows from that is folded away: with its thing, and for things of which nothing else changed at the end.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode

from si_lod.changes.counting import kind_of
from si_lod.changes.recollection import recall
from si_lod.changes.renaming import joined, renamed
from si_lod.serve.nodes import LABELS
from si_lod.serve.pages.facts import Facts
from si_lod.serve.pages.rendering import render_with_licence
from si_lod.serve.pages.standing import called_classes, called_paths
from si_lod.serve.pages.words.mentions import names_of
from si_lod.serve.pages.words.wording import Text, Wording
from si_lod.serve.travel import address_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pyoxigraph import Triple

    from si_lod.changes.change import Change
    from si_lod.changes.comparison import Comparison
    from si_lod.changes.facts import ChangedThing
    from si_lod.engine.evaluation import Term
    from si_lod.serve.pages.facts import Fact
    from si_lod.serve.pages.words.wording import Link
    from si_lod.serve.view import View

MOST_THINGS: Final = 200
"""How many things the page shows; the other formats have all of them."""

LONGEST: Final = 400
"""How many characters of a value the page shows."""


@dataclass(frozen=True, slots=True)
class Line:
    """One fact before and now; sources are named where the value is another."""

    property: str
    name: Text
    old: Text | Link | None
    new: Text | Link | None
    old_sources: list[Link]
    new_sources: list[Link]


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing with what changed about it; ``kind`` is ``added``, ``removed``, ``changed`` or ``renamed``.

    ``lines`` are what people changed, ``following`` what follows. ``before`` is what a renamed thing was.
    """

    link: Link
    kind: str
    lines: list[Line]
    following: list[Line]
    before: Link | None = None


def changes_page(
    view: View, comparison: Comparison, triples: Iterable[Triple], alternates: Sequence[tuple[str, str]]
) -> str:
    """Return the page of what changed, from the comparison's counts and its RDF.

    The RDF is read as far as it is shown; it has the things that people changed first.
    """
    things = list(islice(recall(triples), MOST_THINGS))
    names = (view.known(find).triples() for find in (called_classes, called_paths))
    now = Wording(view, Facts.of(names_of(view.engine, _mentioned(things)), *names))
    before = Wording(
        replace(view, root=view.top + address_of(comparison.version)), Facts.of(_old_names(things), now.facts.triples())
    )
    return render_with_licence(
        view,
        "changes.html",
        canonical=f"{view.manifest.site.base}release/{view.manifest.version}/changes",
        alternates=alternates,
        of_release=True,
        comparison=comparison,
        before=view.outside(address_of(comparison.version)),
        entries=list(_entries([thing for thing in things if thing.own], before, now)),
        more=sum(comparison.things.values()) - sum(1 for thing in things if thing.own),
        aftermath=[_entry(thing, before, now) for thing in things if not thing.own],
        more_aftermath=comparison.following["alone"] - sum(1 for thing in things if not thing.own),
    )


def first_changes_page(view: View, alternates: Sequence[tuple[str, str]]) -> str:
    """Return the page of what changed in a first release, in which everything is new."""
    return render_with_licence(
        view,
        "changes.html",
        canonical=f"{view.manifest.site.base}release/{view.manifest.version}/changes",
        alternates=alternates,
        of_release=True,
        comparison=None,
    )


def _entries(things: Sequence[ChangedThing], before: Wording, now: Wording) -> Iterator[Entry]:
    """Yield the things; what has another name now is one of them, and not one that went and one that came."""
    names, by_iri = renamed(things), {thing.iri: thing for thing in things}
    for thing in things:
        if old := names.get(thing.iri):
            entry = _entry(joined(by_iri[old], thing), before, now)
            yield replace(entry, kind="renamed", before=before.link(old))
        elif thing.iri not in names.values():
            yield _entry(thing, before, now)


def _entry(thing: ChangedThing, before: Wording, now: Wording) -> Entry:
    link = (now if thing.exists else before).link(thing.iri)
    own, following = (
        [_line(change, thing, before, now) for change in changes] for changes in (thing.own, thing.following)
    )
    return Entry(link, kind_of(thing), own, following)


def _line(change: Change, thing: ChangedThing, before: Wording, now: Wording) -> Line:
    old_sources, new_sources = thing.sources_of(change)
    return Line(
        property=change.predicate,
        name=now.term(change.predicate),
        old=_item(before, change.old),
        new=_item(now, change.new),
        old_sources=[before.link(source) for source in old_sources],
        new_sources=[now.link(source) for source in new_sources],
    )


def _item(wording: Wording, term: Term | None) -> Text | Link | None:
    if term is None:
        return None
    item = wording.item(term)
    if isinstance(item, Text) and len(item.words) > LONGEST:
        return Text(f"{item.words[:LONGEST]}…", item.language)
    return item


def _mentioned(things: Iterable[ChangedThing]) -> Iterator[str]:
    for thing in things:
        yield from (thing.iri, *thing.old_sources, *thing.new_sources)
        for change in thing.changes:
            yield change.predicate
            yield from (term.value for term in (change.old, change.new) if isinstance(term, NamedNode))


def _old_names(things: Iterable[ChangedThing]) -> Iterator[Fact]:
    """Yield the names that things had, by which those are called that have none now."""
    naming = {label.value for label in LABELS}
    for thing in things:
        for change in thing.changes:
            if change.old is not None and change.predicate in naming:
                yield thing.iri, change.predicate, change.old
