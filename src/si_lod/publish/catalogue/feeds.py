"""What became of each thing, release by release: event streams that a harvester replays (LDES; DCAT-AP Feeds).

A member is an activity (``as:Create``, ``as:Update``, ``as:Delete``) with its object and its moment; the graph that it
names has what is said of the object since then. Members stand in pages, which are files of N-Quads. A page that is
full never changes: the next release has the same file, and only the last page grows.
"""

from __future__ import annotations

import hashlib
import shutil
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final, Self

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, parse, serialize

from si_lod.publish.catalogue.terms import TYPE, XSD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from pyoxigraph import Triple

FEEDS: Final = "feed"
MOST: Final = 250
"""How many members a page has when it is full."""
_AS: Final = "https://www.w3.org/ns/activitystreams#"
_OBJECT: Final = NamedNode(f"{_AS}object")
_PUBLISHED: Final = NamedNode(f"{_AS}published")
_MOMENT: Final = NamedNode(f"{XSD}dateTime")

Entity = tuple[NamedNode, "Iterable[Triple]"]
"""A thing, and all that is said of it now."""


@dataclass(slots=True)
class _History:
    """What the members so far come to: the digest of what is said of each thing that is still there."""

    pages: int = 0
    members: int = 0
    moment: str = ""
    state: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, folder: Path) -> Self:
        """Return the history in the pages of ``folder``, none if it has none."""
        history = cls()
        while (path := folder / f"{history.pages + 1}.nq").is_file():
            history.pages += 1
            history.members = 0
            for kind, thing, moment, graph in _members(path):
                history.members += 1
                history.moment = max(history.moment, moment)
                history.state.pop(thing, None)
                if kind != "Delete":
                    history.state[thing] = _digest(graph)
        return history

    def next_moment(self, day: str) -> str:
        """Return the day's beginning, and a second later for each release of that day, so that moments differ."""
        begin = f"{day}T00:00:00Z"
        if begin > self.moment:
            return begin
        return (datetime.fromisoformat(self.moment) + timedelta(seconds=1)).isoformat().replace("+00:00", "Z")


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
        if self.before is not None and (self.before / FEEDS / self.name).is_dir():
            shutil.copytree(self.before / FEEDS / self.name, target, dirs_exist_ok=True)
        history = _History.of(target)
        moment = Literal(history.next_moment(day), datatype=_MOMENT)
        for kind, thing, triples in _changes(history, entities):
            if history.members >= self.most or not history.pages:
                history.pages, history.members = history.pages + 1, 0
            history.members += 1
            activity = NamedNode(f"{self.base}{FEEDS}/{self.name}/{history.pages}#{history.members}")
            told = ((TYPE, NamedNode(_AS + kind)), (_OBJECT, thing), (_PUBLISHED, moment))
            quads = [*(Quad(activity, predicate, term) for predicate, term in told)]
            quads += [Quad(one.subject, one.predicate, one.object, activity) for one in triples]
            with (target / f"{history.pages}.nq").open("ab") as file:
                serialize(quads, file, format=RdfFormat.N_QUADS)


def _changes(history: _History, entities: Iterable[Entity]) -> Iterator[tuple[str, NamedNode, list[Triple]]]:
    """Yield what became of each thing since: its kind, the thing, and what is said of it now, sorted."""
    gone = dict(history.state)
    for thing, triples in entities:
        said = sorted(triples, key=str)
        held = gone.pop(thing.value, None)
        if held != _digest(said):
            yield "Update" if held else "Create", thing, said
    for iri in sorted(gone):
        yield "Delete", NamedNode(iri), []


def _members(path: Path) -> Iterator[tuple[str, str, str, list[Triple]]]:
    """Yield the members of a page: the kind, the thing, the moment, and what was said of the thing."""
    told: dict[str, dict[NamedNode, str]] = defaultdict(dict)
    graphs: dict[str, list[Triple]] = defaultdict(list)
    for quad in parse(path=str(path), format=RdfFormat.N_QUADS):
        if isinstance(quad.graph_name, DefaultGraph):
            told[str(quad.subject)][quad.predicate] = getattr(quad.object, "value", "")
        else:
            graphs[str(quad.graph_name)].append(quad.triple)
    for activity, said in told.items():
        yield said[TYPE].removeprefix(_AS), said[_OBJECT], said[_PUBLISHED], graphs[activity]


def _digest(triples: Iterable[Triple]) -> str:
    return hashlib.sha256("\n".join(sorted(map(str, triples))).encode()).hexdigest()
