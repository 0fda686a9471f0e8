"""What became of each thing, release by release: event streams that a harvester replays (LDES; DCAT-AP Feeds).

A member is an activity (``as:Create``, ``as:Update``, ``as:Delete``) with its object and its moment; the graph that it
names has what is said of the object since then. Members stand in pages, which are files of N-Quads. A page is of one
release and never changes: the next release has the same file, and what it changed on pages of its own. So whoever reads
a feed while releases are switched reads what the view that he began with leads to, and nothing of the other release.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, serialize

from si_lod.publish.catalogue.replay import AS, OBJECT, PUBLISHED, History, digest
from si_lod.publish.catalogue.terms import TYPE, XSD
from si_lod.release import FEEDS, MOMENTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from pyoxigraph import Triple

MOST: Final = 250
"""How many members a page has at most."""
_MOMENT: Final = NamedNode(f"{XSD}dateTime")

Entity = tuple[NamedNode, "Iterable[Triple]"]
"""A thing, and all that is said of it now."""
_Change = tuple[str, NamedNode, "list[Triple]"]
"""What became of a thing, the thing, and what is said of it now, sorted."""


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed of the site with that ``base``; it is written below ``folder`` and continues that of the release before.

    ``before`` is the folder of that release, if there is one.
    """

    name: str
    base: str
    folder: Path
    before: Path | None
    most: int = MOST

    @property
    def iri(self) -> NamedNode:
        """The IRI of the distribution that the feed is."""
        return feed_iri(self.base, self.name)

    @property
    def has_begun(self) -> bool:
        """Whether the release before has the feed."""
        return self.before is not None and (self.before / FEEDS / self.name).is_dir()

    def write(self, entities: Iterable[Entity], day: str) -> None:
        """Write the pages of the release before, and what changed since; each entity comes once.

        Whether one changed is judged by what the feed itself says of it, so all members replayed are what there is. A
        feed in which there never was anything is not there.
        """
        target, history = self.folder / FEEDS / self.name, self._history()
        moment = Literal(history.next_moment(day), datatype=_MOMENT)
        if self.before is not None:
            _keep(self.before / FEEDS / self.name, target)
        for number, changes in enumerate(_paged(_changes(history, entities), self.most), history.pages + 1):
            address = f"{self.base}{FEEDS}/{self.name}/{number}"
            members = (_member(f"{address}#{place}", one, moment) for place, one in enumerate(changes, 1))
            target.mkdir(parents=True, exist_ok=True)
            serialize(chain.from_iterable(members), target / f"{number}.nq", format=RdfFormat.N_QUADS)
            history.moments.append((moment.value, moment.value))
        if history.moments:
            lines = (f"{first} {last}\n" for first, last in history.moments)
            (self.folder / FEEDS / f"{self.name}{MOMENTS}").write_text("".join(lines), encoding="utf-8", newline="\n")

    def has_news(self, entities: Iterable[Entity]) -> bool:
        """Return whether any of them changed since the release before, or is gone."""
        return any(_changes(self._history(), entities))

    def _history(self) -> History:
        return History.of(self.before / FEEDS / self.name) if self.before else History()


def feed_iri(base: str, name: str) -> NamedNode:
    """Return the IRI of the distribution that a feed is."""
    return NamedNode(f"{base}id/distribution/{FEEDS}-{name}")


def _keep(source: Path, target: Path) -> None:
    """Make the pages of ``source`` those of ``target`` too."""
    for path in source.glob("*.nq"):
        target.mkdir(parents=True, exist_ok=True)
        try:
            os.link(path, target / path.name)
        except OSError:  # Not every file system can.
            shutil.copy2(path, target / path.name)


def _paged(changes: Iterator[_Change], most: int) -> Iterator[list[_Change]]:
    while page := list(islice(changes, most)):
        yield page


def _member(iri: str, change: _Change, moment: Literal) -> Iterator[Quad]:
    kind, thing, triples = change
    activity = NamedNode(iri)
    for predicate, term in ((TYPE, NamedNode(AS + kind)), (OBJECT, thing), (PUBLISHED, moment)):
        yield Quad(activity, predicate, term)
    for one in triples:
        yield Quad(one.subject, one.predicate, one.object, activity)


def _changes(history: History, entities: Iterable[Entity]) -> Iterator[_Change]:
    """Yield what became of each thing since."""
    gone = dict(history.state)
    for thing, triples in entities:
        said = sorted(triples, key=str)
        held = gone.pop(thing.value, None)
        if held != digest(said):
            yield "Update" if held else "Create", thing, said
    for iri in sorted(gone):
        yield "Delete", NamedNode(iri), []
