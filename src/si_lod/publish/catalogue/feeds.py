"""What became of each thing, release by release: event streams that a harvester replays (LDES; DCAT-AP Feeds).

A member is an activity (``as:Create``, ``as:Update``, ``as:Delete``) with its object and its moment; the graph that it
names has what is said of the object since then. Members stand in pages, which are files of N-Quads. A page that is
full never changes: the next release has the same file, and only the last page grows.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, serialize

from si_lod.publish.catalogue.replay import AS, OBJECT, PUBLISHED, History, digest
from si_lod.publish.catalogue.terms import TYPE, XSD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from pyoxigraph import Triple

FEEDS: Final = "feed"
MOST: Final = 250
"""How many members a page has when it is full."""
_MOMENT: Final = NamedNode(f"{XSD}dateTime")

Entity = tuple[NamedNode, "Iterable[Triple]"]
"""A thing, and all that is said of it now."""


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

    def write(self, entities: Iterable[Entity], day: str) -> None:
        """Write the pages of the release before, and what changed since; each entity comes once.

        Whether one changed is judged by what the feed itself says of it, so all members replayed are what there is.
        """
        target = self.folder / FEEDS / self.name
        target.mkdir(parents=True)
        if self.before is not None:
            _keep(self.before / FEEDS / self.name, target)
        history = History.of(target)
        moment = Literal(history.next_moment(day), datatype=_MOMENT)
        page: list[Quad] = []
        for kind, thing, triples in _changes(history, entities):
            if history.members >= self.most or not history.pages:
                _append(page, target / f"{history.pages}.nq")
                page, history.pages, history.members = [], history.pages + 1, 0
            history.members += 1
            activity = NamedNode(f"{self.base}{FEEDS}/{self.name}/{history.pages}#{history.members}")
            told = ((TYPE, NamedNode(AS + kind)), (OBJECT, thing), (PUBLISHED, moment))
            page += [Quad(activity, predicate, term) for predicate, term in told]
            page += [Quad(one.subject, one.predicate, one.object, activity) for one in triples]
        _append(page, target / f"{history.pages}.nq")


def _keep(source: Path, target: Path) -> None:
    """Make the pages of ``source`` those of ``target`` too: the full ones as they are, the last as a copy to add to."""
    numbers = sorted(int(path.stem) for path in source.glob("*.nq"))
    for number in numbers:
        path, name = source / f"{number}.nq", f"{number}.nq"
        if number == numbers[-1]:
            shutil.copyfile(path, target / name)
            continue
        try:
            os.link(path, target / name)
        except OSError:  # Not every file system can.
            shutil.copyfile(path, target / name)


def _append(quads: list[Quad], path: Path) -> None:
    if quads:
        with path.open("ab") as file:
            serialize(quads, file, format=RdfFormat.N_QUADS)


def _changes(history: History, entities: Iterable[Entity]) -> Iterator[tuple[str, NamedNode, list[Triple]]]:
    """Yield what became of each thing since: its kind, the thing, and what is said of it now, sorted."""
    gone = dict(history.state)
    for thing, triples in entities:
        said = sorted(triples, key=str)
        held = gone.pop(thing.value, None)
        if held != digest(said):
            yield "Update" if held else "Create", thing, said
    for iri in sorted(gone):
        yield "Delete", NamedNode(iri), []
